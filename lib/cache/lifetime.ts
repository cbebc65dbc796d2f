import type { CacheRates } from "@/lib/cache/rates";
import { timesRatio } from "@/lib/cache/savings";

/** What of one model's cache would have gone otherwise under the other lifetime; picodollars, as billed. */
export type LifetimeCosts = Readonly<{
  /** All that was written for 5 minutes. */
  write5m: bigint;
  /** Of it, what was written again between 5 and 60 minutes after it was last used: kept for an hour, it would have been read. */
  rewritten: bigint;
  /** All that was written for an hour. */
  write1h: bigint;
  /** What was read between 5 and 60 minutes after it was last used: kept for 5 minutes, it would have been written again. */
  readLate: bigint;
}>;

/**
 * What 1h in place of 5m would have cost more (below zero: less), by the gaps that were seen: rewritten tokens become
 * reads, the other writes cost the hour's rate. Null where the model has no such choice.
 */
export function changeTo1h({ write5m, rewritten }: LifetimeCosts, { rates }: CacheRates): bigint | null {
  const { cacheCreate5m, cacheCreate1h, cacheRead } = rates;
  if (!cacheCreate5m || !cacheCreate1h || !cacheRead) return null;
  const kept = timesRatio(write5m - rewritten, cacheCreate1h, cacheCreate5m);
  return kept + timesRatio(rewritten, cacheRead, cacheCreate5m) - write5m;
}

/** What 5m in place of 1h would have cost more (below zero: less): writes cost less, late reads become writes. */
export function changeTo5m({ write1h, readLate }: LifetimeCosts, { rates }: CacheRates): bigint | null {
  const { cacheCreate5m, cacheCreate1h, cacheRead } = rates;
  if (!cacheCreate5m || !cacheCreate1h || !cacheRead) return null;
  return (
    timesRatio(write1h, cacheCreate5m, cacheCreate1h) -
    write1h +
    (timesRatio(readLate, cacheCreate5m, cacheRead) - readLate)
  );
}

/** The lifetime that a feature writes with. */
export type Lifetime = "5m" | "1h" | "both";

export type LifetimeAdvice = Readonly<{
  now: Lifetime | null;
  /** `as_is`: nothing worth the change; `not_enough`: less than a day of calls; `no_choice`: the provider offers one lifetime. */
  verdict: "5m" | "1h" | "as_is" | "not_enough" | "no_choice";
  /** What the advised lifetime would have cost less, a day; picodollars. Zero without advice. */
  savedPerDay: bigint;
}>;

export type LifetimeFacts = Readonly<{
  writes5m: boolean;
  writes1h: boolean;
  /** Null where the model has no such choice, or nothing would change. */
  changeTo1h: bigint | null;
  changeTo5m: bigint | null;
  /** Between the first and the last of its calls, begun hours counted whole: so the last 24 hours of a busy feature are a day. */
  seenMs: number;
}>;

const DAY = 86_400_000;
/** A cent a day: less is not worth a change of code. */
const WORTH = 10_000_000_000n;

/** Which lifetime would have been cheaper by the gaps that were seen: the better of the two where both are in use. */
export function adviseLifetime({ writes5m, writes1h, ...facts }: LifetimeFacts): LifetimeAdvice {
  const now = writes5m && writes1h ? "both" : writes5m ? "5m" : writes1h ? "1h" : null;
  const change = { "1h": writes5m ? facts.changeTo1h : null, "5m": writes1h ? facts.changeTo5m : null };
  const options = (["1h", "5m"] as const).flatMap((to) => (change[to] === null ? [] : [{ to, change: change[to] }]));
  if (now === null || options.length === 0) return { now, verdict: "no_choice", savedPerDay: 0n };
  if (facts.seenMs < DAY) return { now, verdict: "not_enough", savedPerDay: 0n };
  const [best] = options.toSorted((a, b) => (a.change < b.change ? -1 : 1));
  const savedPerDay = best ? (-best.change * BigInt(DAY)) / BigInt(Math.round(facts.seenMs)) : 0n;
  if (!best || savedPerDay < WORTH) return { now, verdict: "as_is", savedPerDay: 0n };
  return { now, verdict: best.to, savedPerDay };
}
