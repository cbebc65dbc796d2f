import {
  CALL_DIMENSIONS,
  type CallDimension,
  type CallFilter,
  type CallsQuery,
  parseCallsQuery,
} from "@/lib/calls/query";
import { toSearchParams } from "@/lib/reports/query";
import { DIMENSIONS } from "@/lib/reports/schema";
import { here, type PageParams, readView, type View } from "../view";

export const PAGE_SIZE = 50;
const NEWER = "newer.";

/** What the list of calls shows: the page's view, and the query with the filters that only calls have. */
export type CallView = Readonly<{
  view: View;
  query: CallsQuery;
  /** True when the cursor is where the page ends, not where it starts: "Newer" was pressed. */
  isBackward: boolean;
  /** Filters that no report has: they are not in `view.query`. */
  own: readonly CallFilter[];
}>;

const isReportDimension = (dimension: CallDimension) => DIMENSIONS.some((one) => one === dimension);
const OWN_PARAMS = CALL_DIMENSIONS.filter((dimension) => !isReportDimension(dimension)).flatMap((dimension) => [
  `filter.${dimension}`,
  `not.${dimension}`,
]);

/** Reads the URL of the list of calls; what cannot be used is in `view.errors`. */
export function readCallView(project: string, record: PageParams, now: Date): CallView {
  const params = toSearchParams(record);
  const reportParams = Object.fromEntries(Object.entries(record).filter(([name]) => !OWN_PARAMS.includes(name)));
  const shared = readView(project, "/calls", { ...reportParams, compare: "none" }, now);
  const cursor = params.get("cursor") ?? "";
  const isBackward = cursor.startsWith(NEWER);
  const asked = new URLSearchParams(params);
  asked.set("limit", String(PAGE_SIZE));
  asked.delete("format");
  if (isBackward) asked.set("cursor", cursor.slice(NEWER.length));
  const parsed = parseCallsQuery(asked, now);
  const errors = parsed.ok ? shared.errors : [...shared.errors, ...parsed.errors].filter(isFirstOfItsPath);
  const bare = { period: shared.query.period, filters: [], limit: PAGE_SIZE, cursor: null, sort: null };
  const query: CallsQuery = parsed.ok ? parsed.query : bare;
  return {
    view: { ...shared, params, errors },
    query,
    isBackward,
    own: query.filters.filter(({ dimension }) => !isReportDimension(dimension)),
  };
}

function isFirstOfItsPath<T extends Readonly<{ path: string }>>(error: T, at: number, all: readonly T[]): boolean {
  return all.findIndex(({ path }) => path === error.path) === at;
}

/** The cursor of the page that ends before this call. */
export const newerCursor = (id: string) => `${NEWER}${id}`;

/** One call beside the page of the list that it stands on; without an id, the list alone. Unlike other links, it keeps the cursor. */
export function beside(view: View, id: string | null): string {
  const path = id === null ? view.path : `${view.path}/${id}`;
  return here({ ...view, path }, { cursor: view.params.get("cursor") });
}
