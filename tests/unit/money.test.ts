import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PICOS_PER_USD, parseUsd, toChartUsd, toDecimal, toDecimalUsd } from "@/lib/money";

describe("dollars in", () => {
  test.each([
    ["0", 0n],
    ["12.5", 12_500_000_000_000n],
    ["-0.000001", -1_000_000n],
    ["0.000000000001", 1n],
    ["1.000000000010", 1_000_000_000_010n],
    ["9223372.036854775807", 9_223_372_036_854_775_807n],
    ["007", 7n * PICOS_PER_USD],
  ])("%s is kept exactly", (text, picos) => {
    expect(parseUsd(text)).toBe(picos);
  });

  test.each([
    "",
    "-",
    ".5",
    "5.",
    "+1",
    "1e3",
    "1,5",
    "$1",
    "1 ",
    " 1",
    "1.2.3",
    "0x1",
    "NaN",
    "0.0000000000001",
    "1\n",
  ])("%j is refused", (text) => {
    const message = `not a decimal of at most 12 places: ${JSON.stringify(text)}`;
    expect(() => parseUsd(text)).toThrow(new RangeError(message));
  });
});

describe("dollars out", () => {
  test.each([
    [0n, "0"],
    [1n, "0.000000000001"],
    [-1n, "-0.000000000001"],
    [17_500_000_000n, "0.0175"],
    [-12_500_000_000_000n, "-12.5"],
    [100n * PICOS_PER_USD, "100"],
    [999_999_999_999n, "0.999999999999"],
    [1_000_000_000_010n, "1.00000000001"],
  ])("%d picodollars are %s", (picos, text) => {
    expect(toDecimalUsd(picos)).toBe(text);
  });

  test.each([
    [875_000n, 6, "0.875"],
    [5n, 1, "0.5"],
    [-1_000n, 3, "-1"],
    [10n, 1, "1"],
  ])("%d units of 10^-%d are %s", (units, places, text) => {
    expect(toDecimal(units, places)).toBe(text);
  });

  test("what is written is read back as it was", () => {
    fc.assert(fc.property(fc.bigInt(), (picos) => parseUsd(toDecimalUsd(picos)) === picos));
  });

  test("a chart gets a float", () => {
    expect(toChartUsd(2_500_000_000_000n)).toBe(2.5);
  });
});
