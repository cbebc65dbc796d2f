import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { inferPlatform } from "@/lib/pricing/platform";
import { type PricedLine, type PricingContext, TOKEN_KINDS, type TokenCounts, type Usage } from "@/lib/pricing/schema";

type Buckets = [fresh: number, write5m: number, write1h: number, read: number, output: number];
type Options = Partial<Omit<Usage, "parts">> & Partial<PricingContext> & { tokens: Buckets; at: string };

function tokensOf([input, cacheCreate5m, cacheCreate1h, cacheRead, output]: Buckets): TokenCounts {
  return { input, cacheCreate5m, cacheCreate1h, cacheRead, output };
}

function price(model: string, { tokens, at, ...options }: Options): PricedLine {
  const usage = {
    parts: [{ model, billable: true, tokens: tokensOf(tokens) }],
    webSearchRequests: 0,
    serviceTier: "standard",
    speed: "standard",
    inferenceGeo: null,
    notes: [],
    source: "provider",
    ...options,
  } as const;
  const context = { location: null, stopReason: null, statusCode: 200, ...inferPlatform(model), ...options };
  const [line] = priceCall(usage, { ...context, occurredAt: new Date(at) }, LIST_PRICES);
  if (!line) throw new Error("no line");
  return line;
}

/** Picodollars; the examples are written in micro-dollars. */
function picos(micros: number): bigint {
  return BigInt(Math.round(micros * 10)) * 100_000n;
}

describe("worked examples of the pricing facts", () => {
  test.each<[string, string, string, Buckets, number]>([
    ["plain haiku", "claude-haiku-4-5", "2026-06-01", [10_000, 0, 0, 0, 2_000], 20_000],
    ["documented split", "claude-opus-5", "2026-08-21", [2_048, 148, 100, 1_800, 503], 25_640],
    ["all writes 1h", "claude-sonnet-4-6", "2026-06-01", [21, 0, 100_000, 0, 393], 605_958],
    ["reads at 0.05x", "claude-opus-5-5", "2026-10-01", [500, 0, 0, 100_000, 1_000], 42_000],
    [
      "1M reads on the eve of the cut",
      "claude-sonnet-5-5",
      "2026-10-06T23:59:59.999",
      [0, 0, 0, 1_000_000, 100],
      201_000,
    ],
    ["haiku-5-5 at exactly 100,000", "claude-haiku-5-5", "2026-10-20", [10_000, 10_000, 0, 80_000, 1_000], 3_550],
    ["opus-4-6 250K from 2026-03-13", "claude-opus-4-6", "2026-03-13", [250_000, 0, 0, 0, 1_000], 1_275_000],
  ])("%s", (_, model, day, tokens, micros) => {
    const line = price(model, { tokens, at: day.includes("T") ? `${day}Z` : `${day}T00:00:00Z` });
    expect({ status: line.status, cost: line.costUsdPicos, tier: line.tier }).toEqual({
      status: "priced",
      cost: picos(micros),
      tier: "base",
    });
  });

  test("the smallest combination is exact: haiku-5-5 reads in a batch in the US cost 5,500 picodollars", () => {
    const options = { serviceTier: "batch", inferenceGeo: "us" };
    const line = price("claude-haiku-5-5", { tokens: [0, 0, 0, 1, 0], at: "2026-10-20T00:00:00Z", ...options });
    expect(line.costUsdPicos).toBe(5_500n);
    expect(line.multipliers).toEqual(["batch_0.5", "us_1.1"]);
  });
});

