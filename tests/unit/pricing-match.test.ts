import { describe, expect, test } from "vitest";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { isPriceNote, priceLineUsage } from "@/lib/pricing/line-price";
import { findSpelling } from "@/lib/pricing/match";
import type { TokenCounts } from "@/lib/pricing/schema";

const NONE: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };

function price(model: string, platform: string, tokens: Partial<TokenCounts> = { input: 1_000 }) {
  const line = { webSearchRequests: 0, serviceTier: "standard", speed: "standard", inferenceGeo: null, notes: [] };
  return priceLineUsage(
    {
      ...{ ...line, source: "provider", location: null, platform, occurredAt: new Date("2026-11-20T12:00:00Z") },
      parts: [{ model, billable: true, tokens: { ...NONE, ...tokens } }],
    },
    LIST_PRICES,
  );
}

describe("an ARN of Bedrock", () => {
  const [model, profile] = ["foundation-model", "inference-profile"].map(
    (kind) => `arn:aws:bedrock:us-east-1::${kind}`,
  );
  const regional = { costUsdPicos: 5_500_000_000n, multipliers: ["regional_1.1"] };

  test("of a model is regional, of a profile what the profile says", () => {
    expect(price(`${model}/anthropic.claude-opus-5`, "bedrock")).toMatchObject({ ...regional, notes: [] });
    expect(price(`${profile}/eu.anthropic.claude-opus-5`, "bedrock")).toMatchObject({ ...regional, notes: [] });
    expect(price(`${profile}/global.anthropic.claude-opus-5`, "bedrock")).toMatchObject({ multipliers: [] });
    expect(price(`${profile}/anthropic.claude-opus-5`, "bedrock")).toMatchObject({
      ...regional,
      notes: ["bedrock_endpoint_unknown:assumed_regional"],
    });
  });

  test.each([
    `x${model}/anthropic.claude-opus-5`,
    `${model}/anthropic.claude-opus-5\n`,
    `${model}/claude-opus-5`,
    `${model}/anthropic.claude-opus-9`,
    `${profile}/`,
  ])("%j names no known model", (arn) => {
    expect(findSpelling(LIST_PRICES.book, arn)).toBeNull();
    expect(price(arn, "bedrock").reason).toBe("unknown_model");
  });
});

test("Gemini's list price holds on Vertex, OpenAI's on OpenAI alone", () => {
  expect(price("gemini-2.5-flash", "vertex").costUsdPicos).toBe(300_000_000n);
  expect(price("gpt-5", "vertex").reason).toBe("platform_not_priced");
});

test("every kind of input counts for the length of the prompt, output does not", () => {
  const tier = (tokens: Partial<TokenCounts>) => price("claude-haiku-5-5", "anthropic", tokens).tier;
  const one = { input: 25_000, cacheCreate5m: 25_000, cacheCreate1h: 25_000, cacheRead: 25_000, output: 1_000_000 };
  expect(tier(one)).toBe("base");
  for (const kind of ["input", "cacheCreate5m", "cacheCreate1h", "cacheRead"] as const) {
    expect(tier({ ...one, [kind]: 25_001 })).toBe("long");
  }
});

test.each([
  ["gemini-2.5-flash", "google", "cacheCreate5m", "no_rate_for_cache_create_5m"],
  ["gemini-2.5-flash", "google", "cacheCreate1h", "no_rate_for_cache_create_1h"],
  ["voyage-4", "voyageai", "output", "no_rate_for_output"],
  ["voyage-4", "voyageai", "cacheRead", "no_rate_for_cache_read"],
])("%s on %s has no rate for %s", (model, platform, kind, reason) => {
  expect(price(model, platform, { input: 1, [kind]: 1 }).reason).toBe(reason);
});

test("notes of pricing are told from notes of the usage", () => {
  const ours = ["price_change_day", "tier_ambiguous", "by_alias", "vertex_endpoint_unknown:assumed_regional"];
  expect(ours.filter(isPriceNote)).toEqual(ours);
  const others = ["no_ttl_split:assumed_5m", "incomplete_stream", "x_by_alias", "by_alias_x", "tier_ambiguous_x"];
  expect([...others, "7_endpoint_unknown:assumed_regional"].filter(isPriceNote)).toEqual([]);
});
