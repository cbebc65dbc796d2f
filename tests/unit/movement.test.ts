import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MovementSide, movementOf, splitDifference } from "@/lib/reports/movement";

const side = (costUsdPicos: bigint, calls: bigint, unpricedCalls = 0n): MovementSide => ({
  costUsdPicos,
  calls,
  unpricedCalls,
});
const nothing = side(0n, 0n);

describe("how an entity moved", () => {
  test.each([
    ["new", nothing, side(7n, 1n)],
    ["new", nothing, side(0n, 1n, 1n)],
    ["gone", side(7n, 1n), nothing],
    ["growing", side(7n, 1n), side(8n, 1n)],
    ["shrinking", side(7n, 1n), side(6n, 9n)],
    ["steady", side(7n, 1n), side(7n, 3n)],
    ["steady", nothing, nothing],
    ["growing", side(0n, 5n, 5n), side(8n, 5n)],
  ] as const)("%s", (movement, before, now) => expect(movementOf(before, now)).toBe(movement));
});

describe("the difference in two parts", () => {
  test.each([
    ["twice the calls at the same price are all volume", side(100n, 10n), side(200n, 20n), 100n, 0n],
    ["the same calls at twice the price are no volume", side(100n, 10n), side(200n, 10n), 0n, 100n],
    ["what was not there before is all volume", nothing, side(9n, 3n), 9n, 0n],
    ["what is gone is all volume", side(10n, 3n), nothing, -10n, 0n],
    ["a third of a picodollar goes to the rest", side(10n, 3n), side(20n, 4n), 3n, 7n],
    ["calls without a price are no volume", side(10n, 2n, 1n), side(10n, 9n, 8n), 0n, 0n],
    ["a model that only serves within others has no volume", side(5n, 0n), side(8n, 0n), 0n, 3n],
  ] as const)("%s", (_, before, now, volume, costPerCall) =>
    expect(splitDifference(before, now)).toEqual({ volume, costPerCall }),
  );

  test("adds up to it to the picodollar, whatever it is", () => {
    const count = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const sides = fc.record({
      costUsdPicos: fc.bigInt({ min: 0n, max: 10n ** 21n }),
      calls: count,
      unpricedCalls: count,
    });
    fc.assert(
      fc.property(sides, sides, (before, now) => {
        const { volume, costPerCall } = splitDifference(before, now);
        expect(volume + costPerCall).toBe(now.costUsdPicos - before.costUsdPicos);
      }),
      { seed: 5 },
    );
  });
});
