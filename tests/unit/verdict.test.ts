import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { studentT95 } from "@/lib/deploys/student-t";
import { type CellSums, decideVerdict, type FeatureEvidence, passes, type Verdict } from "@/lib/deploys/verdict";
import { explainVerdict } from "@/lib/deploys/verdict-words";

type Cell = readonly [tries: number, cost: number, failed?: number];

function sums(cells: readonly Cell[]): CellSums {
  const total = (of: (tries: bigint, cost: bigint, failed: bigint) => bigint) =>
    cells.reduce((sum, [tries, cost, failed = 0]) => sum + of(BigInt(tries), BigInt(cost), BigInt(failed)), 0n);
  return {
    cells: cells.length,
    firstTries: total((tries, _, failed) => tries + failed),
    tries: total((tries) => tries),
    costUsdPicos: total((_, cost) => cost),
    triesSquared: total((tries) => tries * tries),
    costSquared: total((_, cost) => cost * cost),
    costTimesTries: total((tries, cost) => tries * cost),
  };
}

const feature = (name: string, before: readonly Cell[], after: readonly Cell[]): FeatureEvidence => ({
  feature: name,
  before: sums(before),
  after: sums(after),
});

/** `count` cells of ten calls at `cost` each, every other one dearer and cheaper by `spread`. */
const steady = (count: number, cost: number, spread = 0): Cell[] =>
  Array.from({ length: count }, (_, at) => [10, 10 * (cost + (at % 2 ? spread : -spread))]);

function decide(...features: FeatureEvidence[]): Verdict {
  const side = (of: "before" | "after") => {
    const calls = features.reduce((sum, one) => sum + one[of].tries, 0n);
    return { calls, pricedCalls: calls };
  };
  return decideVerdict(features, { before: side("before"), after: side("after") });
}

test("Student's t at 95 %, against the tables", () => {
  const table = [
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [1e9, 1.96],
  ] as const;
  for (const [df, t] of table) expect(studentT95(df)).toBeCloseTo(t, 2);
  expect(studentT95(Number.POSITIVE_INFINITY)).toBeCloseTo(1.96, 3);
});

describe("the interval", () => {
  test("by hand: two sides of four cells", () => {
    // Before R = 100 with residuals ±200 over 40 tries: 4/3 · 160,000 / 1,600 = 133.3, so 0.01333 of R². After R = 150, the
    // same residuals: 0.00593. Together 0.01926; Welch gives 0.01926² / (0.01333² / 3 + 0.00593² / 3) = 5.2 degrees.
    const { estimate } = decide(feature("a", steady(4, 100, 20), steady(4, 150, 20)));
    const reach = studentT95(5.226) * Math.sqrt(0.0133333 + 0.00592593);
    expect(estimate?.change).toBeCloseTo(0.5, 12);
    expect(estimate?.low).toBeCloseTo(1.5 * Math.exp(-reach) - 1, 3);
    expect(estimate?.high).toBeCloseTo(1.5 * Math.exp(reach) - 1, 3);
  });

  test("covers the truth about as often as it says, on skewed costs", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    // Lognormal calls (σ = 1) in 40 cells a side: the true change is 20 %.
    const call = (mean: number) =>
      Math.round(mean * Math.exp(Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())));
    const cells = (mean: number): Cell[] =>
      Array.from({ length: 40 }, () => {
        const tries = 1 + Math.floor(random() * 8);
        return [tries, Array.from({ length: tries }, () => call(mean)).reduce((sum, cost) => sum + cost, 0)];
      });
    const runs = 400;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const { estimate } = decide(feature("a", cells(1e6), cells(1.2e6)));
      if (estimate && estimate.low <= 0.2 && 0.2 <= estimate.high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.9);
    expect(covered / runs).toBeLessThan(0.99);
  });
});

describe("the verdict", () => {
  test.each([
    ["dearer", 130, 10],
    ["cheaper", 70, 10],
    ["as_before", 101, 2],
    ["as_before", 102, 0],
    ["not_enough_calls", 130, 130],
  ] as const)("%s: from 100 to %i ± %i", (word, cost, spread) => {
    expect(decide(feature("a", steady(8, 100, spread), steady(8, cost, spread))).word).toBe(word);
  });

  test("calls that move to a dear feature make nothing dearer", () => {
    const cheap = feature("cheap", steady(50, 10, 1), steady(5, 10, 1));
    const dear = feature("dear", steady(5, 1000, 20), steady(50, 1000, 20));
    const verdict = decide(cheap, dear);
    expect(verdict.word).toBe("as_before");
    expect(verdict.estimate?.change).toBeCloseTo(0, 2);
  });

  test("a feature that is new, gone or hardly called is left out, and said with its calls", () => {
    const verdict = decide(
      feature("usual", steady(10, 100), steady(10, 100)),
      feature("new", [], steady(10, 9_000)),
      feature("rare", [[2, 5]], [[3, 99_999]]),
    );
    expect([verdict.word, verdict.before, verdict.after]).toEqual(["as_before", 100n, 100n]);
    expect(verdict.features.map(({ feature: name, after, estimate }) => [name, after, estimate !== null])).toEqual([
      ["usual", 100n, true],
      ["new", 100n, false],
      ["rare", 3n, false],
    ]);
  });

  const NONE = { calls: 0n, pricedCalls: 0n };
  const SOME = { calls: 9n, pricedCalls: 9n };
  test.each([
    ["no_calls", SOME, NONE, []],
    ["nothing_before", NONE, SOME, [feature("a", [], [[1, 1]])]],
    ["unpriced", { calls: 9n, pricedCalls: 0n }, SOME, [feature("a", [], [[9, 9]])]],
    ["nothing_in_common", SOME, SOME, [feature("a", [], [[9, 9]]), feature("b", [[9, 9]], [])]],
    ["few_calls", SOME, SOME, [feature("a", [[1, 9]], [[9, 9]])]],
    ["few_calls", SOME, SOME, [feature("a", steady(4, 9), steady(400, 9))]],
  ] as const)("not enough calls: %s", (reason, before, after, features) => {
    const verdict = decideVerdict(features, { before, after });
    expect([verdict.word, verdict.reason]).toEqual(["not_enough_calls", reason]);
    expect(passes(verdict, 0.1)).toBeNull();
    expect(explainVerdict(verdict)).toMatch(/\.$/);
  });

  test("in words", () => {
    const sure = decide(feature("a", steady(8, 100, 10), steady(8, 130, 10)));
    expect(explainVerdict(sure)).toMatch(
      /^With 95% confidence between \+\d+\.\d% and \+\d+\.\d%, from 80 answered first tries before and 80 after\.$/,
    );
  });
});

