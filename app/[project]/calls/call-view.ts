import { type CallDimension, type CallsQuery, parseCallsQuery } from "@/lib/calls/query";
import type { FieldError } from "@/lib/period";
import { toSearchParams } from "@/lib/reports/query";
import { DIMENSIONS } from "@/lib/reports/schema";
import { here, type PageParams, readView, type View } from "../view";
import { CALL_FILTER_PARAMS } from "./call-filters";
import { readColumns } from "./chosen-columns";

export const PAGE_SIZE = 50;
const NEWER = "newer.";
/** The cursor of the last page. */
export const OLDEST = `${NEWER}oldest`;

/** What the list of calls shows: the page's view, and the query with the filters that only calls have. */
export type CallView = Readonly<{
  view: View;
  query: CallsQuery;
  /** True when the cursor is where the page ends, not where it starts: "Newer" was pressed. */
  isBackward: boolean;
  /** True where a filter or range is set that no report has: the rollups cannot tell then. */
  isOwn: boolean;
  /** The columns that the address asks for; null for those of the person. */
  columns: readonly string[] | null;
}>;

const isReportDimension = (dimension: CallDimension) => DIMENSIONS.some((one) => one === dimension);
/** What is no parameter of a report. */
const OWN_PARAMS = [...CALL_FILTER_PARAMS, "sort", "columns"];

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
  if (cursor === OLDEST) asked.delete("cursor");
  else if (isBackward) asked.set("cursor", cursor.slice(NEWER.length));
  const parsed = parseCallsQuery(asked, now);
  const ofColumns: FieldError[] = [];
  const columns = readColumns(params, ofColumns);
  const errors = [...shared.errors, ...(parsed.ok ? [] : parsed.errors), ...ofColumns].filter(isFirstOfItsPath);
  const bare = { period: shared.query.period, filters: [], limit: PAGE_SIZE, cursor: null, sort: null };
  const query: CallsQuery = parsed.ok ? parsed.query : bare;
  return {
    view: { ...shared, params, errors },
    query,
    isBackward,
    isOwn: (query.ranges?.length ?? 0) > 0 || query.filters.some(({ dimension }) => !isReportDimension(dimension)),
    columns,
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
