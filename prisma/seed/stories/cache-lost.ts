import { before, type Story } from "../story";

export const STEADY_SHA = "9f8e7d6";
export const CACHE_LOST_SHA = "a1b2c3d";

/** a1b2c3d greets customers by local time at the top of the system prompt of support-reply: every prefix is new, nothing is read. */
export function cacheLost(now: Date): Story {
  const since = before(now, 2, 5.5);
  return {
    name: "cache-lost",
    deploys: [
      { sha: STEADY_SHA, at: before(now, 5, 3) },
      { sha: CACHE_LOST_SHA, at: since },
    ],
    alter: (call, random) => {
      if (call.feature !== "support-reply" || call.occurredAt < since) return call;
      // Two calls within the same second still share their prefix.
      if (random.chance(0.002)) return call;
      const { read, write5m } = call.tokens;
      return { ...call, tokens: { ...call.tokens, read: 0, write5m: write5m + read }, prefixHash: random.hex(16) };
    },
  };
}
