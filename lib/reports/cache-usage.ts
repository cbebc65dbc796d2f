import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { type CacheRates, cacheRatesIn, cutAtChanges } from "@/lib/cache/rates";
import { readCachePrices } from "@/lib/cache/read-prices";
import type { CachedUsage } from "@/lib/cache/savings";
import { unpricedCached } from "@/lib/cache/unpriced-tokens";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";
import { type RawRow, readCoverage } from "./cells";
import type { Coverage, ReportQuery } from "./schema";
import { COVERAGE_SUMS } from "./sums";
import { usageRows } from "./usage-rows";

const SUMS = [
  ...COVERAGE_SUMS,
  "input_cost_usd_picos",
  "cache_create_5m_cost_usd_picos",
  "cache_create_1h_cost_usd_picos",
  "cache_read_cost_usd_picos",
  "output_cost_usd_picos",
] as const;
type Figures = Readonly<Record<(typeof SUMS)[number], string>>;
type CellRow = Figures & Readonly<{ era: number; feature: string; model: string }>;

/** What one feature sent to one model while its rates kept their ratios. */
export type CacheUsage = Readonly<{
  feature: string;
  model: string;
  calls: bigint;
  unpricedCalls: bigint;
  freshTokens: bigint;
  cached: CachedUsage;
  /** Null for a model without a price. */
  rates: CacheRates | null;
}>;

function toUsage(row: CellRow, rates: CacheRates | null): CacheUsage {
  const tokens = {
    input: BigInt(row.input_tokens),
    cacheCreate5m: BigInt(row.cache_create_5m_tokens),
    cacheCreate1h: BigInt(row.cache_create_1h_tokens),
    cacheRead: BigInt(row.cache_read_tokens),
    output: BigInt(row.output_tokens),
  };
  const cost = {
    input: BigInt(row.input_cost_usd_picos),
    cacheCreate5m: BigInt(row.cache_create_5m_cost_usd_picos),
    cacheCreate1h: BigInt(row.cache_create_1h_cost_usd_picos),
    cacheRead: BigInt(row.cache_read_cost_usd_picos),
    output: BigInt(row.output_cost_usd_picos),
  };
  const unpricedTokens = BigInt(row.unpriced_tokens);
  return {
    feature: row.feature,
    model: row.model,
    calls: BigInt(row.calls),
    unpricedCalls: BigInt(row.unpriced_calls),
    freshTokens: tokens.input,
    cached: { tokens, cost, unpriced: unpricedCached({ tokens, cost, unpricedTokens }, rates) },
    rates,
  };
}

function coverageOf(rows: readonly CellRow[]): Coverage {
  const sums: Record<string, RawRow[string]> = {};
  for (const name of COVERAGE_SUMS) {
    sums[`coverage_${name}`] = rows.reduce((sum, row) => sum + BigInt(row[name]), 0n).toString();
  }
  return readCoverage(sums);
}

/** What went through the cache in the period of a query and in its comparison, from the rollups in one statement; the coverage is the period's. */
export async function readCacheUsage(
  scope: Scope,
  { period, compare, filters }: Pick<ReportQuery, "period" | "compare" | "filters">,
): Promise<Readonly<{ now: readonly CacheUsage[]; before: readonly CacheUsage[]; coverage: Coverage }>> {
  const prices = await readCachePrices(scope);
  const spans = [period, ...(compare ? [compare] : [])].map((span) => cutAtChanges(prices, span));
  const eras = spans.flatMap((pieces, side) => pieces.map((piece) => ({ piece, isNow: side === 0 })));
  const sums = Prisma.raw(SUMS.map((name) => `sum(${name}) AS ${name}`).join(", "));
  const parts = eras.flatMap(({ piece }, era) =>
    usageRows(scope, piece, filters, "day").map(
      ({ sql }) => Prisma.sql`SELECT ${Prisma.raw(String(era))} AS era, feature, model, ${sums}
        FROM (${sql}) AS usage GROUP BY feature, model`,
    ),
  );
  const texts = Prisma.raw(SUMS.map((name) => `sum(${name})::text AS ${name}`).join(", "));
  const rows =
    parts.length === 0
      ? []
      : await readDb().$queryRaw<CellRow[]>`SELECT era, feature, model, ${texts}
          FROM (${Prisma.join(parts, " UNION ALL ")}) AS part GROUP BY era, feature, model`;
  const ofSide = (isNow: boolean) => rows.filter(({ era }) => eras[era]?.isNow === isNow);
  const toUsages = (found: readonly CellRow[]) =>
    found.map((row) => {
      const era = eras[row.era]?.piece;
      return toUsage(row, era ? cacheRatesIn(prices, row.model, era) : null);
    });
  return { now: toUsages(ofSide(true)), before: toUsages(ofSide(false)), coverage: coverageOf(ofSide(true)) };
}
