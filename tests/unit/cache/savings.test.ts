import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CacheRates, cacheRatesIn, cutAtChanges } from "@/lib/cache/rates";
import { CACHED_KINDS, type CachedUsage, netSaving, savingOf, timesRatio } from "@/lib/cache/savings";
import { unpricedCached } from "@/lib/cache/unpriced-tokens";
import { LIST_PRICES, type Override, type Prices, toContract } from "@/lib/pricing/contract";
import { TOKEN_KINDS } from "@/lib/pricing/schema";

const NOW = new Date("2026-11-20T12:00:00.000Z");

function cacheRatesAt(prices: Prices, model: string, at: Date): CacheRates | null {
  return cacheRatesIn(prices, model, { from: at, to: new Date(at.getTime() + 1) });
}

function pricesWith(...overrides: readonly Override[]): Prices {
  return { ...LIST_PRICES, contract: toContract(overrides, LIST_PRICES.book) };
}

const NONE = { cacheCreate5m: 0n, cacheCreate1h: 0n, cacheRead: 0n };

const OWN: Override = {
  kind: "rates",
  id: "own1",
  from: "2026-11-01",
  to: "2026-11-15",
  note: "",
  model: "claude-sonnet-5-5",
  platform: null,
  rates: { input: 1_000_000n, cacheCreate5m: 1_000_000n, cacheCreate1h: 1_000_000n, cacheRead: 500_000n, output: 1n },
};

describe("rates", () => {
  test("reads of Sonnet 5.5 are a tenth of fresh input until 6 October 2026, a twentieth from then on", () => {
    const at = (day: string) => cacheRatesAt(LIST_PRICES, "claude-sonnet-5-5", new Date(day))?.rates;
    expect([at("2026-10-06T23:59:59.999Z")?.input, at("2026-10-06T23:59:59.999Z")?.cacheRead]).toEqual([
      2_000_000n,
      200_000n,
    ]);
    expect(at("2026-10-07T00:00:00.000Z")?.cacheRead).toBe(100_000n);
    const period = { from: new Date("2026-10-01T00:00Z"), to: new Date("2026-11-01T00:00Z") };
    expect(cutAtChanges(LIST_PRICES, period).map(({ from }) => from.toISOString())).toEqual([
      "2026-10-01T00:00:00.000Z",
      "2026-10-07T00:00:00.000Z",
    ]);
  });

  test("a model without a price has none; one with long prompts and fast mode has one ratio", () => {
    expect(cacheRatesAt(LIST_PRICES, "claude-mythos-preview", NOW)).toBeNull();
    expect(cacheRatesAt(LIST_PRICES, "claude-haiku-5-5", NOW)).toMatchObject({ isSure: true });
    expect(cacheRatesAt(LIST_PRICES, "claude-opus-5-5", NOW)).toMatchObject({ isSure: true });
  });

  test("a model that came within the span has the rates that it came with", () => {
    const span = { from: new Date("2026-08-24T00:00Z"), to: new Date("2026-10-07T00:00Z") };
    expect(cacheRatesIn(LIST_PRICES, "claude-opus-5-5", span)?.rates.cacheRead).toBe(200_000n);
    const before = { from: span.from, to: new Date("2026-09-22T00:00Z") };
    expect(cacheRatesIn(LIST_PRICES, "claude-opus-5-5", before)).toBeNull();
  });

  test("own rates of a contract come first, and are not sure where the list has other ratios", () => {
    const prices = pricesWith(OWN);
    const rates = cacheRatesAt(prices, "claude-sonnet-5-5", new Date("2026-11-10T00:00Z"));
    expect(rates).toEqual({ rates: OWN.rates, isSure: false });
    expect(cacheRatesAt(prices, "claude-sonnet-5-5", NOW)?.isSure).toBe(true);
    const period = { from: new Date("2026-10-20T00:00Z"), to: NOW };
    expect(cutAtChanges(prices, period)).toHaveLength(3);
  });
});

const rates: CacheRates = {
  rates: cacheRatesAt(LIST_PRICES, "claude-opus-5-5", NOW)?.rates ?? OWN.rates,
  isSure: true,
};

describe("savings", () => {
  test("at list price, in batch and in the US: exact to the picodollar", () => {
    const count = fc.bigInt({ min: 0n, max: 1_000_000_000_000n });
    fc.assert(
      fc.property(fc.tuple(count, count, count), fc.constantFrom(20n, 10n, 22n, 11n), (counts, twentieths) => {
        const tokens = Object.fromEntries(CACHED_KINDS.map((kind, i) => [kind, counts[i]])) as CachedUsage["tokens"];
        const costOf = (kind: "input" | (typeof CACHED_KINDS)[number], amount: bigint) =>
          (amount * (rates.rates[kind] ?? 0n) * twentieths) / 20n;
        const cost = Object.fromEntries(
          CACHED_KINDS.map((kind) => [kind, costOf(kind, tokens[kind])]),
        ) as CachedUsage["cost"];
        const saving = savingOf({ tokens, cost, unpriced: NONE }, rates);
        const fresh = CACHED_KINDS.reduce((sum, kind) => sum + costOf("input", tokens[kind]), 0n);
        expect(saving.fresh).toBe(fresh);
        expect(netSaving(saving)).toBe(saving.readSaving - saving.writePremium);
        expect(saving.unknownTokens).toBe(0n);
      }),
    );
  });

  test("what has no rate or no price is counted apart, not as zero; what is free is", () => {
    const tokens = { cacheCreate5m: 0n, cacheCreate1h: 3n, cacheRead: 5n };
    const cost = { cacheCreate5m: 0n, cacheCreate1h: 7n, cacheRead: 0n };
    const openai = cacheRatesAt(LIST_PRICES, "gpt-5", NOW);
    const unpriced = { ...NONE, cacheRead: 4n };
    expect(savingOf({ tokens, cost, unpriced }, openai)).toMatchObject({ paid: 0n, fresh: 0n, unknownTokens: 7n });
    expect(savingOf({ tokens, cost, unpriced }, null).unknownTokens).toBe(8n);
  });

  test("unpriced tokens are told by kind where cost and rate explain all of them, else bounded", () => {
    const priced = { input: 2n, cacheCreate5m: 3n, cacheCreate1h: 0n, cacheRead: 50n, output: 7n };
    const unpriced = { input: 11n, cacheCreate5m: 0n, cacheCreate1h: 0n, cacheRead: 20n, output: 5n };
    const each = <T>(of: (kind: keyof typeof priced) => T) =>
      Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, of(kind)])) as Record<keyof typeof priced, T>;
    const tokens = each((kind) => priced[kind] + unpriced[kind]);
    const costAt = (half: bigint) => each((kind) => (priced[kind] * (rates.rates[kind] ?? 0n)) / half);
    expect(unpricedCached({ tokens, cost: costAt(1n), unpricedTokens: 36n }, rates)).toEqual({
      ...NONE,
      cacheRead: 20n,
    });
    // Half of it was in batch, say: which kinds were unpriced cannot be told.
    expect(unpricedCached({ tokens, cost: costAt(2n), unpricedTokens: 36n }, rates)).toEqual({
      ...NONE,
      cacheCreate5m: 3n,
      cacheRead: 33n,
    });
    expect(unpricedCached({ tokens, cost: each(() => 0n), unpricedTokens: 0n }, rates)).toEqual(NONE);
  });

  test("a product is rounded half up", () => {
    expect([timesRatio(1n, 1n, 2n), timesRatio(1n, 1n, 3n), timesRatio(7n, 20n, 1n)]).toEqual([1n, 0n, 140n]);
  });
});
