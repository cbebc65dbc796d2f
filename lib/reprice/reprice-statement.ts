import { ROLLUP_BOUNDS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import type { PriceColumns } from "@/lib/calls/price-columns";
import { addDays, addHours, ROLLED_UP, ROLLUP_KEY, sumByHour } from "@/lib/calls/write-statement";
import { Prisma } from "@/prisma/client/client";

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

const sentColumns = [
  "occurred_at timestamptz, tenant_id text, request_id text, line smallint, expected_version integer, price_version integer",
  ...Object.entries(PRICE_COLUMNS).map(([name, type]) => `${name} ${type}`),
].join(", ");
const assignments = Object.keys(PRICE_COLUMNS).map((name) => `${name} = sent.${name}`);
const returning = ROLLED_UP.split(", ").map((name) => `llm_call.${name}`);
const deltas = Object.keys(ROLLUP_MEASURES).map((name) => `after.${name} - before.${name} AS ${name}`);
const bounds = Object.keys(ROLLUP_BOUNDS).map((name) => `after.${name}`);

const { raw } = Prisma;
const key = raw("occurred_at, tenant_id, request_id, line");

/**
 * The statement that gives stored calls of a project new prices. It changes the rows and, by the difference of their sums,
 * both rollups, and returns how many rows it `changed`. A row that is no longer priced by the version expected is left alone.
 */
export function repriceCalls(projectId: number, run: number, rows: readonly RepriceRow[]): Prisma.Sql {
  const moments = rows.map(({ occurred_at }) => occurred_at).sort();
  // Named for the planner's sake: it then looks into the months of the rows only.
  const between = Prisma.sql`llm_call.project_id = ${projectId}
    AND llm_call.occurred_at >= ${moments[0]}::timestamptz AND llm_call.occurred_at <= ${moments.at(-1)}::timestamptz`;
  return Prisma.sql`WITH sent AS MATERIALIZED (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS sent (${raw(sentColumns)})),
    old_rows AS MATERIALIZED (
      SELECT ${raw(ROLLED_UP)} FROM llm_call
      WHERE ${between} AND (${key}, price_version) IN (SELECT ${key}, expected_version FROM sent)),
    new_rows AS (
      UPDATE llm_call SET ${raw(assignments.join(", "))}, price_version = sent.price_version,
        former_price_version = llm_call.price_version, reprice_run = ${run}
      FROM sent
      WHERE ${between} AND llm_call.occurred_at = sent.occurred_at AND llm_call.tenant_id = sent.tenant_id
        AND llm_call.request_id = sent.request_id AND llm_call.line = sent.line
        AND llm_call.price_version = sent.expected_version
      RETURNING ${raw(returning.join(", "))}),
    before AS (${raw(sumByHour("old_rows"))}),
    after AS (${raw(sumByHour("new_rows"))}),
    delta AS (
      SELECT ${raw([ROLLUP_KEY, ...deltas, ...bounds].join(", "))} FROM after JOIN before USING (${raw(ROLLUP_KEY)})),
    hours AS (${raw(addHours("delta"))}),
    days AS (${raw(addDays("delta"))})
    SELECT count(*)::integer AS changed FROM new_rows`;
}
