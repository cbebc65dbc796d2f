import { ROLLUP_BOUNDS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import type { PriceColumns } from "@/lib/calls/price-columns";
import { addDays, addHours, ROLLED_UP, ROLLUP_KEY, sumByHour } from "@/lib/calls/write-statement";

/** A changed row: which call, the version that it must still be priced by, and its new price. */
export type RepriceRow = PriceColumns &
  Readonly<{
    /** ISO 8601 in UTC. */
    occurred_at: string;
    tenant_id: string;
    request_id: string;
    line: number;
    expected_version: number;
    price_version: number;
  }>;

const PRICE_COLUMNS: Readonly<Record<keyof PriceColumns, "bigint" | "text">> = {
  input_cost_usd_picos: "bigint",
  cache_create_5m_cost_usd_picos: "bigint",
  cache_create_1h_cost_usd_picos: "bigint",
  cache_read_cost_usd_picos: "bigint",
  output_cost_usd_picos: "bigint",
  web_search_cost_usd_picos: "bigint",
  cost_usd_picos: "bigint",
  list_cost_usd_picos: "bigint",
  pricing_status: "text",
  pricing_reason: "text",
  pricing_notes: "text",
  price_id: "text",
  price_tier: "text",
  price_multipliers: "text",
};

const KEY = "occurred_at, tenant_id, request_id, line";
const sentColumns = [
  "occurred_at timestamptz, tenant_id text, request_id text, line smallint, expected_version integer, price_version integer",
  ...Object.entries(PRICE_COLUMNS).map(([name, type]) => `${name} ${type}`),
].join(", ");
const assignments = Object.keys(PRICE_COLUMNS).map((name) => `${name} = sent.${name}`);
const returning = ROLLED_UP.split(", ").map((name) => `llm_call.${name}`);
const deltas = Object.keys(ROLLUP_MEASURES).map((name) => `after.${name} - before.${name} AS ${name}`);
const bounds = Object.keys(ROLLUP_BOUNDS).map((name) => `after.${name}`);

/**
 * The statement that gives stored calls new prices: $1 the rows as a JSON array of `RepriceRow`, $2 the project, $3 the run,
 * $4 and $5 the first and the last day of the rows as timestamps (from inclusive, to exclusive). It changes the rows and, by
 * the difference of their sums, both rollups, and returns how many rows it changed.
 */
export const REPRICE_CALLS = `WITH sent AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS sent (${sentColumns})),
  old_rows AS MATERIALIZED (
    SELECT ${ROLLED_UP} FROM llm_call
    WHERE project_id = $2 AND occurred_at >= $4::timestamptz AND occurred_at < $5::timestamptz
      AND (${KEY}, price_version) IN (SELECT ${KEY}, expected_version FROM sent)),
  new_rows AS (
    UPDATE llm_call SET ${assignments.join(", ")}, price_version = sent.price_version,
      former_price_version = llm_call.price_version, reprice_run = $3
    FROM sent
    WHERE llm_call.project_id = $2 AND llm_call.occurred_at >= $4::timestamptz AND llm_call.occurred_at < $5::timestamptz
      AND llm_call.occurred_at = sent.occurred_at AND llm_call.tenant_id = sent.tenant_id
      AND llm_call.request_id = sent.request_id AND llm_call.line = sent.line
      AND llm_call.price_version = sent.expected_version
    RETURNING ${returning.join(", ")}),
  before AS (${sumByHour("old_rows")}),
  after AS (${sumByHour("new_rows")}),
  delta AS (
    SELECT ${ROLLUP_KEY}, ${[...deltas, ...bounds].join(", ")} FROM after JOIN before USING (${ROLLUP_KEY})),
  hours AS (${addHours("delta")}),
  days AS (${addDays("delta")})
  SELECT count(*)::integer AS changed FROM new_rows`;
