import { z } from "zod";

/** The most calls that one request may carry. */
export const MAX_CALLS = 5_000;
/** The most bytes of one body, after unpacking. */
export const MAX_BODY_BYTES = 10_000_000;
/** How deep a body may nest; a usage object with iterations needs seven levels. */
export const MAX_DEPTH = 32;
/** How far ahead of the server's clock a call may lie, for clients whose clock is off. */
export const MAX_AHEAD_MS = 5 * 60_000;

const MAX_COUNT = 1_000_000_000;
const MAX_INT32 = 2_147_483_647;

type RuleCheck<T> = (value: T) => string | null;

/** A schema of zod's base type, whose every failure reads "is required" or states the one rule. */
function rule<T>(type: z.ZodType<T>, check: RuleCheck<T>): z.ZodType<T> {
  return type.check((context) => {
    const message = check(context.value);
    if (message !== null) context.issues.push({ code: "custom", message, input: context.value });
  });
}

function typeError(expected: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? "is required" : `must be ${expected}`);
}

/** Text that PostgreSQL refuses, and with it the whole statement: NUL, and half of a surrogate pair. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
export const UNSTORABLE_MESSAGE = "must not contain NUL or an unpaired surrogate";

export function isUnstorable(text: string): boolean {
  return UNSTORABLE.test(text);
}

/** Length in characters, as PostgreSQL counts them; UTF-16 units are only counted apart when they might differ. */
function isLonger(text: string, max: number): boolean {
  return text.length > max && (text.length > 2 * max || [...text].length > max);
}

function text(max: number) {
  const expected = `text of 1 to ${max} characters`;
  return rule(z.string({ error: typeError(expected) }), (value) => {
    if (value === "" || isLonger(value, max)) return `must be ${expected}`;
    return isUnstorable(value) ? UNSTORABLE_MESSAGE : null;
  });
}

function count(min: number, max: number) {
  const expected = `an integer from ${min} to ${max}`;
  return rule(z.number({ error: typeError(expected) }), (value) =>
    Number.isInteger(value) && value >= min && value <= max ? null : `must be ${expected}`,
  );
}

const HASH = /^[0-9a-f]{16,64}$/;
const HASH_RULE = "must be 16 to 64 lower-case hexadecimal digits";
const hash = rule(z.string({ error: HASH_RULE }), (value) => (HASH.test(value) ? null : HASH_RULE));

const RFC3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:0\d:[0-5]\d|1[0-3]:[0-5]\d|14:00))$/;
const TIME_RULE = "must be an RFC 3339 time with a zone, such as 2026-11-20T12:00:00Z or 2026-11-20T21:00:00+09:00";

/** RFC 3339 with a zone of at most ±14:00; digits beyond milliseconds are cut off. */
const time = z.string({ error: typeError("an RFC 3339 time with a zone") }).transform((value, context) => {
  const [, year, month, day] = RFC3339.exec(value) ?? [];
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (year === undefined || Number(day) < 1 || Number(day) > daysInMonth) {
    context.issues.push({ code: "custom", message: TIME_RULE, input: value });
    return z.NEVER;
  }
  return new Date(value.replace(" ", "T").toUpperCase());
});

const MAX_MICROS = 9_000_000_000;
const micros = rule(z.number({ error: "must be a number of micro-dollars" }), (value) =>
  value >= 0 && value <= MAX_MICROS ? null : `must be from 0 to ${MAX_MICROS} micro-dollars`,
);

const usage = z.record(z.string(), z.unknown(), { error: "must be the usage object of the provider's response" });

/** One call of POST /api/v1/calls. Fields not named here are ignored; null counts as absent where a field may be. */
export const callSchema = z.object(
  {
    occurred_at: time,
    request_id: text(128),
    tenant_id: text(128),
    feature: text(128),
    deploy_sha: text(64).nullish(),
    model: text(200),
    provider: text(64).nullish(),
    platform: text(64).nullish(),
    usage: usage.nullish(),
    input_tokens: count(0, MAX_COUNT).nullish(),
    cache_create_5m_tokens: count(0, MAX_COUNT).nullish(),
    cache_create_1h_tokens: count(0, MAX_COUNT).nullish(),
    cache_create_tokens: count(0, MAX_COUNT).nullish(),
    cache_read_tokens: count(0, MAX_COUNT).nullish(),
    output_tokens: count(0, MAX_COUNT).nullish(),
    web_search_requests: count(0, 1_000_000).nullish(),
    prompt_hash: hash.nullish(),
    prefix_hash: hash.nullish(),
    service_tier: text(64).nullish(),
    speed: text(64).nullish(),
    inference_geo: text(64).nullish(),
    location: text(64).nullish(),
    user_id: text(128).nullish(),
    session_id: text(128).nullish(),
    task_id: text(128).nullish(),
    attempt: count(1, 32_767).nullish(),
    max_tokens: count(0, MAX_COUNT).nullish(),
    stop_reason: text(64).nullish(),
    status_code: count(100, 599).nullish(),
    latency_ms: count(0, MAX_INT32).nullish(),
    ttft_ms: count(0, MAX_INT32).nullish(),
    cost_usd_micros: micros.nullish(),
  },
  { error: "must be an object with the fields of a call" },
);

export type CallInput = z.infer<typeof callSchema>;

/** One broken rule: `path` as in the call ("usage.input_tokens"), "" for the call as a whole. */
export type FieldError = Readonly<{ path: string; message: string }>;

/** A call that was not taken, by its place in the batch. */
export type Refusal = Readonly<{ index: number; request_id: string | null; errors: readonly FieldError[] }>;

/** The answer of POST /api/v1/calls. */
export type IngestResult = {
  /** Calls that are now stored and were not before. */
  accepted: number;
  /** Calls that were known already, with the same content. */
  duplicates: number;
  /** Of the accepted ones, those whose price is not known. */
  unpriced: number;
  rejected: Refusal[];
  /** Calls whose identity is known with other content: the first one stays. */
  conflicts: { index: number; request_id: string; message: string }[];
};
