import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { ROLLUP_MEASURES } from "@/lib/calls/columns";
import { callFilters, callScope } from "@/lib/calls/filters";
import type { CallsQuery } from "@/lib/calls/query";
import { readDb } from "@/lib/db";
import type { Bucket } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";

const MEASURES = ["calls", "errors", "rate_limited", "unpriced_calls", "cost_usd_picos"] as const;
type Measure = (typeof MEASURES)[number];
const COLUMNS = Prisma.raw(MEASURES.map((name) => `(${ROLLUP_MEASURES[name]})::text AS ${name}`).join(", "));

/** Sums over the calls of one bucket; cost in picodollars. Measures are defined as those of the rollups. */
export type CallSums = Readonly<{ bucket: Date } & Record<Measure, bigint>>;

/**
 * Sums of the calls that a query lists, by bucket, from the calls themselves: for filters that only a call has. Reads
 * every call of the period; where the filters are dimensions of reports, the rollups answer the same much sooner.
 */
export async function summarizeCalls(
  scope: Scope,
  { period, filters }: Pick<CallsQuery, "period" | "filters">,
  bucket: Bucket,
): Promise<readonly CallSums[]> {
  const rows = await readDb().$queryRaw<({ bucket: Date } & Record<Measure, string>)[]>`
    SELECT date_trunc(${bucket}, occurred_at, 'UTC') AS bucket, ${COLUMNS} FROM llm_call
    WHERE ${callScope(scope)} AND ${callFilters(filters)}
      AND occurred_at >= ${period.from.toISOString()}::timestamptz AND occurred_at < ${period.to.toISOString()}::timestamptz
    GROUP BY 1 ORDER BY 1`;
  return rows.map((row) => ({
    bucket: row.bucket,
    calls: BigInt(row.calls),
    errors: BigInt(row.errors),
    rate_limited: BigInt(row.rate_limited),
    unpriced_calls: BigInt(row.unpriced_calls),
    cost_usd_picos: BigInt(row.cost_usd_picos),
  }));
}
