import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DeployPoint, exactLevelOf, findSteps, levelOf } from "@/lib/deploys/bisect";

type Value = readonly [value: number, calls?: number];

/** Deploys with the given means, of 1,000 calls each unless told. */
const series = (...values: (number | Value)[]): DeployPoint[] =>
  values.map((one, at) => {
    const [value, calls = 1000] = typeof one === "number" ? [one] : one;
    return {
      deploy: `d${at}`,
      at: new Date(at * 86_400_000),
      calls: BigInt(calls),
      over: BigInt(Math.round(value * calls)),
      under: BigInt(calls),
    };
  });

const starts = (points: readonly DeployPoint[], isShare = false) =>
  findSteps(points, isShare).segments.map(({ from }) => from);

describe("steps", () => {
  test("one that stays, in its place, with the levels on both sides", () => {
    const points = series(100, 103, 98, 101, 240, 236, 243);
    const { segments } = findSteps(points, false);
    expect(segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 4],
      [4, 7],
    ]);
    expect(segments.map(exactLevelOf)).toEqual([101n, 240n]);
  });

  test("one of the last deploy, and one of the first", () => {
    expect(starts(series(100, 102, 99, 101, 97, 100, 300))).toEqual([0, 6]);
    expect(starts(series(300, 102, 99, 101, 97, 100, 101))).toEqual([0, 1]);
  });

  test("one that the next deploy takes back: both sides of it", () => {
    expect(starts(series(100, 102, 99, 101, 300, 97, 100, 101, 98, 102))).toEqual([0, 4, 5]);
  });

  test("several, up and down", () => {
    expect(starts(series(100, 102, 99, 150, 147, 152, 149, 400, 390, 100, 103, 99))).toEqual([0, 3, 7, 9]);
  });

  test("none in noise, in a slow drift, and under a tenth", () => {
    expect(starts(series(100, 140, 75, 120, 90, 135, 80, 110, 130, 85))).toEqual([0]);
    expect(starts(series(100, 102, 104, 106, 108, 109, 107, 105))).toEqual([0]);
    expect(starts(series(100, 100, 100, 100, 108, 108, 108, 108))).toEqual([0]);
  });

  test("a wild deploy of a few calls is none; the same with many calls is one", () => {
    expect(starts(series(100, 102, 99, [900, 20], 101, 97, 100))).toEqual([0]);
    expect(starts(series(100, 102, 99, [900, 2000], 101, 97, 100))).toEqual([0, 3, 4]);
  });

  test("rare events of a share are no step, many of them are", () => {
    const share = (...failed: number[]) => series(...failed.map((count): Value => [count / 400, 400]));
    expect(starts(share(0, 1, 0, 0, 2, 0, 4, 0, 1), true)).toEqual([0]);
    expect(starts(share(0, 0, 0, 0, 0, 0, 0, 9), true)).toEqual([0]);
    expect(starts(share(40, 40, 40, 40, 40, 40, 56), true)).toEqual([0]);
    expect(starts(share(0, 1, 0, 0, 2, 60, 55, 64), true)).toEqual([0, 5]);
  });

  test("too few deploys are not searched", () => {
    expect(findSteps(series(1, 1, 100, 100), false)).toMatchObject({
      isTooShort: true,
      segments: [{ from: 0, to: 4 }],
    });
    expect(findSteps([], false)).toEqual({ isTooShort: true, segments: [] });
  });
});

describe("whatever the deploys", () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 5000 }));
  const points = fc.array(point, { maxLength: 40 }).map((all) => series(...all));

  test("segments hold every deploy once and in order, and their sums", () => {
    fc.assert(
      fc.property(points, fc.boolean(), (all, isShare) => {
        const { segments } = findSteps(all, isShare);
        expect(segments.flatMap(({ from, to }) => all.slice(from, to))).toEqual(all);
        const total = (
          of: (one: { over: bigint; under: bigint }) => bigint,
          list: readonly { over: bigint; under: bigint }[],
        ) => list.reduce((sum, one) => sum + of(one), 0n);
        for (const of of [({ over }: { over: bigint }) => over, ({ under }: { under: bigint }) => under]) {
          expect(total(of, segments)).toBe(total(of, all));
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("a series that never changes has no step, whatever its calls", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 1_000_000 }), (calls, value) => {
        expect(findSteps(series(...calls.map((one): Value => [value, one])), false).segments.length).toBeLessThan(2);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("a step of half and more in a quiet series is found where it is, in both directions and in any unit", () => {
    const shape = fc.record({
      before: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 20 }),
      after: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 20 }),
      times: fc.integer({ min: 2, max: 9 }),
      unit: fc.constantFrom(1, 7, 1_000_003),
    });
    fc.assert(
      fc.property(shape, ({ before, after, times, unit }) => {
        const values = [...before.map((wobble) => 100 + wobble), ...after.map((wobble) => times * (100 + wobble))];
        const found = starts(series(...values.map((value) => value * unit)));
        expect(found).toEqual([0, before.length]);
        expect(starts(series(...values.toReversed()))).toEqual([0, after.length]);
        expect(levelOf({ over: 3n, under: 2n })).toBe(1.5);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
