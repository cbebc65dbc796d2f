import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";
import type { StoredCall } from "@/lib/reprice/stored-call";
import { Prisma } from "@/prisma/client/client";

/** The last row that was looked at: within a day, rows are taken in the order of their key. */
export type Position = Readonly<{ day: string; occurredAt: string; tenantId: string; requestId: string; line: number }>;

/** Which stored calls a run looks at. */
export type Selection = Readonly<{
  /** UTC days, from inclusive, to exclusive. */
  from: string;
  to: string;
  /** Empty: all. */
  models: readonly string[];
  /** Only those that this run changed last; null for all. */
  changedBy: number | null;
}>;

const COLUMNS = Prisma.raw(
  `occurred_at AS "occurredAt", request_id AS "requestId", line, environment, tenant_id AS "tenantId", feature, provider,
  platform, model, sent_model AS "sentModel", input_tokens AS "inputTokens",
  cache_create_5m_tokens AS "cacheCreate5mTokens", cache_create_1h_tokens AS "cacheCreate1hTokens",
  cache_read_tokens AS "cacheReadTokens", output_tokens AS "outputTokens", web_search_requests AS "webSearchRequests",
  usage_parts AS "usageParts", service_tier AS "serviceTier", speed, inference_geo AS "inferenceGeo", location,
  usage_source AS "usageSource", input_cost_usd_picos AS "inputCost", cache_create_5m_cost_usd_picos AS "cacheCreate5mCost",
  cache_create_1h_cost_usd_picos AS "cacheCreate1hCost", cache_read_cost_usd_picos AS "cacheReadCost",
  output_cost_usd_picos AS "outputCost", web_search_cost_usd_picos AS "webSearchCost", cost_usd_picos AS "costUsdPicos",
  list_cost_usd_picos AS "listCostUsdPicos", pricing_status AS "pricingStatus", pricing_reason AS "pricingReason",
  pricing_notes AS "pricingNotes", price_id AS "priceId", price_tier AS "priceTier",
  price_multipliers AS "priceMultipliers", price_version AS "priceVersion", reprice_run AS "repriceRun",
  former_price_version AS "formerPriceVersion"`,
);

const modelCondition = ({ models }: Selection) =>
  models.length === 0 ? Prisma.sql`true` : Prisma.sql`model IN (${Prisma.join([...models])})`;

const days = ({ from, to }: Selection) =>
  Prisma.sql`bucket >= ${from}::date::timestamp AT TIME ZONE 'UTC' AND bucket < ${to}::date::timestamp AT TIME ZONE 'UTC'`;

/** The days of a selection that have calls, in order, and how many calls they have (rows of further models not counted). */
export async function readDays(scope: Scope, selection: Selection): Promise<readonly { day: string; calls: bigint }[]> {
  return readDb().$queryRaw<{ day: string; calls: bigint }[]>`
    SELECT to_char(bucket, 'YYYY-MM-DD') AS day, sum(calls)::bigint AS calls FROM usage_day
    WHERE ${callScope(scope)} AND ${modelCondition(selection)} AND ${days(selection)}
    GROUP BY bucket ORDER BY bucket`;
}

/** The next billable rows of one day, after a position in it or from its start. */
export async function readCalls(
  scope: Scope,
  selection: Selection,
  day: string,
  after: Position | null,
  limit: number,
): Promise<readonly StoredCall[]> {
  const { changedBy } = selection;
  const start = Prisma.sql`${day}::date::timestamp AT TIME ZONE 'UTC'`;
  const end = Prisma.sql`(${day}::date + 1)::timestamp AT TIME ZONE 'UTC'`;
  const rest =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(occurred_at, tenant_id, request_id, line) >
          (${after.occurredAt}::timestamptz, ${after.tenantId}, ${after.requestId}, ${after.line}::smallint)`;
  return readDb().$queryRaw<StoredCall[]>`
    SELECT ${COLUMNS} FROM llm_call
    WHERE ${callScope(scope)} AND occurred_at >= ${start} AND occurred_at < ${end} AND ${rest}
      AND pricing_status <> 'not_billable' AND ${modelCondition(selection)}
      AND ${changedBy === null ? Prisma.sql`true` : Prisma.sql`reprice_run = ${changedBy}`}
    ORDER BY occurred_at, tenant_id, request_id, line LIMIT ${limit}`;
}
