import { describe, expect, test } from "vitest";
import { explainUnpriced, type UnpricedGroup, wouldBePriced } from "@/lib/calls/explain-unpriced";
import { LIST_PRICES, type Override, type Prices, toContract } from "@/lib/pricing/contract";
import { overrideSchema } from "@/lib/pricing/contract-schema";

const DATED = { id: "o1", from: "2026-11-10", to: null, note: "" };
const RATES = { input: "3", cache_create_5m: "3.75", cache_create_1h: "6", cache_read: "0.3", output: "15" };

function pricesWith(...overrides: unknown[]): Prices {
  const parsed: Override[] = overrides.map((override) => overrideSchema.parse(override));
  return { ...LIST_PRICES, version: 2, contract: toContract(parsed, LIST_PRICES.book) };
}

/** Calls of 20 November with fresh input and output, of a model that nobody knows. */
function group(changes: Partial<UnpricedGroup> = {}): UnpricedGroup {
  const model = changes.model ?? "acme-large";
  return {
    provider: "unknown",
    model,
    sentModel: model,
    platform: "acme",
    reason: "unknown_model",
    serviceTier: "standard",
    speed: "standard",
    inferenceGeo: null,
    location: null,
    day: new Date("2026-11-20"),
    hasInput: true,
    hasCacheCreate5m: false,
    hasCacheCreate1h: false,
    hasCacheRead: false,
    hasOutput: true,
    hasWebSearch: false,
    partReason: null,
    calls: 10n,
    tokens: 1_000n,
    lastAt: new Date("2026-11-20T10:00:00Z"),
    ...changes,
  };
}

describe("whether calls without a price would have one now", () => {
  const alias = { kind: "alias", ...DATED, model: "acme-large", target: "claude-sonnet-5-5" };
  const rates = { kind: "rates", ...DATED, model: "acme-large", platform: null, rates: RATES };

  test("a model that the book does not know stays without a price", () => {
    expect(wouldBePriced(group(), LIST_PRICES)).toBe(false);
  });

  test("a model that a newer book knows has one", () => {
    const model = "claude-sonnet-5-5";
    expect(wouldBePriced(group({ model, platform: "anthropic" }), LIST_PRICES)).toBe(true);
  });

  test("the model is looked up as it was sent, not by its canonical name", () => {
    const sent = { model: "claude-sonnet-5-5", platform: "anthropic" };
    expect(wouldBePriced(group({ ...sent, sentModel: "claude-sonnet-5-5-private" }), LIST_PRICES)).toBe(false);
  });

  test("an alias prices calls from its first day on, none before", () => {
    const prices = pricesWith(alias);
    expect(wouldBePriced(group({ day: new Date("2026-11-10") }), prices)).toBe(true);
    expect(wouldBePriced(group({ day: new Date("2026-11-09") }), prices)).toBe(false);
  });

  test("own rates price the kinds of token that they name", () => {
    const prices = pricesWith({ ...rates, rates: { ...RATES, cache_read: null } });
    expect(wouldBePriced(group(), prices)).toBe(true);
    expect(wouldBePriced(group({ hasCacheRead: true }), prices)).toBe(false);
  });

  test("own rates hold at standard tier and speed, and not for a search or an audio token", () => {
    const prices = pricesWith(rates);
    for (const more of [
      { serviceTier: "priority" },
      { speed: "fast" },
      { hasWebSearch: true },
      { partReason: "audio_not_priced" },
    ]) {
      expect(wouldBePriced(group(more), prices), JSON.stringify(more)).toBe(false);
    }
  });

  test("what a platform adds to the list price makes one of it", () => {
    const onRouter = group({ model: "claude-sonnet-5-5", platform: "openrouter", reason: "platform_not_priced" });
    const premium = { kind: "adjustment", ...DATED, provider: null, model: null, percent: "5.5" };
    expect(wouldBePriced(onRouter, LIST_PRICES)).toBe(false);
    expect(wouldBePriced(onRouter, pricesWith({ ...premium, platform: "openrouter" }))).toBe(true);
    expect(wouldBePriced(onRouter, pricesWith({ ...premium, platform: "requesty" }))).toBe(false);
  });
});

describe("why calls of a model have no price", () => {
  test("calls of one cause are added up, most tokens first, with the days that are priced by now", () => {
    const prices = pricesWith({ kind: "alias", ...DATED, model: "acme-large", target: "claude-sonnet-5-5" });
    const causes = explainUnpriced(
      [
        group({ day: new Date("2026-11-08"), calls: 1n, tokens: 5n, lastAt: new Date("2026-11-08T23:00:00Z") }),
        group({ day: new Date("2026-11-14"), calls: 4n, tokens: 7n, lastAt: new Date("2026-11-14T01:00:00Z") }),
        group({ day: new Date("2026-11-12"), calls: 2n, tokens: 9n, lastAt: new Date("2026-11-12T12:00:00Z") }),
        group({ day: new Date("2026-11-13"), calls: 1n, tokens: 1n, lastAt: new Date("2026-11-13T12:00:00Z") }),
        group({ platform: "other", speed: "fast", reason: "fast_not_priced", calls: 9n, tokens: 25n }),
      ],
      prices,
    );
    const known = { sentModel: "acme-large", lastAt: new Date("2026-11-20T10:00:00Z") };
    expect(causes).toEqual([
      { ...known, platform: "other", reason: "fast_not_priced", calls: 9n, tokens: 25n, pricedNow: null },
      {
        ...known,
        platform: "acme",
        reason: "unknown_model",
        calls: 8n,
        tokens: 22n,
        lastAt: new Date("2026-11-14T01:00:00Z"),
        pricedNow: { calls: 7n, from: new Date("2026-11-12"), to: new Date("2026-11-15") },
      },
    ]);
  });

  test("no calls have no cause", () => {
    expect(explainUnpriced([], LIST_PRICES)).toEqual([]);
  });
});
