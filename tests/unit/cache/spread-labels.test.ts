import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadLabels } from "@/components/charts/spread-labels";

test("labels that would overlap move apart, in their order, and stay above the bottom", () => {
  expect(spreadLabels([10, 12, 50], 13, 100)).toEqual([10, 23, 50]);
  expect(spreadLabels([100, 99], 13, 100)).toEqual([100, 87]);
  expect(spreadLabels([], 13, 100)).toEqual([]);
});

test("any labels that fit are apart", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 240 }), { maxLength: 9 }), (places) => {
      const sorted = spreadLabels(places, 13, 240).toSorted((a, b) => a - b);
      expect(sorted.every((place, i) => i === 0 || place - (sorted[i - 1] ?? 0) >= 13)).toBe(true);
      expect(Math.max(0, ...sorted)).toBeLessThanOrEqual(240);
    }),
  );
});