describe("what is not known stays unpriced", () => {
  const NOON = "2026-11-20T12:00:00Z";
  test.each<[string, string, Partial<Options>, string]>([
    ["a longer id", "claude-opus-4-7-foo", {}, "unknown_model"],
    ["an alias before its time", "claude-opus-4", { at: "2025-01-01T00:00:00Z" }, "no_price_on_date"],
    ["a version that never was", "anthropic.claude-3-5-sonnet-20241022-v1:0", {}, "unknown_model"],
    ["a model without public price", "claude-mythos-preview", {}, "unknown_model"],
    ["before its release", "claude-opus-5", { at: "2026-07-23T23:59:59.999Z" }, "no_price_on_date"],
    ["fast after its end", "claude-opus-4-7", { speed: "fast" }, "fast_not_priced"],
    ["fast in a batch", "claude-opus-5", { speed: "fast", serviceTier: "batch" }, "fast_not_priced"],
    ["priority", "claude-opus-5", { serviceTier: "priority" }, "priority_tier_commitment"],
    ["openai flex", "gpt-5", { serviceTier: "flex" }, "service_tier_not_priced"],
    ["openai batch", "gpt-5", { serviceTier: "batch" }, "service_tier_not_priced"],
    ["a geography that nobody documents", "claude-opus-5", { inferenceGeo: "eu" }, "inference_geo_not_priced"],
    ["another host", "gpt-5", { platform: "azure" }, "platform_not_priced"],
    ["a router", "anthropic/claude-opus-4.7", {}, "platform_not_priced"],
    ["a kind without rate", "gpt-5", { tokens: [0, 7, 0, 0, 0] }, "no_rate_for_cache_create_5m"],
    ["a long prompt whose price is not known", "gpt-6.1-sol", { tokens: [272_001, 0, 0, 0, 0] }, "no_rate_for_input"],
    ["searches of another provider", "gpt-5", { webSearchRequests: 1 }, "web_search_not_priced"],
  ])("%s", (_, model, options, reason) => {
    const line = price(model, { tokens: [1_000, 0, 0, 0, 10], at: NOON, ...options });
    expect(line).toMatchObject({ status: "unpriced", reason, cost: null, costUsdPicos: null, priceId: null });
  });
});

describe("clouds", () => {
  const options = { tokens: [1_000, 0, 0, 0, 1_000] as Buckets, at: "2026-06-01T00:00:00Z" };
  test.each<[string, string | null, number, string, string[]]>([
    ["anthropic.claude-opus-4-7", null, 33_000, "estimated", ["bedrock_endpoint_unknown:assumed_regional"]],
    ["anthropic.claude-opus-4-7", "eu-west-1", 33_000, "priced", []],
    ["anthropic.claude-opus-4-7", "global", 30_000, "priced", []],
    ["apac.anthropic.claude-opus-4-6-v1", null, 33_000, "priced", []],
    ["anthropic.claude-opus-4-1-20250805-v1:0", null, 90_000, "priced", []],
    ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-7", null, 33_000, "priced", []],
    [
      "arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.anthropic.claude-opus-4-7",
      null,
      30_000,
      "priced",
      [],
    ],
    ["claude-haiku-4-5@20251001", null, 6_600, "estimated", ["vertex_endpoint_unknown:assumed_regional"]],
    ["claude-opus-4-7@default", "global", 30_000, "priced", []],
  ])("%s at %s", (model, location, micros, status, notes) => {
    const line = price(model, { ...options, location });
    expect({ cost: line.costUsdPicos, status: line.status, notes: line.notes }).toEqual({
      cost: picos(micros),
      status,
      notes,
    });
  });
});

test.each<[string, Parameters<typeof inferPlatform>[1], string, string]>([
  ["claude-opus-4-7", {}, "anthropic", "anthropic"],
  ["claude-opus-4-7", { provider: "bedrock" }, "anthropic", "bedrock"],
  ["claude-opus-4-7", { provider: "vertex" }, "anthropic", "vertex"],
  ["claude-opus-4-7", { provider: "anthropic", platform: "microsoft_foundry" }, "anthropic", "foundry"],
  ["claude-opus-4-7", { provider: "azure" }, "anthropic", "foundry"],
  ["us.anthropic.claude-opus-4-7", { provider: "anthropic" }, "anthropic", "bedrock"],
  ["claude-opus-4-7", { provider: "google" }, "anthropic", "vertex"],
  ["anthropic.claude-3-5-sonnet-20241022-v2:0", {}, "anthropic", "bedrock"],
  ["us.anthropic.claude-opus-9", {}, "anthropic", "bedrock"],
  ["claude-haiku-4-5@20251001", {}, "anthropic", "vertex"],
  ["claude-opus-9", {}, "anthropic", "anthropic"],
  ["gpt-6.1-sol", {}, "openai", "openai"],
  ["gpt-4o", { provider: "azure.ai.openai" }, "openai", "azure"],
  ["gemini-2.5-flash", { provider: "gcp.vertex_ai" }, "google", "vertex"],
  ["models/gemini-2.5-flash", {}, "google", "google"],
  ["anthropic/claude-opus-4.7", {}, "anthropic", "openrouter"],
  ["anthropic/claude-opus-4.7", { provider: "anthropic" }, "anthropic", "anthropic"],
  ["arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2", {}, "unknown", "bedrock"],
  ["arn:aws-us-gov:bedrock:us-gov-west-1:1:application-inference-profile/a1b2", {}, "unknown", "bedrock"],
  ["our-own-model", {}, "unknown", "unknown"],
  ["our-own-model", { provider: "in-house" }, "in-house", "in-house"],
])("%s given %j is %s on %s", (model, given, provider, platform) => {
  expect(inferPlatform(model, given)).toEqual({ provider, platform });
});

