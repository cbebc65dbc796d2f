import { expect, test } from "vitest";
import { multiplierInWords, noteInWords, reasonInWords } from "@/app/[project]/calls/call-words";
import { explainPrice } from "@/app/[project]/calls/price-lines";
import { toPriceColumns } from "@/lib/calls/price-columns";
import type { Call } from "@/lib/calls/read";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { LIST_PRICES, type Override, type Prices, toContract } from "@/lib/pricing/contract";
import { type LineUsage, priceLineUsage } from "@/lib/pricing/line-price";
import { productOf } from "@/lib/pricing/multiplier";
import type { TokenCounts, UsagePart } from "@/lib/pricing/schema";
import { storeParts } from "@/lib/pricing/stored-parts";

const DATED = { from: "2026-01-01", to: null, note: "" };
const DISCOUNT: Override = {
  ...{ kind: "adjustment", ...DATED, id: "d1", provider: "anthropic", platform: null, model: null },
  percentE4: -125_000n,
};
const OWN: Override = {
  ...{ kind: "rates", ...DATED, id: "o1", model: "claude-opus-5", platform: null },
  rates: { input: 3_000_001n, cacheCreate5m: 4n, cacheCreate1h: 5n, cacheRead: 6n, output: 12_000_001n },
};
const NONE: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
const part = (model: string, tokens: Partial<TokenCounts>): UsagePart => ({
  ...{ model, billable: true },
  tokens: { ...NONE, ...tokens },
});
const by = (...overrides: Override[]): Prices => ({ ...LIST_PRICES, contract: toContract(overrides, PRICE_BOOK) });

/** A call as ingest stores it, priced by the engine. */
function stored(parts: readonly [UsagePart, ...UsagePart[]], prices: Prices, changes: Partial<LineUsage> = {}): Call {
  const line: LineUsage = {
    ...{ parts, webSearchRequests: 0, serviceTier: "standard", speed: "standard", inferenceGeo: null },
    ...{ source: "provider", notes: [], platform: "anthropic", location: null },
    occurredAt: new Date("2026-11-20T12:00:00Z"),
    ...changes,
  };
  const columns = toPriceColumns(priceLineUsage(line, prices));
  const sum = (kind: keyof TokenCounts) => parts.reduce((total, { tokens }) => total + tokens[kind], 0);
  const picos = (text: string | null) => (text === null ? null : BigInt(text));
  return {
    ...{ model: parts[0].model, serviceTier: line.serviceTier, webSearchRequests: line.webSearchRequests },
    ...{ inputTokens: sum("input"), outputTokens: sum("output"), cacheReadTokens: sum("cacheRead") },
    ...{ cacheCreate5mTokens: sum("cacheCreate5m"), cacheCreate1hTokens: sum("cacheCreate1h") },
    inputCostUsdPicos: picos(columns.input_cost_usd_picos),
    cacheCreate5mCostUsdPicos: picos(columns.cache_create_5m_cost_usd_picos),
    cacheCreate1hCostUsdPicos: picos(columns.cache_create_1h_cost_usd_picos),
    cacheReadCostUsdPicos: picos(columns.cache_read_cost_usd_picos),
    outputCostUsdPicos: picos(columns.output_cost_usd_picos),
    webSearchCostUsdPicos: picos(columns.web_search_cost_usd_picos),
    priceId: columns.price_id,
    priceTier: columns.price_tier,
    priceMultipliers: columns.price_multipliers,
    usageParts: storeParts(parts),
  } as unknown as Call;
}

const MIXED = [
  part("claude-haiku-5-5", { input: 9_001, output: 333 }),
  part("claude-haiku-5-5", { input: 120_000, output: 777 }),
] as const;

test("the five kinds stand in their order, each with the rate of the book in picodollars for a token", () => {
  const call = stored([part("claude-opus-4-7", { input: 1000, output: 500 })], LIST_PRICES);
  const { lines, row, model, own, factors, parts } = explainPrice(call, LIST_PRICES);
  expect(lines).toEqual(
    [
      { kind: "input", count: 1000, rate: 5_000_000n, amount: 5_000_000_000n },
      { kind: "cacheCreate5m", count: 0, rate: 6_250_000n, amount: 0n },
      { kind: "cacheCreate1h", count: 0, rate: 10_000_000n, amount: 0n },
      { kind: "cacheRead", count: 0, rate: 500_000n, amount: 0n },
      { kind: "output", count: 500, rate: 25_000_000n, amount: 12_500_000_000n },
    ].map(({ rate, ...line }) => ({
      ...line,
      terms: [{ count: line.count, rate, tier: "base" }],
      factors: [],
      isRounded: false,
    })),
  );
  expect(row?.id).toBe("anthropic/claude-opus-4-7@2026-04-16");
  expect(model?.id).toBe("claude-opus-4-7");
  expect([own, factors, parts]).toEqual([null, [], []]);
});

