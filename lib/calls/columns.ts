import type { StoredPart } from "@/lib/pricing/stored-parts";

/** A column of llm_call: its SQL type, and (in the type system only) what JavaScript hands over for it. */
type Column<T> = Readonly<{ sql: string }> & { readonly value?: T };

const text: Column<string> = { sql: "text" };
const integer: Column<number> = { sql: "integer" };
const smallint: Column<number> = { sql: "smallint" };
const nullable = <T>(column: Column<T>): Column<T | null> => column as Column<T | null>;
/** Picodollars as a decimal string: JSON numbers end at 2^53. */
const picos: Column<string | null> = { sql: "bigint" };

/** Every column that the writer fills, once; insert, recordset and row type are made from it. */
export const CALL_COLUMNS = {
  project_id: integer,
  environment: text,
  /** ISO 8601 in UTC with milliseconds. */
  occurred_at: { sql: "timestamptz" } as Column<string>,
  request_id: text,
  line: smallint,
  tenant_id: text,
  user_id: nullable(text),
  session_id: nullable(text),
  task_id: nullable(text),
  feature: text,
  deploy_sha: text,
  provider: text,
  platform: text,
  model: text,
  prompt_hash: nullable(text),
  prefix_hash: nullable(text),
  input_tokens: integer,
  cache_create_5m_tokens: integer,
  cache_create_1h_tokens: integer,
  cache_read_tokens: integer,
  output_tokens: integer,
  web_search_requests: integer,
  max_tokens: nullable(integer),
  service_tier: text,
  speed: text,
  inference_geo: nullable(text),
  location: nullable(text),
  attempt: smallint,
  stop_reason: nullable(text),
  status_code: smallint,
  latency_ms: integer,
  ttft_ms: nullable(integer),
  input_cost_usd_picos: picos,
  cache_create_5m_cost_usd_picos: picos,
  cache_create_1h_cost_usd_picos: picos,
  cache_read_cost_usd_picos: picos,
  output_cost_usd_picos: picos,
  web_search_cost_usd_picos: picos,
  cost_usd_picos: picos,
  list_cost_usd_picos: picos,
  pricing_status: text,
  pricing_reason: nullable(text),
  pricing_notes: text,
  price_id: nullable(text),
  price_tier: nullable(text),
  price_multipliers: text,
  usage_source: text,
  reported_cost_usd_picos: picos,
  content_hash: text,
  sent_model: nullable(text),
  /** A `StoredPart[]` where the columns of tokens cannot tell what was billed. */
  usage_parts: { sql: "jsonb" } as Column<readonly StoredPart[] | null>,
  price_version: integer,
  source: nullable(text),
  usage_convention: nullable(text),
} as const;

type Value<C> = C extends Column<infer T> ? T : never;

/** One row of llm_call as the writer takes it. */
export type CallRow = { -readonly [Name in keyof typeof CALL_COLUMNS]: Value<(typeof CALL_COLUMNS)[Name]> };

/** The key of a rollup row beside project_id and bucket; the order is that of its primary key. */
export const ROLLUP_DIMENSIONS = [
  "environment",
  "tenant_id",
  "feature",
  "deploy_sha",
  "provider",
  "model",
  "service_tier",
  "is_retry",
] as const;

const TOKENS =
  "input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens + output_tokens";
const sum = (column: string) => `coalesce(sum(${column}), 0)`;
const countWhere = (condition: string) => `count(*) FILTER (WHERE ${condition})`;

/** Each measure of usage_hour and usage_day as an aggregate over rows of llm_call: for writing and for verifying. */
export const ROLLUP_MEASURES = {
  calls: countWhere("line = 0"),
  errors: countWhere("line = 0 AND status_code >= 400 AND status_code <> 429"),
  rate_limited: countWhere("line = 0 AND status_code = 429"),
  unpriced_calls: countWhere("pricing_status = 'unpriced'"),
  unpriced_tokens: `coalesce(sum(${TOKENS}) FILTER (WHERE pricing_status = 'unpriced'), 0)`,
  estimated_calls: countWhere("pricing_status = 'estimated'"),
  estimated_cost_usd_picos: "coalesce(sum(cost_usd_picos) FILTER (WHERE pricing_status = 'estimated'), 0)",
  input_tokens: sum("input_tokens"),
  cache_create_5m_tokens: sum("cache_create_5m_tokens"),
  cache_create_1h_tokens: sum("cache_create_1h_tokens"),
  cache_read_tokens: sum("cache_read_tokens"),
  output_tokens: sum("output_tokens"),
  web_search_requests: sum("web_search_requests"),
  input_cost_usd_picos: sum("input_cost_usd_picos"),
  cache_create_5m_cost_usd_picos: sum("cache_create_5m_cost_usd_picos"),
  cache_create_1h_cost_usd_picos: sum("cache_create_1h_cost_usd_picos"),
  cache_read_cost_usd_picos: sum("cache_read_cost_usd_picos"),
  output_cost_usd_picos: sum("output_cost_usd_picos"),
  web_search_cost_usd_picos: sum("web_search_cost_usd_picos"),
  cost_usd_picos: sum("cost_usd_picos"),
  list_cost_usd_picos: sum("list_cost_usd_picos"),
  /** What calls cost that have no list price to hold against. */
  unlisted_cost_usd_picos: "coalesce(sum(cost_usd_picos) FILTER (WHERE list_cost_usd_picos IS NULL), 0)",
  latency_ms_sum: "coalesce(sum(latency_ms) FILTER (WHERE line = 0), 0)",
} as const;

/** The two measures that are not sums: first and last moment of the bucket's calls. */
export const ROLLUP_BOUNDS = { first_occurred_at: "min(occurred_at)", last_occurred_at: "max(occurred_at)" } as const;
