import { hrefWith, type ParamChanges, sharedParams } from "@/components/filters/url-state";
import { type FieldError, type FineBucket, nextBucket, type Period, toPeriodParams } from "@/lib/period";
import { parseReportQuery, toSearchParams } from "@/lib/reports/query";
import type { Dimension, Filter, ReportQuery } from "@/lib/reports/schema";

/** What a page shows: the question its URL asks, and what its links need. One for a request, handed to every panel. */
export type View = Readonly<{
  /** The project's slug. */
  project: string;
  /** `/acme-assist`: the start of every link. */
  base: string;
  /** The page's own path: links that only change parameters lead to it. */
  path: string;
  params: URLSearchParams;
  /** Period, comparison, filters, bucket and sort of the URL; `groupBy` and `measures` are empty, the panel sets them. */
  query: ReportQuery;
  /** What the path itself says ("this tenant"): part of `query.filters`, and of links that leave the page. */
  own: Filter | null;
  now: Date;
  /** Parameters that cannot be used, with the rule each breaks. Then `query` is that of the bare page: do not show it. */
  errors: readonly FieldError[];
}>;

export type PageParams = Readonly<Record<string, string | string[] | undefined>>;

/** What Next hands to a page; `Path` holds the dynamic segments, escaped as in the address. */
export type PageProps<Path extends string = "project"> = {
  params: Promise<Readonly<Record<Path, string>>>;
  searchParams: Promise<PageParams>;
};

/** Parameters that choose between the panels of a page: their values are the page's, not the report's. */
const PANEL_PARAMS = ["group", "by", "page", "q", "id", "of", "in"];

/**
 * Reads the URL of a page: the one place for all pages.
 * @param path below the project, escaped: `/tenants`.
 * @param own what the path names: `{ dimension: "tenant", value: "Northwind" }`.
 */
export function readView(
  project: string,
  path: string,
  record: PageParams,
  now: Date,
  own?: Readonly<{ dimension: Dimension; value: string }>,
): View {
  const base = `/${encodeURIComponent(project)}`;
  const params = toSearchParams(record);
  const asked = new URLSearchParams(params);
  for (const name of PANEL_PARAMS) asked.delete(name);
  const parsed = parseReportQuery(asked, now);
  const bare = parseReportQuery(new URLSearchParams(), now);
  const query = parsed.ok ? parsed.query : bare.ok && bare.query;
  if (!query) throw new Error("a URL without parameters is a query");
  const filter: Filter | null = own ? { dimension: own.dimension, op: "is", values: [own.value] } : null;
  const filters = filter ? [...query.filters, filter] : query.filters;
  return {
    project,
    base,
    path: `${base}${path}`,
    params,
    query: { ...query, filters, measures: [], groupBy: [] },
    own: filter,
    now,
    errors: parsed.ok ? [] : parsed.errors,
  };
}

/** The value of a panel's parameter; the first option when the URL has none of them. */
export function choose<T extends string>(view: View, param: string, options: readonly [T, ...T[]]): T {
  const asked = view.params.get(param);
  return options.find((option) => option === asked) ?? options[0];
}

/** This page with some parameters changed: another group, sort, page or period. */
export function here(view: Pick<View, "path" | "params">, changes: ParamChanges): string {
  return hrefWith(view.path, view.params, changes);
}

/** Another page of the project (`/calls`), with period, comparison and filters; also those that this page's path implies. */
export function there(view: View, path: string, changes: ParamChanges = {}): string {
  const own: Record<string, readonly string[]> = {};
  if (view.own) own[`filter.${view.own.dimension}`] = view.own.values;
  return hrefWith(`${view.base}${path}`, sharedParams(view.params), { ...own, ...changes });
}

/** This page over another period. */
export function during(view: View, period: Period): string {
  return here(view, { period: null, from: null, to: null, bucket: null, ...toPeriodParams(period) });
}

