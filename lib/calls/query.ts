import { type CallKey, decodeCallId } from "@/lib/calls/call-id";
import { type CallRange, readRanges } from "@/lib/calls/ranges";
import { type FieldError, type Period, parsePeriod } from "@/lib/period";

/** What calls can be filtered by: the dimensions of reports, and what only a single call has. */
export const CALL_DIMENSIONS = [
  "tenant",
  "feature",
  "deploy",
  "model",
  "provider",
  "environment",
  "service_tier",
  "attempt",
  "status",
  "pricing",
  "prompt",
  "prefix",
  "session",
  "task",
  "user",
  "request",
  "stop_reason",
  "source",
] as const;
export type CallDimension = (typeof CALL_DIMENSIONS)[number];

/** Dimensions whose values are a closed list; of `status` also any status code. */
export const CALL_DIMENSION_VALUES: Readonly<Partial<Record<CallDimension, readonly string[]>>> = {
  attempt: ["first", "retry"],
  status: ["succeeded", "error", "rate_limited"],
  pricing: ["priced", "estimated", "unpriced", "not_billable"],
};

const STATUS_CODE = /^[1-5]\d\d$/;

export type CallFilter = Readonly<{ dimension: CallDimension; op: "is" | "is_not"; values: readonly string[] }>;

/** Orders beside newest first: the largest of the selection, without pages. */
export const CALL_SORTS = ["cost_usd", "latency_ms", "input_tokens", "output_tokens"] as const;
export type CallSort = (typeof CALL_SORTS)[number];

/** Which calls there are to choose from. */
export type CallSelection = Readonly<{
  period: Period;
  filters: readonly CallFilter[];
  ranges?: readonly CallRange[];
}>;

/** Which calls: newest first, from `cursor` on where one is given; or the largest by `sort`. */
export type CallsQuery = CallSelection &
  Readonly<{
    /** Rows of a page; null for as many as there are, in an export. */
    limit: number | null;
    /** The call after which to go on: the last one of the page before. */
    cursor: CallKey | null;
    /** Largest first instead of newest first; null for newest first. */
    sort: CallSort | null;
  }>;

export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 1000;
const MAX_VALUES = 200;
const MAX_VALUE_LENGTH = 200;

export type ParsedCallsQuery = { ok: true; query: CallsQuery } | { ok: false; errors: readonly FieldError[] };

/**
 * Reads which calls are asked for from URL parameters: the period and filters of reports, `limit` (1 to 1,000; for CSV
 * unlimited unless given), `cursor`, `sort` and `format`. Parameters that are not known are ignored, filters that are not known refused.
 */
export function parseCallsQuery(params: URLSearchParams, now: Date): ParsedCallsQuery {
  const errors: FieldError[] = [];
  const parsed = parsePeriod(params, now);
  if (!parsed.ok) errors.push(...parsed.errors);
  const filters = readFilters(params, errors);
  const ranges = readRanges(params, errors);
  const limit = readLimit(params, errors);
  const sort = readSort(params, errors);
  const cursor = params.get("cursor") ? decodeCallId(params.get("cursor") ?? "") : null;
  if (params.get("cursor") && !cursor)
    errors.push({ path: "cursor", message: "must be a next_cursor of this address" });
  if (!["json", "csv", null].includes(params.get("format")))
    errors.push({ path: "format", message: "must be json or csv" });
  if (!parsed.ok || errors.length > 0) return { ok: false, errors };
  return { ok: true, query: { period: parsed.period, filters, ranges, limit, cursor, sort } };
}

function readLimit(params: URLSearchParams, errors: FieldError[]): number | null {
  const text = params.get("limit");
  if (!text) return params.get("format") === "csv" ? null : DEFAULT_PAGE;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_PAGE) errors.push({ path: "limit", message: `must be from 1 to ${MAX_PAGE}` });
  return limit;
}

/** `-cost_usd`: always descending. What is asked for with a cursor, or for a whole file, cannot be sorted so. */
function readSort(params: URLSearchParams, errors: FieldError[]): CallSort | null {
  const text = params.get("sort");
  if (!text || text === "-occurred_at") return null;
  const sort = CALL_SORTS.find((key) => text === `-${key}`);
  if (!sort) {
    const known = ["-occurred_at", ...CALL_SORTS.map((key) => `-${key}`)].join(", ");
    errors.push({ path: "sort", message: `must be one of ${known}` });
  } else if (params.get("cursor")) {
    errors.push({ path: "sort", message: "has no pages: leave out the cursor, or the sort" });
  } else if (params.get("format") === "csv" && !params.get("limit")) {
    errors.push({ path: "sort", message: "needs a limit in CSV; without a sort all calls are given" });
  }
  return sort ?? null;
}

function readFilters(params: URLSearchParams, errors: FieldError[]): CallFilter[] {
  const filters: CallFilter[] = [];
  const environments = params.getAll("env").filter((value) => value !== "");
  if (environments.length > 0) filters.push({ dimension: "environment", op: "is", values: environments });
  for (const path of new Set(params.keys())) {
    const [, op, name] = /^(filter|not)\.(.*)$/s.exec(path) ?? [];
    if (op === undefined) continue;
    const dimension = CALL_DIMENSIONS.find((known) => known === name);
    if (dimension) filters.push({ dimension, op: op === "filter" ? "is" : "is_not", values: params.getAll(path) });
    else errors.push({ path, message: `must name one of ${CALL_DIMENSIONS.join(", ")} after the point` });
  }
  for (const { dimension, op, values } of filters) {
    const path = `${op === "is" ? "filter" : "not"}.${dimension}`;
    const known = CALL_DIMENSION_VALUES[dimension];
    if (values.length > MAX_VALUES) errors.push({ path, message: `may be given at most ${MAX_VALUES} times` });
    if (values.some((value) => value === "" || value.length > MAX_VALUE_LENGTH || value.includes("\0"))) {
      errors.push({ path, message: `must be 1 to ${MAX_VALUE_LENGTH} characters, without NUL` });
    } else if (known && values.some((value) => !known.includes(value) && !isStatusCode(dimension, value))) {
      const codes = dimension === "status" ? ", or a status code such as 529" : "";
      errors.push({ path, message: `must be one of ${known.join(", ")}${codes}` });
    }
  }
  return filters;
}

function isStatusCode(dimension: CallDimension, value: string): boolean {
  return dimension === "status" && STATUS_CODE.test(value);
}
