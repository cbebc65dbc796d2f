import { expect, test } from "vitest";
import { LIST_PRICES, toContract } from "@/lib/pricing/contract";
import { overrideSchema } from "@/lib/pricing/contract-schema";
import { priceCall } from "@/lib/pricing/cost";
import { describeLine } from "@/lib/pricing/estimate-lines";
import type { TokenCounts, Usage } from "@/lib/pricing/schema";

const NONE: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
const ALL: TokenCounts = { input: 1_000, cacheCreate5m: 2_000, cacheCreate1h: 3_000, cacheRead: 4_000, output: 5_000 };
const terms = { id: "t1", from: "2026-01-01", to: null };

function explain(
  model: string,
  tokens: Partial<TokenCounts>[],
  contract: readonly object[] = [],
  more: Partial<Usage> = {},
) {
  const overrides = contract.map((override) => overrideSchema.parse(override));
  const prices = { ...LIST_PRICES, contract: toContract(overrides, LIST_PRICES.book) };
  const usage: Usage = {
    ...{ webSearchRequests: 0, serviceTier: "standard", speed: "standard", inferenceGeo: null, notes: [] },
    ...{ source: "provider", ...more },
    parts: tokens.map((some) => ({ model, billable: true, tokens: { ...NONE, ...some } })),
  };
  const context = { provider: "anthropic", platform: "anthropic", location: null, stopReason: null, statusCode: 200 };
  const [line] = priceCall(usage, { ...context, occurredAt: new Date("2026-11-20T12:00:00Z") }, prices);
  if (!line) throw new Error("no line");
  return describeLine(line, prices);
}

test("a line of every kind, in a batch in the US, with searches and a discount", () => {
  const contract = [
    { kind: "adjustment", ...terms, note: "", provider: null, platform: null, model: null, percent: "-50" },
  ];
  const more = { serviceTier: "batch", inferenceGeo: "us", webSearchRequests: 1, notes: ["incomplete_stream"] };
  const kind = (name: string, tokens: number, rate: string, cost: string) => ({
    ...{ kind: name, tokens, rate_usd_per_mtok: rate, cost_usd: cost },
  });
  const { sources, ...rest } = explain("claude-opus-5", [ALL], contract, more);
  expect(rest).toEqual({
    ...{ model: "claude-opus-5", status: "estimated", reason: null, tier: "base" },
    price_id: "anthropic/claude-opus-5@2026-07-24",
    multipliers: [
      { name: "batch", factor: "0.5" },
      { name: "us", factor: "1.1" },
      { name: "contract/t1", factor: "0.5" },
    ],
    kinds: [
      kind("input", 1_000, "5", "0.001375"),
      kind("cache_create_5m", 2_000, "6.25", "0.0034375"),
      kind("cache_create_1h", 3_000, "10", "0.00825"),
      kind("cache_read", 4_000, "0.5", "0.00055"),
      kind("output", 5_000, "25", "0.034375"),
    ],
    ...{ web_search_requests: 1, web_search_cost_usd: "0.005" },
    ...{ cost_usd: "0.0529875", list_cost_usd: "0.105975", notes: ["incomplete_stream"] },
  });
  expect(sources).toEqual(LIST_PRICES.book.rows.find(({ id }) => id === rest.price_id)?.sources);
  expect(sources.length).toBeGreaterThan(0);
});

test("own rates are told with the contract's note, or as the contract's", () => {
  const rates = { input: "0.9", cache_create_5m: null, cache_create_1h: null, cache_read: null, output: "1.8" };
  const own = { kind: "rates", ...terms, model: "in-house-1", platform: null, rates };
  const others = { kind: "alias", id: "t0", from: "2026-01-01", to: null, note: "x", model: "a", target: "in-house-1" };
  const line = explain("in-house-1", [{ input: 1_000 }], [others, { ...own, note: "GPU bill" }]);
  expect(line).toMatchObject({
    ...{ price_id: "contract/t1", sources: ["GPU bill"], cost_usd: "0.0009", list_cost_usd: null },
    kinds: [{ kind: "input", tokens: 1_000, rate_usd_per_mtok: "0.9", cost_usd: "0.0009" }],
  });
  expect(explain("in-house-1", [{ input: 1 }], [{ ...own, note: "" }]).sources).toEqual(["contract"]);
});

test("a long prompt has the long rates; parts on either side of the line have no common one", () => {
  const rateOf = (...inputs: number[]) => {
    const { tier, kinds } = explain(
      "claude-haiku-5-5",
      inputs.map((input) => ({ input })),
    );
    return [tier, kinds[0]?.rate_usd_per_mtok];
  };
  expect(rateOf(100_000)).toEqual(["base", "0.1"]);
  expect(rateOf(100_001)).toEqual(["long", "0.5"]);
  expect(rateOf(1, 100_001)).toEqual(["mixed", null]);
});

test("what has no price says why, and no sum", () => {
  expect(explain("no-such-model", [{ output: 3 }])).toEqual({
    ...{ model: "no-such-model", status: "unpriced", reason: "unknown_model", price_id: null, tier: null },
    kinds: [{ kind: "output", tokens: 3, rate_usd_per_mtok: null, cost_usd: null }],
    ...{ sources: [], multipliers: [], notes: [], web_search_requests: 0 },
    ...{ web_search_cost_usd: null, cost_usd: null, list_cost_usd: null },
  });
});
