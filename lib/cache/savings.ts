import type { CacheRates } from "@/lib/cache/rates";

/** The three kinds of token that a cache makes of fresh input. */
export const CACHED_KINDS = ["cacheCreate5m", "cacheCreate1h", "cacheRead"] as const;
export type CachedKind = (typeof CACHED_KINDS)[number];

export type KindSums = Readonly<Record<CachedKind, bigint>>;

/** Cached tokens of one model, what they cost in picodollars as far as they are priced, and how many of them are not. */
export type CachedUsage = Readonly<{ tokens: KindSums; cost: KindSums; unpriced: KindSums }>;

/** What caching saved, in picodollars. `fresh − paid = readSaving − writePremium`, exactly. */
export type Saving = Readonly<{
  /** What reads and writes cost. */
  paid: bigint;
  /** What the same tokens would have cost as fresh input. */
  fresh: bigint;
  /** How much less reads cost than fresh input. */
  readSaving: bigint;
  /** How much more writes cost than fresh input. */
  writePremium: bigint;
  /** The part of `fresh` that rests on ratios which may not be those of every call. */
  estimated: bigint;
  /** Cached tokens without a rate or a price: they are in none of the sums. */
  unknownTokens: bigint;
}>;

export const NO_SAVING: Saving = {
  paid: 0n,
  fresh: 0n,
  readSaving: 0n,
  writePremium: 0n,
  estimated: 0n,
  unknownTokens: 0n,
};

/** An amount in picodollars ≥ 0 times a ratio, half up: exact where the amount is tokens times the denominator. */
export function timesRatio(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  return (2n * amount * numerator + denominator) / (2n * denominator);
}

/**
 * What the tokens that went through the cache would have cost as fresh input: cost × fresh rate ÷ cached rate. All factors of
 * a call multiply every kind alike, so they cancel, and the list price comes out to the picodollar. Under a discount each
 * call's cost was rounded once, so the product may be off by half a picodollar a call times the ratio.
 */
export function savingOf({ tokens, cost, unpriced }: CachedUsage, rates: CacheRates | null): Saving {
  let saving = NO_SAVING;
  for (const kind of CACHED_KINDS) {
    if (tokens[kind] === 0n) continue;
    const [fresh, cached] = [rates?.rates.input ?? null, rates?.rates[kind] ?? null];
    if (fresh === null || !cached) {
      saving = { ...saving, unknownTokens: saving.unknownTokens + tokens[kind] };
      continue;
    }
    const asFresh = timesRatio(cost[kind], fresh, cached);
    const less = asFresh - cost[kind];
    saving = addSavings(saving, {
      paid: cost[kind],
      fresh: asFresh,
      readSaving: kind === "cacheRead" ? less : 0n,
      writePremium: kind === "cacheRead" ? 0n : -less,
      estimated: rates?.isSure ? 0n : asFresh,
      unknownTokens: unpriced[kind],
    });
  }
  return saving;
}

export function addSavings(a: Saving, b: Saving): Saving {
  return {
    paid: a.paid + b.paid,
    fresh: a.fresh + b.fresh,
    readSaving: a.readSaving + b.readSaving,
    writePremium: a.writePremium + b.writePremium,
    estimated: a.estimated + b.estimated,
    unknownTokens: a.unknownTokens + b.unknownTokens,
  };
}

/** What caching saved on the whole: below zero where writes cost more than reads saved. */
export const netSaving = ({ fresh, paid }: Saving): bigint => fresh - paid;
