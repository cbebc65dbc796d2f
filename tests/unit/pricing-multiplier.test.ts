import { describe, expect, test } from "vitest";
import { multiplyRounded, scaleRates } from "@/lib/pricing/multiplier";

const HALF = { label: "half", numerator: 1n, denominator: 2n };
const TENTH_MORE = { label: "tenth_more", numerator: 11n, denominator: 10n };
const rates = { input: 20n, cacheCreate5m: 40n, cacheCreate1h: 60n, cacheRead: null, output: 80n };

describe("rates of the book", () => {
  test("are scaled by every factor, those that are not known stay unknown", () => {
    expect(scaleRates(rates, [HALF, TENTH_MORE])).toEqual({
      ...{ input: 11n, cacheCreate5m: 22n, cacheCreate1h: 33n, cacheRead: null, output: 44n },
    });
    expect(scaleRates(rates, [HALF])).toMatchObject({ input: 10n, output: 40n });
    expect(scaleRates(rates, [TENTH_MORE])).toMatchObject({ input: 22n, output: 88n });
    expect(scaleRates(rates, [])).toEqual(rates);
  });

  test("are never rounded", () => {
    const message = "1 picodollars × half is not whole";
    expect(() => scaleRates({ ...rates, output: 1n }, [HALF])).toThrow(new RangeError(message));
  });
});

test.each([
  [7n, "no factor", [], 7n],
  [1n, "a half", [HALF], 1n],
  [3n, "a half", [HALF], 2n],
  [9n, "a quarter", [HALF, HALF], 2n],
  [10n, "a quarter", [HALF, HALF], 3n],
  [0n, "a half", [HALF], 0n],
  [3n, "11/20", [HALF, TENTH_MORE], 2n],
])("%d picodollars times %s are rounded once", (amount, _, factors, product) => {
  expect(multiplyRounded(amount, factors)).toBe(product);
});
