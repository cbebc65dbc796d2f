import { adviseLifetime, changeTo1h, changeTo5m, type LifetimeAdvice } from "@/lib/cache/lifetime";
import { cacheRatesIn } from "@/lib/cache/rates";
import { cellsBy, GAPS, type ReuseCell } from "@/lib/cache/reuse";
import type { Prices } from "@/lib/pricing/contract";

/** How soon the prefixes of a feature are used again, and which lifetime fits that. Money in picodollars. */
export type FeatureLifetime = LifetimeAdvice &
  Readonly<{
    feature: string;
    uses: number;
    /** In the buckets of `GAPS`. */
    gaps: readonly number[];
    /** What the other lifetime would have cost more over the period (below zero: less); null where it is no choice. */
    changeTo1h: bigint | null;
    changeTo5m: bigint | null;
    firstAt: Date;
    lastAt: Date;
  }>;

const HOUR = 3_600_000;

/** The sum of what is known; null when nothing is. */
function sumKnown(values: readonly (bigint | null)[]): bigint | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0n);
}

/** The lifetimes of every feature that names its prefixes, in the order of the cells. */
export function adviseFeatures(cells: readonly ReuseCell[], prices: Prices): readonly FeatureLifetime[] {
  return [...cellsBy(cells, "feature")].map(([feature, own]) => {
    // Late reads of a model that is never written for an hour hang on no such lifetime.
    const keptLong = new Set(own.filter(({ write1hTokens }) => write1hTokens > 0n).map(({ model }) => model));
    const changes = own.map((cell) => {
      const rates = cacheRatesIn(prices, cell.model, cell.era);
      const costs = {
        write5m: cell.write5mCost,
        rewritten: cell.rewrittenCost,
        write1h: cell.write1hCost,
        readLate: cell.readLateCost,
      };
      return {
        to1h: rates && cell.write5mTokens > 0n ? changeTo1h(costs, rates) : null,
        to5m: rates && keptLong.has(cell.model) ? changeTo5m(costs, rates) : null,
      };
    });
    const [firstAt, lastAt] = [
      new Date(Math.min(...own.map((cell) => cell.firstAt.getTime()))),
      new Date(Math.max(...own.map((cell) => cell.lastAt.getTime()))),
    ];
    const change = {
      changeTo1h: sumKnown(changes.map(({ to1h }) => to1h)),
      changeTo5m: sumKnown(changes.map(({ to5m }) => to5m)),
    };
    return {
      feature,
      uses: own.reduce((sum, { uses }) => sum + uses, 0),
      gaps: GAPS.map((_, i) => own.reduce((sum, { gaps }) => sum + (gaps[i] ?? 0), 0)),
      ...change,
      firstAt,
      lastAt,
      ...adviseLifetime({
        writes5m: own.some(({ write5mTokens }) => write5mTokens > 0n),
        writes1h: own.some(({ write1hTokens }) => write1hTokens > 0n),
        ...change,
        seenMs: Math.ceil((lastAt.getTime() - firstAt.getTime()) / HOUR) * HOUR,
      }),
    };
  });
}
