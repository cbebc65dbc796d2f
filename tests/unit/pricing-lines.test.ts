import { describe, expect, test } from "vitest";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import type { PricingContext, Usage, UsagePart } from "@/lib/pricing/schema";

const CONTEXT: PricingContext = {
  provider: "anthropic",
  platform: "anthropic",
  occurredAt: new Date("2026-11-20T12:00:00Z"),
  location: null,
  stopReason: null,
  statusCode: 200,
};

function part(model: string, input: number, output: number, more: Partial<UsagePart> = {}): UsagePart {
  return {
    model,
    billable: true,
    tokens: { input, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output },
    ...more,
  };
}

function price(parts: UsagePart[], usage: Partial<Usage> = {}, context: Partial<PricingContext> = {}) {
  const standard = { webSearchRequests: 0, serviceTier: "standard", speed: "standard", inferenceGeo: null, notes: [] };
  return priceCall({ ...standard, source: "provider", ...usage, parts }, { ...CONTEXT, ...context }, LIST_PRICES);
}

describe("one line a model", () => {
  test("fees and notes of the call are on line 0, those of a part on its own line", () => {
    const advisor = part("claude-opus-5", 10, 1, { notes: ["no_ttl_split:assumed_5m"] });
    const lines = price([part("claude-sonnet-5", 100, 10), advisor], {
      webSearchRequests: 2,
      notes: ["ttl_split_incomplete:rest_5m"],
    });
    expect(
      lines.map(({ line, model, status, costUsdPicos, cost, webSearchRequests, notes, priceId }) => ({
        line,
        model,
        status,
        costUsdPicos,
        search: cost?.webSearch,
        webSearchRequests,
        notes,
        priceId,
      })),
    ).toEqual([
      {
        line: 0,
        model: "claude-sonnet-5",
        status: "priced",
        costUsdPicos: 20_000_000_000n + 300_000_000n,
        search: 20_000_000_000n,
        webSearchRequests: 2,
        notes: ["ttl_split_incomplete:rest_5m"],
        priceId: "anthropic/claude-sonnet-5@2026-06-30",
      },
      {
        line: 1,
        model: "claude-opus-5",
        status: "estimated",
        costUsdPicos: 75_000_000n,
        search: 0n,
        webSearchRequests: 0,
        notes: ["no_ttl_split:assumed_5m"],
        priceId: "anthropic/claude-opus-5@2026-07-24",
      },
    ]);
  });

  test("an unknown advisor leaves its line unpriced and the answer priced", () => {
    const lines = price([part("claude-sonnet-5", 100, 10), part("claude-opus-9", 10, 1)]);
    expect(lines.map(({ status, reason }) => [status, reason])).toEqual([
      ["priced", null],
      ["unpriced", "unknown_model"],
    ]);
  });

  test("who declined has a line of its own that costs nothing", () => {
    const declined = part("claude-fable-5", 535, 0, { billable: false });
    const [, line] = price([part("claude-opus-4-8", 412, 264), declined]);
    expect(line).toMatchObject({
      model: "claude-fable-5",
      status: "not_billable",
      reason: "declined_before_output",
      costUsdPicos: 0n,
      notes: ["declined_before_output:not_billed"],
    });
    expect(line?.tokens.input).toBe(0);
  });

  test("spellings of one model share a line", () => {
    expect(price([part("claude-haiku-4-5", 1, 1), part("claude-haiku-4-5-20251001", 1, 1)])).toHaveLength(1);
  });
});

describe("long prompts", () => {
  test("parts on either side of the line are mixed: each at its own rates", () => {
    const [line] = price([part("claude-haiku-5-5", 1_000, 0), part("claude-haiku-5-5", 100_001, 0)]);
    expect(line).toMatchObject({ tier: "mixed", status: "priced", costUsdPicos: 100_000_000n + 50_000_500_000n });
  });

  test("a sum over the line whose samplings are all under it is ambiguous", () => {
    const sampled = (largest: number) =>
      price([part("claude-haiku-5-5", 100_001, 0, { largestPromptTokens: largest })])[0];
    expect(sampled(100_000)).toMatchObject({ tier: "long", status: "estimated", notes: ["tier_ambiguous"] });
    expect(sampled(100_001)).toMatchObject({ tier: "long", status: "priced", notes: [] });
  });

  test("fast mode had a long tier of its own", () => {
    const context = { occurredAt: new Date("2026-02-10T00:00:00Z") };
    const [line] = price([part("claude-opus-4-6", 200_001, 0)], { speed: "fast" }, context);
    expect(line).toMatchObject({
      tier: "fast_long",
      costUsdPicos: 200_001n * 60_000_000n,
      priceId: "anthropic/claude-opus-4-6/fast@2026-02-07",
    });
  });
});

describe("what decides the price besides the tokens", () => {
  const one = (model: string, usage: Partial<Usage>, context: Partial<PricingContext> = {}) =>
    price([part(model, 1_000, 0)], usage, context)[0];

  test("a price ends with the day before its last", () => {
    const at = (occurredAt: string) => one("claude-opus-4-7", { speed: "fast" }, { occurredAt: new Date(occurredAt) });
    expect(at("2026-07-23T23:59:59.999Z")).toMatchObject({ tier: "fast", costUsdPicos: 30_000_000_000n, notes: [] });
    expect(at("2026-07-24T00:00:00Z")).toMatchObject({ status: "unpriced", reason: "fast_not_priced" });
  });

  test("the first price of a model is no change of price", () => {
    expect(one("claude-opus-5", {}, { occurredAt: new Date("2026-07-24T00:00:00Z") })?.notes).toEqual([]);
  });

  test("US inference: no premium before 4.6, and none but the cloud's own on clouds", () => {
    expect(one("claude-haiku-4-5", { inferenceGeo: "us" })).toMatchObject({
      costUsdPicos: 1_000_000_000n,
      multipliers: [],
    });
    const cloud = { platform: "bedrock", location: "us-east-1" };
    expect(one("claude-opus-4-8", { inferenceGeo: "us" }, cloud)).toMatchObject({ multipliers: ["regional_1.1"] });
    expect(one("claude-opus-4-8", { inferenceGeo: "us" }, { platform: "foundry" })).toMatchObject({
      multipliers: ["us_1.1"],
    });
  });

  test("Bedrock's priority tier is a price list that the book lacks, not a commitment", () => {
    const cloud = { platform: "bedrock", location: "us-east-1" };
    expect(one("claude-opus-4-8", { serviceTier: "priority" }, cloud)?.reason).toBe("service_tier_not_priced");
  });

  test("an unfinished stream is a lower bound", () => {
    expect(one("claude-opus-5", { notes: ["incomplete_stream"] })?.status).toBe("estimated");
  });

  test("only Anthropic does not bill a refusal", () => {
    const refused = { stopReason: "refusal" };
    expect(one("claude-opus-5", {}, refused)).toMatchObject({ status: "not_billable", costUsdPicos: 0n });
    const openai = { ...refused, provider: "openai", platform: "openai" };
    expect(one("gpt-5", {}, openai)).toMatchObject({ status: "priced", costUsdPicos: 1_250_000_000n });
  });
});
