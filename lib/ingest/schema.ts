import { z } from "zod";
import { count, oneOf, rule, text, time } from "@/lib/ingest/field-rules";
import { USAGE_SOURCES } from "@/lib/pricing/schema";

/** The most calls that one request may carry. */
export const MAX_CALLS = 5_000;
/** The most bytes of one body, after unpacking. */
export const MAX_BODY_BYTES = 10_000_000;
/**
 * The same for the formats of others, whose senders put prompts beside their calls, choose the size of a batch by number and drop one
 * that is refused. With its packed form it has to fit into what all requests may hold (body-budget.ts).
 */
export const MAX_FOREIGN_BODY_BYTES = 20_000_000;
/** How deep a body may nest; a usage object with iterations needs seven levels. */
export const MAX_DEPTH = 32;
/** How far ahead of the server's clock a call may lie, for clients whose clock is off. */
export const MAX_AHEAD_MS = 5 * 60_000;

const MAX_COUNT = 1_000_000_000;
const MAX_INT32 = 2_147_483_647;

const HASH = /^[0-9a-f]{16,64}$/;
const HASH_RULE = "must be 16 to 64 lower-case hexadecimal digits";
const hash = rule(z.string({ error: HASH_RULE }), (value) => (HASH.test(value) ? null : HASH_RULE));

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
    /** The answer was cut: its usage is what was known until then, or is not known at all. */
    incomplete: z.boolean({ error: "must be true or false" }).nullish(),
    /** By which door it came. */
    source: text(128).nullish(),
    usage_source: oneOf(USAGE_SOURCES).nullish(),
    /** How the sender counts input, where it had to be told apart: with cached tokens or without. Only kept and shown. */
    usage_convention: oneOf(["inclusive", "exclusive", "inferred"]).nullish(),
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
