import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adviseLifetime, changeTo1h, changeTo5m, type LifetimeFacts } from "@/lib/cache/lifetime";
import { type CacheRates, cacheRatesIn } from "@/lib/cache/rates";
import { LIST_PRICES } from "@/lib/pricing/contract";

const NOW = { from: new Date("2026-11-20T12:00Z"), to: new Date("2026-11-20T13:00Z") };
const sonnet = cacheRatesIn(LIST_PRICES, "claude-sonnet-5-5", NOW) as CacheRates;
const RATE = { write5m: 2_500_000n, write1h: 4_000_000n, read: 100_000n };
const MINUTE = 60_000;

/** What a cache of one prefix would bill for uses that come `gaps` (ms) apart: picodollars by kind. */
function bill(tokens: bigint, gaps: readonly number[], lifetime: number, writeRate: bigint) {
  let [written, read, late, again] = [tokens * writeRate, 0n, 0n, 0n];
  for (const gap of gaps) {
    const isBetween = gap > 5 * MINUTE && gap <= 60 * MINUTE;
    if (gap > lifetime) {
      written += tokens * writeRate;
      if (isBetween) again += tokens * writeRate;
    } else {
      read += tokens * RATE.read;
      if (isBetween) late += tokens * RATE.read;
    }
  }
  return { written, read, late, again };
}

describe("what the other lifetime would have cost", () => {
  test("is what a cache of that lifetime would have billed for the same uses", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 150 * MINUTE }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1_000_000n }), gaps, (tokens, times) => {
        const short = bill(tokens, times, 5 * MINUTE, RATE.write5m);
        const long = bill(tokens, times, 60 * MINUTE, RATE.write1h);
        const more = long.written + long.read - short.written - short.read;
        const asShort = { write5m: short.written, rewritten: short.again, write1h: 0n, readLate: 0n };
        const asLong = { write5m: 0n, rewritten: 0n, write1h: long.written, readLate: long.late };
        expect(changeTo1h(asShort, sonnet)).toBe(more);
        expect(changeTo5m(asLong, sonnet)).toBe(-more);
      }),
    );
  });

  test("is not told where the model has one lifetime only", () => {
    const openai = cacheRatesIn(LIST_PRICES, "gpt-6-sol", NOW) as CacheRates;
    const costs = { write5m: 1n, rewritten: 0n, write1h: 1n, readLate: 0n };
    expect([changeTo1h(costs, openai), changeTo5m(costs, openai)]).toEqual([null, null]);
  });
});

describe("advice", () => {
  const DAY = 86_400_000;
  const CENT = 10_000_000_000n;
  const facts: LifetimeFacts = {
    writes5m: true,
    writes1h: false,
    changeTo1h: -2n * CENT,
    changeTo5m: null,
    seenMs: 2 * DAY,
  };

  test("a cent a day is worth it, less is not", () => {
    expect(adviseLifetime(facts)).toEqual({ now: "5m", verdict: "1h", savedPerDay: CENT });
    expect(adviseLifetime({ ...facts, changeTo1h: -2n * CENT + 2n })).toMatchObject({
      verdict: "as_is",
      savedPerDay: 0n,
    });
    expect(adviseLifetime({ ...facts, changeTo1h: CENT })).toMatchObject({ verdict: "as_is" });
  });

  test("needs a day of calls, and a choice", () => {
    expect(adviseLifetime({ ...facts, seenMs: DAY - 1 })).toMatchObject({ verdict: "not_enough", savedPerDay: 0n });
    expect(adviseLifetime({ ...facts, seenMs: DAY })).toMatchObject({ verdict: "1h", savedPerDay: 2n * CENT });
    expect(adviseLifetime({ ...facts, changeTo1h: null })).toMatchObject({ now: "5m", verdict: "no_choice" });
    expect(adviseLifetime({ ...facts, writes5m: false })).toMatchObject({ now: null, verdict: "no_choice" });
  });

  test("where both are in use, the better of the two", () => {
    const both = { ...facts, writes1h: true, changeTo5m: -6n * CENT };
    expect(adviseLifetime(both)).toEqual({ now: "both", verdict: "5m", savedPerDay: 3n * CENT });
  });
});
