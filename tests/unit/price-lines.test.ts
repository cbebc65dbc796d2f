import { expect, test } from "vitest";
import { multiplierInWords, noteInWords, reasonInWords } from "@/app/[project]/calls/call-words";
import { findPriceRow, priceLines } from "@/app/[project]/calls/price-lines";
import type { Call } from "@/lib/calls/read";
import { PRICE_BOOK } from "@/lib/pricing/book";

const priceId = PRICE_BOOK.rows.find(({ model, to }) => model === "claude-opus-4-7" && to === null)?.id ?? "";

const call = (changes: Partial<Call>) =>
  ({
    inputTokens: 1000,
    cacheCreate5mTokens: 0,
    cacheCreate1hTokens: 0,
    cacheReadTokens: 0,
    outputTokens: 500,
    inputCostUsdPicos: 5_000_000_000n,
    cacheCreate5mCostUsdPicos: 0n,
    cacheCreate1hCostUsdPicos: 0n,
    cacheReadCostUsdPicos: 0n,
    outputCostUsdPicos: 12_500_000_000n,
    priceId,
    priceTier: "base",
    priceMultipliers: "",
    ...changes,
  }) as Call;

const rates = (changes: Partial<Call>) => priceLines(call(changes)).map(({ perMtok }) => perMtok);
const usd = (text: string) => BigInt(Math.round(Number(text) * 1000)) * 10n ** 9n;

test("the five kinds stand in their order, each with the rate of the book", () => {
  expect(priceLines(call({})).map(({ kind }) => kind)).toEqual([
    "input",
    "cacheCreate5m",
    "cacheCreate1h",
    "cacheRead",
    "output",
  ]);
  expect(rates({})).toEqual(["5", "6.25", "10", "0.5", "25"].map(usd));
});

test("multipliers are in the rate, exactly and all of them", () => {
  expect(rates({ priceMultipliers: "batch_0.5,us_1.1" })).toEqual(
    ["2.75", "3.4375", "5.5", "0.275", "13.75"].map((text) => BigInt(Number(text) * 10_000) * 10n ** 8n),
  );
});

test("what has no one rate shows none", () => {
  expect(rates({ priceTier: "mixed" })).toEqual([null, null, null, null, null]);
  expect(findPriceRow(call({ priceId: null }))).toBeNull();
  expect(rates({ priceId: "anthropic/gone@2020-01-01" })).toEqual([null, null, null, null, null]);
});

test("what was assumed, multiplied or refused is said in words", () => {
  expect(multiplierInWords("batch_0.5")).toBe("batch, 50% of the rate");
  expect(multiplierInWords("us_1.1")).toBe("inference in the US only, 110% of the rate");
  expect(noteInWords("bedrock_endpoint_unknown:assumed_regional")).toBe(
    "The bedrock endpoint was not said: priced as regional.",
  );
  expect(reasonInWords("no_rate_for_cache_read")).toBe(
    "the provider names no price for cache read tokens of this model",
  );
  expect(reasonInWords("something_new")).toBe("something new");
});
