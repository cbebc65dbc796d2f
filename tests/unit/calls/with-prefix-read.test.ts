import { expect, test } from "vitest";
import type { PriceExplanation, PriceLine } from "@/app/[project]/calls/price-lines";
import { withPrefixRead } from "@/app/[project]/calls/with-prefix-read";
import type { Call } from "@/lib/calls/read";

const HALF = { label: "batch_0.5", name: "batch", numerator: 1n, denominator: 2n, override: null };

/** 1,000 tokens written at 10 picodollars, half price; a read costs 1. */
const call = {
  cacheCreate5mTokens: 1000,
  cacheCreate1hTokens: 0,
  cacheReadTokens: 0,
  cacheCreate5mCostUsdPicos: 5_000n,
  cacheCreate1hCostUsdPicos: 0n,
  costUsdPicos: 7_000n,
  usageParts: null,
} as Call;
const read: PriceLine = {
  kind: "cacheRead",
  count: 0,
  terms: [{ count: 0, rate: 1n, tier: "base" }],
  factors: [HALF],
  amount: 0n,
  isRounded: false,
};
const explanation = { lines: [read], parts: [] } as unknown as PriceExplanation;

test("the tokens written go at the rate of a read, with the factors of the call; the rest stays", () => {
  expect(withPrefixRead(call, explanation)).toEqual({ tokens: 1000, cost: 2_500n, lost: 4_500n });
});

test.each([
  ["nothing was written", { cacheCreate5mTokens: 0 }, explanation],
  ["something was read", { cacheReadTokens: 1 }, explanation],
  ["it has no price", { costUsdPicos: null }, explanation],
  ["its parts have prices of their own", { usageParts: [] }, explanation],
  ["reads have no rate", {}, { ...explanation, lines: [{ ...read, terms: null }] }],
  ["writing was not dearer", { cacheCreate5mCostUsdPicos: 500n }, explanation],
])("nothing is said where %s", (_, changes, how) => {
  expect(withPrefixRead({ ...call, ...changes } as Call, how)).toBeNull();
});
