import type { CacheRates } from "@/lib/cache/rates";
import { CACHED_KINDS, type KindSums } from "@/lib/cache/savings";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** All that one feature sent to one model while its rates kept their ratios, and what of it cost how much; picodollars. */
export type PricedUsage = Readonly<{
  tokens: Readonly<Record<TokenKind, bigint>>;
  cost: Readonly<Record<TokenKind, bigint>>;
  /** Tokens of every kind that were in calls without a price. */
  unpricedTokens: bigint;
}>;

/** Tokens that the cost of their kind does not pay for at this rate; null where it is no whole number of them. */
function missingAt(rate: bigint | null, tokens: bigint, cost: bigint): bigint | null {
  if (!rate) return tokens === 0n && cost === 0n ? 0n : null;
  const paid = cost / rate;
  return cost % rate === 0n && paid <= tokens ? tokens - paid : null;
}

/**
 * Cached tokens of calls without a price. The rollups know the tokens of such calls only over all kinds: where cost ÷ rate
 * explains every one of them it tells the kinds too, exactly; else (batch, discounts, refusals that were free) it is at most these.
 */
export function unpricedCached({ tokens, cost, unpricedTokens }: PricedUsage, rates: CacheRates | null): KindSums {
  const missing = new Map(
    TOKEN_KINDS.map((kind) => [kind, missingAt(rates?.rates[kind] ?? null, tokens[kind], cost[kind])]),
  );
  const sum = [...missing.values()].reduce<bigint>((all, one) => all + (one ?? 0n), 0n);
  const isExplained = sum === unpricedTokens && [...missing.values()].every((one) => one !== null);
  let left = unpricedTokens;
  const known = CACHED_KINDS.map((kind) => {
    const spare = left - tokens[kind];
    const most = spare > 0n ? tokens[kind] : left;
    const own = isExplained ? (missing.get(kind) ?? 0n) : most;
    left -= own;
    return [kind, own] as const;
  });
  return Object.fromEntries(known) as KindSums;
}
