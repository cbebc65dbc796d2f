import type { Call } from "@/lib/calls/read";
import { multiplyRounded } from "@/lib/pricing/multiplier";
import type { PriceExplanation } from "./price-lines";

/** What a call would have cost had it read from the cache what it wrote; picodollars. */
export type PrefixRead = Readonly<{
  tokens: number;
  cost: bigint /** What writing cost over reading. */;
  lost: bigint;
}>;

/**
 * Exact: the length of the prompt stays, so every other line does; the written tokens go at the rate of a read, with the
 * call's own factors. Null where nothing was written, something was read already, or a rate cannot be told.
 */
export function withPrefixRead(call: Call, { lines, parts }: PriceExplanation): PrefixRead | null {
  const tokens = call.cacheCreate5mTokens + call.cacheCreate1hTokens;
  const read = lines.find(({ kind }) => kind === "cacheRead");
  const rate = read?.terms?.[0]?.rate;
  if (tokens === 0 || call.cacheReadTokens > 0 || parts.length > 0 || call.usageParts !== null) return null;
  if (call.costUsdPicos === null || read === undefined || rate === undefined) return null;
  const written = (call.cacheCreate5mCostUsdPicos ?? 0n) + (call.cacheCreate1hCostUsdPicos ?? 0n);
  const lost = written - multiplyRounded(BigInt(tokens) * rate, read.factors);
  return lost > 0n ? { tokens, cost: call.costUsdPicos - lost, lost } : null;
}
