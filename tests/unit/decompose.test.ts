import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decompose } from "@/lib/deploys/decompose";
import { COST_KINDS, type CostKind, PARTS, type Parts, type UsageCell } from "@/lib/deploys/schema";

type Kinds = Partial<Record<CostKind, number>>;
const NO_PARTS: Parts = { volume: 0n, price: 0n, modelMix: 0n, freshInput: 0n, cache: 0n, output: 0n, retries: 0n };
const RATES: Kinds = { input: 100, cacheCreate5m: 125, cacheCreate1h: 200, cacheRead: 10, output: 500, webSearch: 9 };

const kinds = (of: (kind: CostKind) => number) =>
  Object.fromEntries(COST_KINDS.map((kind) => [kind, BigInt(of(kind))])) as Record<CostKind, bigint>;

/** Calls that used `perCall` tokens each, at `rates`. */
function cell(calls: number, perCall: Kinds, overrides: Partial<UsageCell> = {}, rates = RATES): UsageCell {
  return {
    feature: "support-reply",
    model: "sonnet",
    isRetry: false,
    calls: BigInt(calls),
    tokens: kinds((kind) => calls * (perCall[kind] ?? 0)),
    cost: kinds((kind) => calls * (perCall[kind] ?? 0) * (rates[kind] ?? 0)),
    ...overrides,
  };
}
const parts = (before: readonly UsageCell[], after: readonly UsageCell[]) => decompose(before, after).total.parts;
const twice = (rates: Kinds) => kinds((kind) => 2 * (rates[kind] ?? 0));

describe("one thing changes, by hand", () => {
  const usual = { input: 10, cacheRead: 80, cacheCreate5m: 10, output: 4 };

  test("more calls are volume", () => {
    // 10 calls of 1,000 + 800 + 1,250 + 2,000 = 5,050 each; 5 more.
    expect(parts([cell(10, usual)], [cell(15, usual)])).toEqual({ ...NO_PARTS, volume: 25_250n });
  });

  test("dearer tokens are price", () => {
    const rates = Object.fromEntries(Object.entries(RATES).map(([kind, rate]) => [kind, rate + 1]));
    // One more for each of 104 tokens in 10 calls.
    expect(parts([cell(10, usual)], [cell(10, usual, {}, rates)])).toEqual({ ...NO_PARTS, price: 1_040n });
  });

  test("longer fresh input is fresh input", () => {
    expect(parts([cell(10, usual)], [cell(10, { ...usual, input: 30 })])).toEqual({ ...NO_PARTS, freshInput: 20_000n });
  });

  test("reads that became writes are cache", () => {
    // 80 tokens a call at 125 instead of 10.
    expect(parts([cell(10, usual)], [cell(10, { ...usual, cacheRead: 0, cacheCreate5m: 90 })])).toEqual({
      ...NO_PARTS,
      cache: 92_000n,
    });
  });

  test("reads that became fresh input are cache as well, and coming back they are again", () => {
    const lost = [cell(10, { ...usual, cacheRead: 0, input: 90 })];
    // 80 tokens a call at 100 instead of 10.
    expect(parts([cell(10, usual)], lost)).toEqual({ ...NO_PARTS, cache: 72_000n });
    expect(parts(lost, [cell(10, usual)])).toEqual({ ...NO_PARTS, cache: -72_000n });
  });

  test("of tokens that left the cache only as many count as cache; the rest grew", () => {
    const after = [cell(10, { ...usual, cacheRead: 0, input: 100 })];
    expect(parts([cell(10, usual)], after)).toEqual({ ...NO_PARTS, cache: 72_000n, freshInput: 10_000n });
  });

  test("longer answers and web searches are output", () => {
    const after = [cell(10, { ...usual, output: 5, webSearch: 1 })];
    expect(parts([cell(10, usual)], after)).toEqual({ ...NO_PARTS, output: 5_090n });
  });

  test("calls that move to a dearer model are model mix", () => {
    const opus = (calls: number) =>
      cell(
        calls,
        usual,
        { model: "opus" },
        Object.fromEntries(COST_KINDS.map((kind) => [kind, Number(twice(RATES)[kind])])),
      );
    // 5 of 10 calls cost 10,100 instead of 5,050; the model may be new to the feature or not.
    expect(parts([cell(10, usual)], [cell(5, usual), opus(5)])).toEqual({ ...NO_PARTS, modelMix: 25_250n });
    expect(parts([cell(9, usual), opus(1)], [cell(4, usual), opus(6)])).toEqual({ ...NO_PARTS, modelMix: 25_250n });
  });

  test("retries stand apart from the rest", () => {
    const again = cell(3, usual, { isRetry: true });
    expect(parts([cell(10, usual)], [cell(10, usual), again])).toEqual({ ...NO_PARTS, retries: 15_150n });
  });

  test("as many retries as before for each first try are volume, however few calls there were", () => {
    const again = (calls: number) => cell(calls, usual, { isRetry: true });
    // 100 first tries with 20 retries before, 10 with 2 after: 90 and 18 fewer, each of 5,050.
    expect(parts([cell(100, usual), again(20)], [cell(10, usual), again(2)])).toEqual({
      ...NO_PARTS,
      volume: -545_400n,
    });
    expect(parts([cell(100, usual), again(20)], [cell(10, usual), again(5)]).retries).toBe(15_150n);
  });

  test("calls without a price are in no part, and make no call look cheap", () => {
    const unpriced = (calls: number) =>
      cell(calls, usual, { model: "unknown", unpriced: BigInt(calls), cost: kinds(() => 0) });
    expect(parts([cell(10, usual)], [cell(10, usual), unpriced(90)])).toEqual(NO_PARTS);
    const { after } = decompose([], [cell(10, usual), unpriced(90)]).total;
    expect([after.calls, after.pricedCalls, after.costPerCallUsdPicos]).toEqual([100n, 10n, 5_050n]);
  });

  test("nor where other calls of the same model have one: their tokens are left out", () => {
    const half = cell(20, usual, {
      unpriced: 10n,
      unpricedTokens: 1_040n,
      cost: kinds((kind) => 10 * ((usual as Kinds)[kind] ?? 0) * (RATES[kind] ?? 0)),
    });
    expect(parts([cell(10, usual)], [half])).toEqual(NO_PARTS);
    expect(parts([half], [half])).toEqual(NO_PARTS);
  });

  test("a new feature, and one that ended, are volume", () => {
    expect(parts([], [cell(2, usual)])).toEqual({ ...NO_PARTS, volume: 10_100n });
    expect(parts([cell(2, usual)], [])).toEqual({ ...NO_PARTS, volume: -10_100n });
    const again = cell(1, usual, { isRetry: true });
    expect(parts([], [cell(2, usual), again])).toEqual({ ...NO_PARTS, volume: 15_150n });
  });
});

