import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { buildBook, PRICE_FILES } from "@/lib/pricing/book";
import { LIST_PRICES, type Override, type Prices, toContract } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import {
  type Estimate,
  effectiveRate,
  estimateCall,
  MARGINS,
  toCount,
  toPicos,
  WHOLE,
  type Workload,
} from "@/lib/pricing/estimate";
import { TOKEN_KINDS, type Usage } from "@/lib/pricing/schema";

const DAY = new Date("2026-11-21T00:00:00Z");

function usageOf(fields: Record<string, unknown>): Usage {
  const read = normalizeUsage({ model: "claude-opus-5-5", ...fields });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.usage;
}

function workload(fields: Record<string, unknown>, more: Partial<Workload> = {}): Workload {
  const place = { platform: null, location: null, occurredAt: DAY };
  return { usage: usageOf(fields), ...place, batchShare: null, cacheHitShare: 0n, ...more };
}

function priced(estimate: Estimate) {
  if (!estimate.ok) throw new Error(estimate.reason);
  return estimate.perCall;
}

const costOf = (model: string, asked: Workload, prices = LIST_PRICES) =>
  toPicos(priced(estimateCall(model, asked, prices)).total);

const percent = (share: number) => BigInt(share * 10_000);

function withContract(...overrides: Override[]): Prices {
  return { ...LIST_PRICES, contract: toContract(overrides, LIST_PRICES.book) };
}

const dated = { id: "k1", from: "2026-01-01", to: null, note: "" };

describe("a call of a workload", () => {
  const plain = { input_tokens: 10_000, output_tokens: 500 };

  test("costs what such a call costs: 10,000 × $4 + 500 × $20 for a million", () => {
    expect(costOf("claude-opus-5-5", workload(plain))).toBe(50_000_000_000n);
    expect(costOf("claude-haiku-5-5", workload(plain))).toBe(1_250_000_000n);
  });

  test("reads a share of its fresh input from the cache: 2,000 × $4 + 8,000 × $0.20 + 500 × $20", () => {
    const asked = workload(plain, { cacheHitShare: percent(80) });
    expect(costOf("claude-opus-5-5", asked)).toBe(19_600_000_000n);
  });

  test("is sent as a batch by a share: three quarters at the whole rate, one at half", () => {
    const asked = workload(plain, { cacheHitShare: percent(80), batchShare: percent(25) });
    expect(costOf("claude-opus-5-5", asked)).toBe(17_150_000_000n);
  });

  test("a third of a token is not rounded: 33.3333 % of one token", () => {
    const asked = workload({ input_tokens: 1_001, output_tokens: 0 }, { cacheHitShare: 333_333n });
    const { total, tokens } = priced(estimateCall("claude-sonnet-5-5", asked, LIST_PRICES));
    // 1,001 × (0.666667 × $2 + 0.333333 × $0.10) for a million, in picodollars × 10^12.
    expect(total).toBe(1_001n * (666_667n * 2_000_000n + 333_333n * 100_000n) * WHOLE);
    expect(toPicos(total)).toBe(1_368_033_967n);
    expect(toCount(tokens.cacheRead)).toBe(333.67);
  });

  test("takes the batch of a pasted usage as it is, unless a share is asked for", () => {
    const batch = { usage: { ...plain, service_tier: "batch" } };
    expect(costOf("claude-opus-5-5", workload(batch))).toBe(25_000_000_000n);
    expect(costOf("claude-opus-5-5", workload(batch, { batchShare: 0n }))).toBe(50_000_000_000n);
  });

  test("keeps the tier of its whole prompt: haiku 5.5 above 100,000 tokens, cached or not", () => {
    const asked = workload({ input_tokens: 100_001, output_tokens: 0 }, { cacheHitShare: percent(50) });
    // 100,001 × (0.5 × $0.50 + 0.5 × $0.05) for a million
    expect(costOf("claude-haiku-5-5", asked)).toBe(27_500_275_000n);
  });

  test("is priced as of its day: sonnet 5.5 reads on 6 and 7 October", () => {
    const on = (day: string) =>
      workload({ cache_read_tokens: 1_000_000 }, { occurredAt: new Date(`${day}T00:00:00Z`) });
    expect(costOf("claude-sonnet-5-5", on("2026-10-06"))).toBe(200_000_000_000n);
    expect(costOf("claude-sonnet-5-5", on("2026-10-07"))).toBe(100_000_000_000n);
  });

  test("keeps an advisor's part with the advisor", () => {
    const iterations = [
      { type: "message", input_tokens: 1_000, output_tokens: 100 },
      { type: "advisor_message", model: "claude-opus-5", input_tokens: 1_000, output_tokens: 100 },
    ];
    const asked = workload({ usage: { input_tokens: 1_000, output_tokens: 100, iterations } });
    // sonnet 5.5: 1,000 × $2 + 100 × $10; opus 5: 1,000 × $5 + 100 × $25
    expect(costOf("claude-sonnet-5-5", asked)).toBe(3_000_000_000n + 7_500_000_000n);
  });
});

