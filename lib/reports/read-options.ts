import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { Dimension } from "./schema";

export type DimensionOption = Readonly<{ value: string; costUsdPicos: bigint; calls: bigint }>;

/**
 * Values of a dimension that the scope may see in the period, dearest first: for filter pickers.
 * @param search part of the value, case aside; empty for all.
 */
export async function listDimensionValues(
  scope: Scope,
  dimension: Dimension,
  period: Period,
  search = "",
  limit = 50,
): Promise<readonly DimensionOption[]> {
  const { sql } = DIMENSION_CATALOGUE[dimension];
  const matches = search === "" ? Prisma.sql`TRUE` : Prisma.sql`position(lower(${search}) IN lower(${sql})) > 0`;
  const found = await readDb().$queryRaw<{ value: string; cost: string; calls: string }[]>`
    SELECT ${sql} AS value, sum(cost_usd_picos)::text AS cost, sum(calls)::text AS calls
    FROM usage_day
    WHERE ${callScope(scope)} AND bucket >= date_trunc('day', ${period.from.toISOString()}::timestamptz, 'UTC')
      AND bucket < ${period.to.toISOString()}::timestamptz AND ${matches}
    GROUP BY 1 ORDER BY sum(cost_usd_picos) DESC, 1 LIMIT ${limit}`;
  return found.map(({ value, cost, calls }) => ({ value, costUsdPicos: BigInt(cost), calls: BigInt(calls) }));
}

/** When the last call happened that the scope may see; null when there is none. */
export async function findLastCallAt(scope: Scope): Promise<Date | null> {
  // By bucket first: that is how the rollups are laid out, so this reads one entry of the index.
  const found = await readDb().$queryRaw<{ at: Date | null }[]>`
    SELECT max(last_occurred_at) AS at FROM usage_hour WHERE ${callScope(scope)}
      AND bucket = (SELECT bucket FROM usage_hour WHERE ${callScope(scope)} ORDER BY bucket DESC LIMIT 1)`;
  return found[0]?.at ?? null;
}

/** Whether there is any call that the scope may see: else the project is empty to him. */
export async function hasCalls(scope: Scope): Promise<boolean> {
  const found = await readDb().$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM usage_day WHERE ${callScope(scope)}) AS found`;
  return found[0]?.found ?? false;
}
