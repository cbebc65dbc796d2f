import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { ROLLUP_MEASURES } from "@/lib/calls/columns";
import { callsWithin } from "@/lib/calls/filters";
import type { CallSelection } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import type { FineBucket } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";

const TOKENS =
  "input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens + output_tokens";
const MEASURES = {
  calls: ROLLUP_MEASURES.calls,
  errors: ROLLUP_MEASURES.errors,
  rate_limited: ROLLUP_MEASURES.rate_limited,
  tokens: `coalesce(sum(${TOKENS}), 0)`,
  unpriced_calls: ROLLUP_MEASURES.unpriced_calls,
  unpriced_tokens: ROLLUP_MEASURES.unpriced_tokens,
  estimated_calls: ROLLUP_MEASURES.estimated_calls,
  estimated_cost: ROLLUP_MEASURES.estimated_cost_usd_picos,
  cost: ROLLUP_MEASURES.cost_usd_picos,
  list_cost: ROLLUP_MEASURES.list_cost_usd_picos,
  saved_cost: "coalesce(sum(list_cost_usd_picos - cost_usd_picos), 0)",
} as const;
type Measure = keyof typeof MEASURES;

/** What is summed over calls, by the keys that reports have for it. */
export const CALL_MEASURES = Object.keys(MEASURES) as readonly Measure[];

const COLUMNS = Prisma.raw(CALL_MEASURES.map((name) => `(${MEASURES[name]})::text AS ${name}`).join(", "));

/** Sums over calls; costs in picodollars. Measures are defined as those of the rollups. */
export type CallTotals = Readonly<Record<Measure, bigint>>;
/** The same of one bucket. */
export type CallSums = CallTotals & Readonly<{ bucket: Date }>;

/** Sums by what `of` says of each measure. */
export function callTotals(of: (measure: Measure) => bigint): CallTotals {
  return {
    calls: of("calls"),
    errors: of("errors"),
    rate_limited: of("rate_limited"),
    tokens: of("tokens"),
    unpriced_calls: of("unpriced_calls"),
    unpriced_tokens: of("unpriced_tokens"),
    estimated_calls: of("estimated_calls"),
    estimated_cost: of("estimated_cost"),
    cost: of("cost"),
    list_cost: of("list_cost"),
    saved_cost: of("saved_cost"),
  };
}

/** The sums of several buckets together. */
export function addSums(sums: readonly CallTotals[]): CallTotals {
  return callTotals((name) => sums.reduce((total, one) => total + one[name], 0n));
}

/** What totals leave out, as reports say it. */
export function coverageOf(totals: CallTotals) {
  return {
    calls: totals.calls,
    tokens: totals.tokens,
    unpricedCalls: totals.unpriced_calls,
    unpricedTokens: totals.unpriced_tokens,
    estimatedCalls: totals.estimated_calls,
    estimatedCostUsdPicos: totals.estimated_cost,
  };
}

/**
 * Sums of the calls that a query lists, by bucket, from the calls themselves: for filters that only a call has. Reads
 * every call of the period; where the filters are dimensions of reports, the rollups answer the same much sooner.
 * @throws ScanTimeout when there are too many calls to read.
 */
export async function summarizeCalls(
  scope: Scope,
  query: CallSelection,
  bucket: FineBucket,
): Promise<readonly CallSums[]> {
  const rows = await scanCalls<{ bucket: Date } & Record<Measure, string>>(Prisma.sql`
    SELECT date_trunc(${bucket}, occurred_at, 'UTC') AS bucket, ${COLUMNS} FROM llm_call
    WHERE ${callsWithin(scope, query)}
    GROUP BY 1 ORDER BY 1`);
  return rows.map((row) => ({ bucket: row.bucket, ...callTotals((name) => BigInt(row[name])) }));
}
