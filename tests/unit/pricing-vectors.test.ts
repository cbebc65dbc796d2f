import { describe, expect, test } from "vitest";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { inferPlatform } from "@/lib/pricing/platform";
import { type CostByKind, type PricedLine, TOKEN_KINDS, type TokenCounts } from "@/lib/pricing/schema";
import vectors from "@/tests/fixtures/pricing-vectors.json";

const KINDS = {
  input_fresh: "input",
  cache_write_5m: "cacheCreate5m",
  cache_write_1h: "cacheCreate1h",
  cache_read: "cacheRead",
  output: "output",
  web_search: "webSearch",
} as const;

type Vector = {
  name: string;
  provider: string;
  model: string;
  at: string;
  usage: unknown;
  flags: { location?: string; batch?: boolean };
  stop_reason?: string;
  expected: {
    priced: boolean;
    reason?: string;
    input_fresh: number;
    cache_write_5m: number;
    cache_write_1h: number;
    cache_read: number;
    output: number;
    cost_usd_picos: string | null;
    tier?: string;
    multipliers?: string[];
    notes?: string[];
    lines: { model: string | null; kind: keyof typeof KINDS; tokens?: number; cost_usd_picos: string }[];
  };
};

function priceVector(vector: Vector): PricedLine[] {
  const home = inferPlatform(vector.model, { provider: vector.provider });
  const result = normalizeUsage({
    model: vector.model,
    provider: home.provider,
    usage: vector.usage,
    service_tier: vector.flags.batch ? "batch" : null,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return priceCall(
    result.usage,
    {
      ...home,
      occurredAt: new Date(vector.at),
      location: vector.flags.location ?? null,
      stopReason: vector.stop_reason ?? null,
      statusCode: 200,
    },
    LIST_PRICES,
  );
}

function sumTokens(lines: readonly PricedLine[]): TokenCounts {
  const sum = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
  for (const line of lines) for (const kind of TOKEN_KINDS) sum[kind] += line.tokens[kind];
  return sum;
}

/** "model/kind" → picodollars, leaving out zeros. */
function costsByKind(lines: readonly PricedLine[]): Record<string, bigint> {
  const costs: Record<string, bigint> = {};
  for (const { model, cost } of lines) {
    for (const [kind, picos] of Object.entries(cost ?? {}) as [keyof CostByKind, bigint][]) {
      if (picos !== 0n) costs[kind === "webSearch" ? kind : `${model}/${kind}`] = picos;
    }
  }
  return costs;
}

describe("the published pricing vectors", () => {
  test.each(vectors as Vector[])("$name", (vector) => {
    const { expected } = vector;
    const lines = priceVector(vector);
    expect(sumTokens(lines)).toEqual({
      input: expected.input_fresh,
      cacheCreate5m: expected.cache_write_5m,
      cacheCreate1h: expected.cache_write_1h,
      cacheRead: expected.cache_read,
      output: expected.output,
    });
    expect(lines.map((line) => line.line)).toEqual(lines.map((_, index) => index));
    if (!expected.priced) {
      expect(lines.map(({ status, reason, cost, costUsdPicos }) => ({ status, reason, cost, costUsdPicos }))).toEqual([
        { status: "unpriced", reason: expected.reason, cost: null, costUsdPicos: null },
      ]);
      return;
    }
    const total = lines.reduce((sum, line) => sum + (line.costUsdPicos ?? 0n), 0n);
    expect(total.toString()).toBe(expected.cost_usd_picos);
    // The day of a price change is marked in the product and not in the vectors.
    const notes = lines.flatMap((line) => line.notes).filter((note) => note !== "price_change_day");
    expect(notes).toEqual(expected.notes);
    const billed = lines.filter((line) => line.status !== "not_billable");
    expect(new Set(billed.map((line) => line.tier))).toEqual(new Set(expected.tier ? [expected.tier] : []));
    expect(new Set(billed.flatMap((line) => line.multipliers))).toEqual(new Set(expected.multipliers ?? []));
    const expectedCosts: Record<string, bigint> = {};
    for (const { model, kind, cost_usd_picos } of expected.lines) {
      const key = model === null ? "webSearch" : `${model}/${KINDS[kind]}`;
      expectedCosts[key] = (expectedCosts[key] ?? 0n) + BigInt(cost_usd_picos);
    }
    expect(costsByKind(lines)).toEqual(expectedCosts);
  });
});