test("modifiers and the contract's discount are exact factors; what is no whole picodollar is said to be rounded", () => {
  const prices = by(DISCOUNT);
  const usage = [part("claude-opus-5", { input: 1_001, cacheCreate5m: 77 })] as const;
  const changes = { serviceTier: "batch", inferenceGeo: "us", webSearchRequests: 3 };
  const { lines, factors } = explainPrice(stored(usage, prices, changes), prices);
  expect(factors.map(({ name, override }) => [name, override?.id])).toEqual([
    ["batch", undefined],
    ["us", undefined],
    ["contract", "d1"],
  ]);
  const { numerator, denominator } = productOf(factors);
  expect(numerator * 100_000n).toBe(48_125n * denominator);
  expect(lines.map(({ amount, isRounded }) => [amount, isRounded])).toEqual([
    [2_408_656_250n, false],
    // 77 × 6.25 × 0.48125 = 231.6015625 millionths of a dollar
    [231_601_563n, true],
    [0n, false],
    [0n, false],
    [0n, false],
    // A search costs the same in a batch or region; the discount is on it too.
    [26_250_000_000n, false],
  ]);
  expect(lines.at(-1)).toMatchObject({ kind: "webSearch", terms: [{ count: 3, rate: 10_000_000_000n, tier: null }] });
  expect(lines.at(-1)?.factors.map(({ label }) => label)).toEqual(["contract/d1_0.875"]);
});

test("parts on different rates are shown each with its tier, and add up", () => {
  const { lines, parts } = explainPrice(stored(MIXED, LIST_PRICES), LIST_PRICES);
  expect(parts).toEqual([
    { promptTokens: 9_001, tier: "base" },
    { promptTokens: 120_000, tier: "long" },
  ]);
  expect(lines.at(-1)).toMatchObject({
    terms: [
      { count: 333, rate: 500_000n, tier: "base" },
      { count: 777, rate: 2_500_000n, tier: "long" },
    ],
    amount: 2_109_000_000n,
  });
});

test("own rates stand in the place of the book's, with its batch factor, rounded for each kind", () => {
  const prices = by(OWN, DISCOUNT);
  const usage = [part("claude-opus-5", { input: 1, output: 1 })] as const;
  const { row, own, model, lines } = explainPrice(stored(usage, prices, { serviceTier: "batch" }), prices);
  expect([row, own?.id, model?.id]).toEqual([null, "o1", "claude-opus-5"]);
  expect(lines.map(({ amount, isRounded }) => [amount, isRounded])).toEqual([
    [1_500_001n, true],
    [0n, false],
    [0n, false],
    [0n, false],
    [6_000_001n, true],
  ]);
});

test("rates that do not give the stored amount are not shown, nor those of a row that is gone", () => {
  const call = stored([part("claude-opus-4-7", { input: 1000 })], LIST_PRICES);
  const terms = (changes: Partial<Call>) => explainPrice({ ...call, ...changes }, LIST_PRICES).lines[0]?.terms;
  expect(terms({})).toHaveLength(1);
  expect(terms({ inputCostUsdPicos: 5_000_000_001n })).toBeNull();
  expect(terms({ priceId: "anthropic/gone@2020-01-01" })).toBeNull();
  expect(terms({ priceTier: "mixed" })).toBeNull();
  expect(explainPrice({ ...call, priceId: null }, LIST_PRICES).row).toBeNull();
});

test("what was assumed, multiplied or refused is said in words", () => {
  expect(multiplierInWords("batch_0.5")).toBe("batch × 0.5");
  expect(multiplierInWords("us_1.1")).toBe("inference in the US only × 1.1");
  expect(multiplierInWords("contract/k3f9a2_0.875")).toBe("contract k3f9a2 × 0.875");
  expect(noteInWords("bedrock_endpoint_unknown:assumed_regional")).toBe(
    "The bedrock endpoint was not said: priced as regional.",
  );
  expect(noteInWords("by_alias")).toBe("Sent under another name: an alias of the contract says which model it is.");
  expect(reasonInWords("no_rate_for_cache_read")).toBe(
    "the provider names no price for cache read tokens of this model",
  );
  expect(reasonInWords("something_new")).toBe("something new");
});