describe("money adds up", () => {
  const count = fc.integer({ min: 0, max: 1_000_000_000 });
  const buckets = fc.tuple(count, count, count, count, count);
  const small = fc.integer({ min: 0, max: 10_000 });
  const shortPrompt = fc.tuple(small, small, small, small, count);
  const current = PRICE_BOOK.models.filter((m) => m.provider === "anthropic" && m.rows.at(-1)?.to === null);
  const model = fc.constantFrom(...current.map((m) => m.id));
  const at = "2026-11-20T12:00:00Z";

  test("the kinds sum to the total, under every multiplier", () => {
    const tier = fc.constantFrom("standard", "batch");
    const geo = fc.constantFrom(null, "us");
    fc.assert(
      fc.property(model, buckets, tier, geo, small, (id, tokens, serviceTier, inferenceGeo, webSearchRequests) => {
        const line = price(id, { tokens, at, serviceTier, inferenceGeo, webSearchRequests });
        const kinds = Object.values(line.cost ?? {});
        expect(kinds.reduce((sum, kind) => sum + kind, 0n)).toBe(line.costUsdPicos);
        expect(line.cost?.webSearch).toBe(BigInt(webSearchRequests) * 10_000_000_000n);
        expect((line.costUsdPicos ?? 0n) < 2n ** 63n).toBe(true);
      }),
    );
  });

  test("a batch costs exactly half of the tokens, and searches in full", () => {
    fc.assert(
      fc.property(model, buckets, small, (id, tokens, webSearchRequests) => {
        const full = price(id, { tokens, at, webSearchRequests }).cost;
        const half = price(id, { tokens, at, webSearchRequests, serviceTier: "batch" }).cost;
        for (const kind of TOKEN_KINDS) expect((half?.[kind] ?? -1n) * 2n).toBe(full?.[kind]);
        expect(half?.webSearch).toBe(full?.webSearch);
      }),
    );
  });

  test("two calls cost what their sum costs, as long as no prompt is long", () => {
    fc.assert(
      fc.property(model, shortPrompt, shortPrompt, (id, a, b) => {
        const sum = a.map((tokens, index) => tokens + (b[index] ?? 0)) as Buckets;
        const cost = (tokens: Buckets) => price(id, { tokens, at }).costUsdPicos ?? -1n;
        expect(cost(a) + cost(b)).toBe(cost(sum));
      }),
    );
  });
});

describe("not billed, or marked", () => {
  const options = { tokens: [1_000, 0, 0, 0, 0] as Buckets, at: "2026-11-20T12:00:00Z" };

  test("an error status costs nothing", () => {
    const line = price("no-such-model", { ...options, statusCode: 429 });
    expect(line).toMatchObject({ status: "not_billable", reason: "http_error", costUsdPicos: 0n });
    expect(line.tokens).toEqual(tokensOf([0, 0, 0, 0, 0]));
  });

  test("a refusal after some output is billed", () => {
    const line = price("claude-opus-5", { ...options, tokens: [1_000, 0, 0, 0, 1], stopReason: "refusal" });
    expect(line).toMatchObject({ status: "priced", costUsdPicos: picos(5_025) });
  });

  test.each([
    ["2026-10-06T23:59:59.999Z", []],
    ["2026-10-07T00:00:00Z", ["price_change_day"]],
    ["2026-10-07T23:59:59.999Z", ["price_change_day"]],
    ["2026-10-08T00:00:00Z", []],
  ])("the day of a price change is marked: %s", (at, notes) => {
    expect(price("claude-sonnet-5-5", { ...options, at })).toMatchObject({ status: "priced", notes });
  });

  test("a guessed count makes an estimate", () => {
    expect(price("claude-opus-5", { ...options, source: "estimated" }).status).toBe("estimated");
  });
});