describe("tries without an answer", () => {
  /** `count` of the ten tries of each cell fail; the others cost what they did. */
  const failing = (cells: number, count: number): Cell[] =>
    steady(cells, 100).map(() => [10 - count, (10 - count) * 100, count]);
  const usual = feature("usual", steady(200, 100), steady(200, 100));

  test.each([
    ["a third everywhere", [feature("a", steady(20, 100), failing(20, 3))], null, 0.3],
    ["of one small feature", [usual, feature("a", steady(20, 100), failing(20, 3))], "a", 0.3],
    ["all", [feature("a", steady(20, 100), [[0, 0, 30]])], null, 1],
  ] as const)("much more: %s", (_, features, name, after) => {
    const verdict = decide(...features);
    expect(verdict.failures).toEqual({ isMuchMore: true, feature: name, before: 0, after });
    expect(["as_before", "not_enough_calls"]).toContain(verdict.word);
    expect(passes(verdict, 10)).toBe(false);
    expect(explainVerdict(verdict)).toContain(`% of the first tries${name ? ` of ${name}` : ""} get no answer, 0.0%`);
  });

  test.each([
    ["as many as before", feature("a", failing(20, 3), failing(20, 3))],
    ["nine in all", feature("a", steady(20, 100), [...steady(10, 100), ...failing(9, 1)])],
    ["under 5 points", feature("a", steady(200, 100), [...steady(160, 100), ...failing(40, 2)])],
  ])("not much more: %s", (_, evidence) => {
    expect(decide(evidence).failures.isMuchMore).toBe(false);
  });
});

describe("the gate", () => {
  const of = (change: number, low: number, high: number, word: Verdict["word"]): Verdict => ({
    word,
    reason: word === "not_enough_calls" ? "wide_interval" : null,
    failures: { isMuchMore: false, feature: null, before: 0, after: 0 },
    estimate: { change, low, high },
    before: 99n,
    after: 99n,
    features: [],
  });
  test.each([
    ["surely dearer, by more than allowed", of(0.3, 0.2, 0.4, "dearer"), 0.1, false],
    ["dearer, but within what is allowed", of(0.05, 0.02, 0.2, "dearer"), 0.1, true],
    ["as before", of(0.01, -0.08, 0.09, "as_before"), 0.1, true],
    ["cheaper", of(-0.3, -0.4, -0.2, "cheaper"), 0, true],
    ["too wide", of(0.05, -0.2, 0.4, "not_enough_calls"), 0.1, null],
    ["too wide, yet surely not by more than allowed", of(0.05, -0.2, 0.4, "not_enough_calls"), 0.5, true],
    ["as before, but more than allowed and not sure", of(0.02, -0.01, 0.06, "as_before"), 0, null],
  ])("%s", (_, verdict, maxIncrease, pass) => {
    expect(passes(verdict, maxIncrease)).toBe(pass);
  });
});

test("whatever the cells: an interval around the change, and the same cells twice are no change", () => {
  const cell = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1_000_000_000 }));
  const side = fc.array(cell, { maxLength: 20 });
  fc.assert(
    fc.property(side, side, side, side, (a, b, c, d) => {
      const { estimate } = decide(feature("a", a, b), feature("b", c, d));
      if (estimate) {
        expect(Number.isFinite(estimate.high)).toBe(true);
        expect(estimate.low).toBeLessThanOrEqual(estimate.change + 1e-9);
        expect(estimate.high).toBeGreaterThanOrEqual(estimate.change - 1e-9);
        expect(estimate.low).toBeGreaterThanOrEqual(-1);
      }
      const same = decide(feature("a", a, a), feature("b", c, c));
      if (same.estimate) expect(Math.abs(same.estimate.change)).toBeLessThan(1e-9);
      expect(["as_before", "not_enough_calls"]).toContain(same.word);
    }),
    { seed: 5, numRuns: 300 },
  );
});
