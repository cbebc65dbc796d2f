import { type CallKey, decodeCallId } from "@/lib/calls/call-id";
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
] as const;
export type CallDimension = (typeof CALL_DIMENSIONS)[number];

/** Dimensions whose values are a closed list. */
export const CALL_DIMENSION_VALUES: Readonly<Partial<Record<CallDimension, readonly string[]>>> = {
  attempt: ["first", "retry"],
  status: ["succeeded", "error", "rate_limited"],
  pricing: ["priced", "estimated", "unpriced", "not_billable"],
};

export type CallFilter = Readonly<{ dimension: CallDimension; op: "is" | "is_not"; values: readonly string[] }>;

/** Which calls: newest first, from `cursor` on where one is given. */
export type CallsQuery = Readonly<{
  period: Period;
  filters: readonly CallFilter[];
  /** Rows of a page; null for as many as there are, in an export. */
  limit: number | null;
  /** The call after which to go on: the last one of the page before. */
  cursor: CallKey | null;
}>;

export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 1000;
const MAX_VALUES = 200;
const MAX_VALUE_LENGTH = 200;

export type ParsedCallsQuery = { ok: true; query: CallsQuery } | { ok: false; errors: readonly FieldError[] };

/**
 * Reads which calls are asked for from URL parameters: the period and filters of reports, `limit` (1 to 1,000; for CSV
 * unlimited unless given), `cursor` and `format`. Parameters that are not known are ignored, filters that are not known refused.
 */
export function parseCallsQuery(params: URLSearchParams, now: Date): ParsedCallsQuery {
  const errors: FieldError[] = [];
  const parsed = parsePeriod(params, now);
  if (!parsed.ok) errors.push(...parsed.errors);
  const filters = readFilters(params, errors);
  const limit = readLimit(params, errors);
  const cursor = params.get("cursor") ? decodeCallId(params.get("cursor") ?? "") : null;
  if (params.get("cursor") && !cursor)
    errors.push({ path: "cursor", message: "must be a next_cursor of this address" });
  if (!["json", "csv", null].includes(params.get("format")))
    errors.push({ path: "format", message: "must be json or csv" });
  if (!parsed.ok || errors.length > 0) return { ok: false, errors };
  return { ok: true, query: { period: parsed.period, filters, limit, cursor } };
}

function readLimit(params: URLSearchParams, errors: FieldError[]): number | null {
  const text = params.get("limit");
  if (!text) return params.get("format") === "csv" ? null : DEFAULT_PAGE;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_PAGE) errors.push({ path: "limit", message: `must be from 1 to ${MAX_PAGE}` });
  return limit;
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
    } else if (known && values.some((value) => !known.includes(value))) {
      errors.push({ path, message: `must be one of ${known.join(", ")}` });
    }
  }
  return filters;
}