test("what each side shows", () => {
  const before = [
    cell(8, { input: 20, cacheRead: 80, output: 1 }),
    cell(2, { input: 20, cacheRead: 80 }, { isRetry: true }),
  ];
  const { before: side } = decompose(before, []).total;
  expect(side).toMatchObject({ calls: 10n, retries: 2n, costUsdPicos: 32_000n, costPerCallUsdPicos: 3_200n });
  expect([side.cacheHit, side.inputTokensPerCall, [...side.models]]).toEqual([0.8, 100, [["sonnet", 10n]]]);
});

test("the largest effect comes first, volume aside", () => {
  const { features, total } = decompose(
    [cell(1, { input: 1 }, { feature: "a" }), cell(10, { input: 1 }, { feature: "b" })],
    [cell(99, { input: 1 }, { feature: "a" }), cell(10, { input: 2 }, { feature: "b" })],
  );
  expect(features.map(({ feature, effectUsdPicos }) => [feature, effectUsdPicos])).toEqual([
    ["b", 1_000n],
    ["a", 0n],
  ]);
  expect([total.changeUsdPicos, total.effectUsdPicos]).toEqual([10_800n, 1_000n]);
});

describe("whatever the figures", () => {
  const amount = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 9n }));
  const byKind = fc.record(
    Object.fromEntries(COST_KINDS.map((kind) => [kind, amount])) as Record<CostKind, typeof amount>,
  );
  const cells = fc.array(
    fc.record({
      feature: fc.constantFrom("a", "b", "c"),
      model: fc.constantFrom("x", "y", "z"),
      isRetry: fc.boolean(),
      calls: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 6n })),
      tokens: byKind,
      cost: byKind,
    }),
    { maxLength: 12 },
  );
  const cost = (all: readonly UsageCell[]) =>
    all.reduce((sum, one) => sum + COST_KINDS.reduce((part, kind) => part + one.cost[kind], 0n), 0n);
  const sum = (all: Parts) => PARTS.reduce((part, name) => part + all[name], 0n);

  test("the parts add up to the change, in total and by feature", () => {
    fc.assert(
      fc.property(cells, cells, (before, after) => {
        const { features, total } = decompose(before, after);
        expect(sum(total.parts)).toBe(cost(after) - cost(before));
        expect(total.changeUsdPicos).toBe(cost(after) - cost(before));
        for (const one of features) {
          expect(sum(one.parts)).toBe(one.after.costUsdPicos - one.before.costUsdPicos);
        }
        expect(features.reduce((part, one) => part + one.changeUsdPicos, 0n)).toBe(total.changeUsdPicos);
      }),
      { numRuns: 500 },
    );
  });

  test("nothing changed, nothing to explain, also where something cost that nobody counted", () => {
    const none = { input: 0n, cacheCreate5m: 0n, cacheCreate1h: 0n, cacheRead: 0n, output: 0n, webSearch: 0n };
    const of = (model: string, calls: bigint, webSearch: bigint): UsageCell => {
      return { feature: "a", model, isRetry: false, calls, tokens: none, cost: { ...none, webSearch } };
    };
    const uncounted = [of("x", 0n, 1n), of("z", 1n, 0n)];
    expect(parts(uncounted, uncounted)).toEqual(NO_PARTS);
    fc.assert(
      fc.property(cells, (same) => {
        expect(parts(same, same)).toEqual(NO_PARTS);
      }),
      { numRuns: 500 },
    );
  });

  test("calls alone, there and back, cancel out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (few, many) => {
        const usual = { input: 7, cacheRead: 11, output: 3 };
        const there = parts([cell(few, usual)], [cell(many, usual)]);
        const back = parts([cell(many, usual)], [cell(few, usual)]);
        expect(there).toEqual({ ...NO_PARTS, volume: BigInt(many - few) * 2_310n });
        expect(back.volume).toBe(-there.volume);
      }),
    );
  });
});