/** Where each bar of a chart leads: to this page over its bucket; nowhere when that is the period already. */
export function duringEach(view: View, buckets: readonly Date[], bucket: FineBucket): readonly string[] | undefined {
  if (buckets.length < 2) return undefined;
  return buckets.map((from) => during(view, { from, to: nextBucket(from, bucket) }));
}

const PAGES: Partial<Record<Dimension, string>> = {
  tenant: "/tenants",
  feature: "/features",
  deploy: "/deploys",
  model: "/models",
};

const RESERVED: ReadonlySet<string> = new Set(["/deploys/bisect"]);

/**
 * The path of an entity's page: `/tenants/Northwind`. Some names cannot travel as a segment and go as `/tenants/-?id=..`:
 * a URL drops `.` and `..` even when they are escaped, and with a percent sign nobody could tell whether the segment
 * that a page is handed was decoded already (Next does both).
 */
export function entityPath(folder: string, name: string): Readonly<{ path: string; id: string | null }> {
  // A deploy by the name of a page below its folder goes as an id too.
  const isSafe = name !== "." && name !== ".." && !name.includes("%") && !RESERVED.has(`${folder}/${name}`);
  return { path: `${folder}/${isSafe ? encodeURIComponent(name) : "-"}`, id: isSafe ? null : name };
}

/** The name that a page's segment stands for; the inverse of `entityPath`. */
export function entityName(segment: string, id: string | string[] | undefined): string {
  if (segment === "-" && typeof id === "string" && id) return id;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A name inside a sentence: cut after 24 characters. The title of the page has it in full. */
export function shortName(name: string): string {
  return name.length > 24 ? `${name.slice(0, 24)}…` : name;
}

/** Where a click on a value leads: to its page where it has one, else to this page filtered by it. */
export function drillHref(view: View, dimension: Dimension, value: string): string {
  const folder = PAGES[dimension];
  if (!folder || view.own?.dimension === dimension) return here(view, { [`filter.${dimension}`]: value });
  const { path, id } = entityPath(folder, value);
  return there(view, path, { [`filter.${dimension}`]: null, id });
}

/** The panel's figures as CSV: every row of the report, with what the panel asks of it. */
export function exportHref(view: View, report: string, changes: ParamChanges = {}): string {
  return there(view, `/export/${report}`, { ...changes, format: "csv" });
}

/** The same as CSV and as JSON: the `menu` of a panel. */
export function exportMenu(
  view: View,
  report: string,
  changes: ParamChanges = {},
): Readonly<{ csvHref: string; jsonHref: string }> {
  return {
    csvHref: exportHref(view, report, changes),
    jsonHref: there(view, `/export/${report}`, { ...changes, format: "json" }),
  };
}

/** The calls that the totals leave out, one by one. */
export function unpricedHref(view: View, changes: ParamChanges = {}): string {
  return there(view, "/calls", { "filter.pricing": "unpriced", ...changes });
}

/** What clients dropped in the period of the page, or in another one, in the environments that it shows. */
export function sourcesHref({ base, params }: View, period: Period): string {
  const environments = { env: params.getAll("env"), "filter.environment": params.getAll("filter.environment") };
  const others = { "not.environment": params.getAll("not.environment") };
  return hrefWith(`${base}/settings/sources`, "", { ...toPeriodParams(period), ...environments, ...others });
}

/** Where models without a price are listed, with why and what to do about it. */
export function inboxHref({ base }: View): string {
  return `${base}/settings/unpriced`;
}

/** What the comparison is called in a sentence: "previous 28 days", "a year before"; null without one. */
export function compareName({ query: { period, compare } }: View): string | null {
  if (!compare) return null;
  const days = (period.from.getTime() - compare.from.getTime()) / 86_400_000;
  if (period.preset === "mtd" || period.preset === "last-month")
    return days < 32 ? "the month before" : "a year before";
  if (days === 364) return "a year before";
  if (days === 1) return period.preset === "24h" ? "previous 24 hours" : "the day before";
  return Number.isInteger(days) ? `previous ${days} days` : "the period before";
}
