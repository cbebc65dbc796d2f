import { DIMENSIONS, type Dimension, type Filter } from "@/lib/reports/schema";

/** New values for parameters: a string replaces, several replace all, null removes. */
export type ParamChanges = Readonly<Record<string, string | readonly string[] | null>>;

/** A path with the current parameters and some of them changed. Paging starts anew: `cursor` never survives a change. */
export function hrefWith(path: string, current: URLSearchParams | string, changes: ParamChanges = {}): string {
  const params = new URLSearchParams(current);
  params.delete("cursor");
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of value === null ? [] : [value].flat()) params.append(name, one);
  }
  const text = params.toString().replaceAll("%3A", ":");
  return text ? `${path}?${text}` : path;
}

const SHARED = new Set([
  ...["period", "from", "to", "compare", "env"],
  ...DIMENSIONS.flatMap((dimension) => [`filter.${dimension}`, `not.${dimension}`]),
]);

/**
 * What goes along from page to page: period, comparison, environment and the filters that every page has; not grouping,
 * sort or paging, nor what only the list of calls can be filtered by.
 */
export function sharedParams(current: URLSearchParams | string): URLSearchParams {
  const kept = [...new URLSearchParams(current)].filter(([name]) => SHARED.has(name));
  return new URLSearchParams(kept);
}

/** The filters of a URL, in the order in which they first appear. Unknown dimensions are left to the server to refuse. */
export function readFilters(params: URLSearchParams): Filter[] {
  const names = [...new Set(params.keys())];
  return names.flatMap((name): Filter[] => {
    const [, prefix, key] = /^(filter|not)\.(.+)$/.exec(name) ?? [];
    const dimension = DIMENSIONS.find((known) => known === key);
    if (!dimension) return [];
    return [{ dimension, op: prefix === "not" ? "is_not" : "is", values: params.getAll(name) }];
  });
}

/** The parameter that holds a filter: `filter.tenant`, `not.tenant`. */
export function filterParam(dimension: Dimension, op: Filter["op"]): string {
  return `${op === "is" ? "filter" : "not"}.${dimension}`;
}

/** How dimensions are called where people read: lower case, as in chips and segmented controls. */
export const DIMENSION_LABELS: Readonly<Record<Dimension, string>> = {
  tenant: "tenant",
  feature: "feature",
  deploy: "deploy",
  model: "model",
  provider: "provider",
  environment: "environment",
  service_tier: "service tier",
  attempt: "attempt",
};
