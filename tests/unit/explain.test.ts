import { describe, expect, test } from "vitest";
import { decompose } from "@/lib/deploys/decompose";
import { explainFeature, explainParts, mainCause } from "@/lib/deploys/explain";
import { COST_KINDS, type CostKind, type UsageCell } from "@/lib/deploys/schema";

const RATES: Partial<Record<CostKind, number>> = { input: 100, cacheCreate5m: 125, cacheRead: 10, output: 500 };
const kinds = (of: (kind: CostKind) => number) =>
  Object.fromEntries(COST_KINDS.map((kind) => [kind, BigInt(of(kind))])) as Record<CostKind, bigint>;

function cell(
  calls: number,
  perCall: Partial<Record<CostKind, number>>,
  overrides: Partial<UsageCell> = {},
): UsageCell {
  return {
    feature: "support-reply",
    model: "sonnet standard",
    isRetry: false,
    calls: BigInt(calls),
    tokens: kinds((kind) => calls * (perCall[kind] ?? 0)),
    cost: kinds((kind) => calls * (perCall[kind] ?? 0) * (RATES[kind] ?? 0)),
    ...overrides,
  };
}
const usual = { input: 90, cacheRead: 812, cacheCreate5m: 98, output: 40 };
const steady = cell(1000, usual, { feature: "agent-run" });

describe("each part in words", () => {
  test("nothing changed", () => {
    expect(explainParts(decompose([steady], [steady]))).toEqual({
      volume: "as many first tries as before",
      price: "the same rates a token",
      modelMix: "the same models",
      freshInput: "as much fresh input a call",
      cache: "the cache works as before",
      output: "as much output a call",
      retries: "as many retries",
    });
  });

  test("a lost cache names the feature, what became of the reads, and the hit ratio", () => {
    const lost = { ...usual, cacheRead: 2, cacheCreate5m: 908 };
    const words = explainParts(decompose([steady, cell(100, usual)], [steady, cell(100, lost)]));
    expect(words.cache).toBe("support-reply: reads became writes, hit 81.2% to 0.2%");
    const off = { ...usual, cacheRead: 0, cacheCreate5m: 0, input: 1000 };
    expect(explainParts(decompose([cell(9, usual)], [cell(9, off)])).cache).toBe(
      "support-reply: reads became fresh input, hit 81.2% to 0.0%",
    );
    expect(explainParts(decompose([cell(9, lost)], [cell(9, usual)])).cache).toBe(
      "support-reply: writes became reads, hit 0.2% to 81.2%",
    );
  });

  test("volume, fresh input, output, model mix and retries", () => {
    const after = [
      cell(60, { ...usual, input: 300, output: 90 }),
      cell(20, usual, { model: "opus batch" }),
      cell(5, usual, { isRetry: true }),
    ];
    const words = explainParts(decompose([cell(100, usual)], after));
    expect(words.volume).toBe("20 fewer first tries, −20.0%");
    expect(words.freshInput).toBe("support-reply: 90 to 238 fresh tokens a call");
    expect(words.output).toBe("support-reply: 40 to 75 output tokens a call");
    expect(words.retries).toBe("support-reply: 0 to 5 retries");
    const dearer = cell(20, usual, { model: "opus batch", cost: kinds(() => 10_000_000) });
    const mixed = explainParts(decompose([cell(100, usual)], [cell(80, usual), dearer]));
    expect(mixed.modelMix).toBe("support-reply: opus batch 0.0% to 20.0% of calls");
  });

  test("a price says by how much the same tokens cost more", () => {
    const cost = (kind: CostKind) => Number(cell(10, usual).cost[kind]);
    const dearer = cell(10, usual, { cost: kinds((kind) => Math.round(cost(kind) * 1.1)) });
    expect(explainParts(decompose([cell(10, usual)], [dearer])).price).toBe(
      "support-reply: rates a token +10.0%, by a price or by prompt length, speed or place",
    );
  });

  test("what is too small to mean anything is noise", () => {
    const words = explainParts(decompose([steady], [{ ...steady, cost: { ...steady.cost, output: 20_000_001n } }]));
    expect(words.price).toBe("within noise");
  });
});

test("the main cause and its share of the effect", () => {
  const lost = { ...usual, cacheRead: 0, cacheCreate5m: 910 };
  const longer = { ...usual, output: 41 };
  const found = mainCause(
    decompose([steady, cell(100, usual)], [cell(1000, longer, { feature: "agent-run" }), cell(100, lost)]),
  );
  // 812 tokens at 125 instead of 10 in 100 calls, against one more output token at 500 in 1,000.
  expect(found).toMatchObject({ feature: "support-reply", part: "cache", amountUsdPicos: 9_338_000n });
  expect(found?.share).toBeCloseTo(9_338_000 / 9_838_000, 12);
  expect(mainCause(decompose([steady], [steady]))).toBeNull();
});

test("a feature that only has more calls has no other cause", () => {
  const [feature] = decompose([cell(10, usual)], [cell(20, usual)]).features;
  expect(feature && explainFeature(feature)).toBeNull();
});