describe("what has no price", () => {
  const asked = workload({ input_tokens: 100, output_tokens: 1 });

  test.each([
    ["an unknown model", "nobody-knows-it", asked, "unknown_model", false],
    ["a batch that is not offered", "gpt-6-sol", { ...asked, batchShare: 1n }, "service_tier_not_priced", true],
    ["another platform", "gpt-6-sol", { ...asked, platform: "bedrock" }, "platform_not_priced", false],
    [
      "fast mode of a model without it",
      "claude-haiku-5-5",
      { ...asked, usage: { ...asked.usage, speed: "fast" } },
      "fast_not_priced",
      false,
    ],
    [
      "a day before the model",
      "claude-opus-5-5",
      { ...asked, occurredAt: new Date("2026-09-21T00:00:00Z") },
      "no_price_on_date",
      false,
    ],
  ] as const)("%s has a reason and no cost", (_what, model, question, reason, isOfBatch) => {
    const { warnings: _, ...estimate } = estimateCall(model, question, LIST_PRICES);
    expect(estimate).toEqual({ model, provider: estimate.provider, ok: false, reason, isOfBatch });
  });

  test("a share of zero asks for no batch", () => {
    expect(estimateCall("gpt-6-sol", { ...asked, batchShare: 0n }, LIST_PRICES).ok).toBe(true);
  });
});

describe("warnings", () => {
  test("a prompt under the cacheable minimum is not cached, whatever the share", () => {
    const asked = workload({ input_tokens: 4_095, output_tokens: 10 }, { cacheHitShare: WHOLE });
    const estimate = estimateCall("claude-haiku-4-5", asked, LIST_PRICES);
    expect(estimate.warnings).toEqual([{ kind: "short_prompt", promptTokens: 4_095, minimum: 4_096 }]);
    expect(toPicos(priced(estimate).total)).toBe(4_095_000_000n + 50_000_000n);
  });

  test("from the minimum on it is", () => {
    const asked = workload({ input_tokens: 4_096, output_tokens: 10 }, { cacheHitShare: WHOLE });
    const estimate = estimateCall("claude-haiku-4-5", asked, LIST_PRICES);
    expect(estimate.warnings).toEqual([]);
    expect(toPicos(priced(estimate).total)).toBe(409_600_000n + 50_000_000n);
  });

  test("a model that is no longer served and a prompt above the window are said", () => {
    const asked = workload({ input_tokens: 200_001, output_tokens: 10 });
    expect(estimateCall("claude-3-haiku-20240307", asked, LIST_PRICES).warnings).toEqual([
      { kind: "over_window", promptTokens: 200_001, window: 200_000 },
      { kind: "retired", on: "2026-04-20" },
    ]);
  });
});

