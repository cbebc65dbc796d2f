import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBucket, formatBucketTick, formatTick, formatValue, niceTicks } from "@/components/charts/axis";
import { heatStep } from "@/components/charts/heat-strip";
import { type LedgerPart, roundToSum, scaleLedger } from "@/components/charts/ledger-scale";
import { assignColors, colorOf, OTHER_COLOR } from "@/components/charts/series-color";

describe("axis", () => {
  test.each([
    [1900, [0, 500, 1000, 1500, 2000]],
    [2000, [0, 500, 1000, 1500, 2000]],
    [430, [0, 100, 200, 300, 400, 500]],
    [0.0099, [0, 0.002, 0.004, 0.006, 0.008, 0.01]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, [0, 1]],
  ])("up to %d is labelled %j", (max, ticks) => {
    expect(niceTicks(max)).toEqual(ticks);
  });

  test("labels hold the largest value, in six lines at most", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (max) => {
        const ticks = niceTicks(max);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.at(-1) ?? 0).toBeGreaterThanOrEqual(max * 0.999_999);
      }),
    );
  });

  test("writes ticks, values and buckets by their unit", () => {
    expect(formatTick(1000, 500, "usd")).toBe("$1.0k");
    expect(formatTick(0.25, 0.25, "ratio")).toBe("25%");
    expect(formatTick(1500, 500, "ms")).toBe("1.50 s");
    expect(formatValue(1_234_560_000_000_000n, "usd")).toBe("$1,234.56");
    expect(formatValue(0.523, "ratio")).toBe("52.3%");
    expect(formatValue(null, "usd")).toBe("none");
    const at = new Date("2026-11-11T09:00:00Z");
    expect(formatBucket(at, "hour")).toBe("11 Nov, 09:00 UTC");
    expect(formatBucket(at, "day")).toBe("Wed 11 Nov");
    expect(formatBucket(at, "week")).toBe("week of 11 Nov");
    expect(formatBucketTick(at, "hour")).toBe("09:00");
    expect(formatBucketTick(new Date("2026-11-11"), "hour")).toBe("11 Nov");
    expect(formatBucketTick(at, "month")).toBe("Nov 2026");
  });
});

describe("colours", () => {
  test("go to the dearest five by order of spend, grey to the rest", () => {
    const colors = assignColors(["a", "b", "c", "d", "e", "f"]);
    expect(["a", "b", "c", "d", "e", "f"].map((key) => colorOf(colors, key))).toEqual([
      "var(--chart-1)",
      "var(--chart-2)",
      "var(--chart-3)",
      "var(--chart-4)",
      "var(--chart-6)",
      OTHER_COLOR,
    ]);
  });

  test("of heat are nothing for nothing and the last for the most", () => {
    expect([0n, 1n, 20n, 21n, 60n, 100n].map((value) => heatStep(value, 100n))).toEqual([0, 1, 1, 2, 3, 5]);
    expect(heatStep(0n, 0n)).toBe(0);
  });
});

const part = (key: string, amount: bigint): LedgerPart => ({ key, name: key, amount });

describe("ledger", () => {
  test("hangs every part from the running total", () => {
    const { start, before, parts, after } = scaleLedger(100n, [part("up", 100n), part("down", -50n)], 150n);
    expect(start).toBe(0n);
    const at = (value: number) => (value / (200 * 1.08)) * 100;
    expect(before).toEqual({ left: 0, width: at(100), end: at(100) });
    expect(parts).toEqual([
      { left: at(100), width: at(200) - at(100), end: at(200) },
      { left: at(150), width: at(200) - at(150), end: at(150) },
    ]);
    expect(after).toEqual({ left: 0, width: at(150), end: at(150) });
  });

  test("cuts the axis at a round figure when the parts would be slivers", () => {
    const { start, before } = scaleLedger(3000n, [part("a", 700n)], 3700n);
    expect(start).toBe(2000n);
    expect(before.left).toBe(0);
  });

  test("refuses parts that do not add up", () => {
    expect(() => scaleLedger(100n, [part("a", 10n)], 111n)).toThrow("parts miss the total by 1 picodollars");
  });

  test("rounds so that the parts still add up to the rounded total", () => {
    expect(roundToSum([4n, 4n, 4n], 10n)).toEqual([10n, 0n, 0n]);
    expect(roundToSum([16n, 16n, -22n], 10n)).toEqual([10n, 20n, -20n]);
    expect(roundToSum([4n, 14n, 24n, 34n], 10n, 2)).toEqual([10n, 20n, 20n, 30n]);
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1, maxLength: 9 }),
        (amounts) => {
          const unit = 10n ** 10n;
          const rounded = roundToSum(amounts, unit);
          const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
          const off = sum(rounded) - sum(amounts);
          expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(unit);
          for (const value of rounded) expect(value % unit).toBe(0n);
        },
      ),
    );
  });
});