describe("a contract", () => {
  const asked = workload({ input_tokens: 10_000, output_tokens: 500 }, { batchShare: percent(50) });

  test("gives list and contracted cost: 12.5 % less of 0.75 × $0.05", () => {
    const discount: Override = {
      ...dated,
      kind: "adjustment",
      provider: "anthropic",
      platform: null,
      model: null,
      percentE4: -125_000n,
    };
    const cost = priced(estimateCall("claude-opus-5-5", asked, withContract(discount)));
    expect(toPicos(cost.total)).toBe(32_812_500_000n);
    expect(cost.listTotal && toPicos(cost.listTotal)).toBe(37_500_000_000n);
  });

  test("prices an alias as the model that it stands for, with its warnings", () => {
    const alias: Override = { ...dated, kind: "alias", model: "our-haiku", target: "claude-haiku-4-5" };
    const short = workload({ input_tokens: 1_000, output_tokens: 0 }, { cacheHitShare: WHOLE });
    const estimate = estimateCall("our-haiku", short, withContract(alias));
    expect(toPicos(priced(estimate).total)).toBe(1_000_000_000n);
    expect(estimate.warnings.map(({ kind }) => kind)).toEqual(["short_prompt"]);
  });

  test("own rates of a model that no book knows have no list cost", () => {
    const rates = { input: 1_000_000n, cacheCreate5m: null, cacheCreate1h: null, cacheRead: null, output: 2_000_000n };
    const own: Override = { ...dated, kind: "rates", model: "our-llama", platform: null, rates };
    const plain = workload({ input_tokens: 10, output_tokens: 10 });
    const { total, listTotal } = priced(estimateCall("our-llama", plain, withContract(own)));
    expect([toPicos(total), listTotal]).toEqual([30_000_000n, null]);
    const cached = { ...plain, cacheHitShare: 1n };
    expect(estimateCall("our-llama", cached, withContract(own))).toMatchObject({ reason: "no_rate_for_cache_read" });
  });
});

describe("amounts", () => {
  test("margins multiply, applied after: $0.05 × 1,000 × 30 × 1.3 × 1.2", () => {
    const { total } = priced(
      estimateCall("claude-opus-5-5", workload({ input_tokens: 10_000, output_tokens: 500 }), LIST_PRICES),
    );
    expect(toPicos(total, 30_000n, MARGINS)).toBe(2_340_000_000_000_000n);
  });

  test("are rounded once, half up", () => {
    expect(toPicos(500_000_000_000n)).toBe(1n);
    expect(toPicos(499_999_999_999n)).toBe(0n);
    expect(toPicos(400_000_000_000n, 1n, MARGINS)).toBe(1n);
  });

  test("the rate that results: half the calls at $4, half at $2 for a million", () => {
    const asked = workload({ input_tokens: 1_000, output_tokens: 0 }, { batchShare: percent(50) });
    const { cost, tokens } = priced(estimateCall("claude-opus-5-5", asked, LIST_PRICES));
    expect(effectiveRate(cost.input, tokens.input)).toBe(3_000_000_000_000n);
    expect(effectiveRate(cost.output, tokens.output)).toBeNull();
  });
});

const MODELS = buildBook(PRICE_FILES).models.map(({ id }) => id);
const count = fc.integer({ min: 0, max: 300_000 });
const anyTokens = fc.record({
  input_tokens: count,
  cache_create_5m_tokens: count,
  cache_create_1h_tokens: count,
  cache_read_tokens: count,
  output_tokens: count,
});

test("with both shares at 0 it is what priceCall says, for any model and tokens", () => {
  fc.assert(
    fc.property(fc.constantFrom(...MODELS), anyTokens, (model, tokens) => {
      const asked = workload(tokens, { batchShare: 0n });
      const estimate = estimateCall(model, asked, LIST_PRICES);
      const { provider } = estimate;
      const context = {
        provider,
        platform: provider,
        occurredAt: DAY,
        location: null,
        stopReason: null,
        statusCode: 200,
      };
      const [line] = priceCall(usageOf({ ...tokens, model }), context, LIST_PRICES);
      const cost = estimate.ok ? toPicos(estimate.perCall.total) : null;
      expect([cost, estimate.ok ? null : estimate.reason]).toEqual([line?.costUsdPicos, line?.reason]);
    }),
    { numRuns: 500 },
  );
});

test("the kinds add up to the total, exactly, whatever the shares", () => {
  const share = fc.bigInt({ min: 0n, max: WHOLE });
  fc.assert(
    fc.property(fc.constantFrom(...MODELS), anyTokens, share, share, (model, tokens, batchShare, cacheHitShare) => {
      const estimate = estimateCall(model, workload(tokens, { batchShare, cacheHitShare }), LIST_PRICES);
      if (!estimate.ok) return;
      const { cost, total, listTotal, tokens: mean } = estimate.perCall;
      expect(TOKEN_KINDS.reduce((sum, kind) => sum + cost[kind], cost.webSearch)).toBe(total);
      expect(listTotal).toBe(total);
      const all = Object.values(tokens).reduce((sum, each) => sum + BigInt(each), 0n);
      expect(TOKEN_KINDS.reduce((sum, kind) => sum + mean[kind], 0n)).toBe(all * WHOLE * WHOLE);
    }),
    { numRuns: 500 },
  );
});
