import { describe, expect, test } from "vitest";
import { MEASURES } from "@/lib/reports/catalogue";
import { runReport } from "@/lib/reports/registry";
import { emptyProject, NOW, query, store } from "../../support/call-rows";

const at = (time: string) => new Date(time);

describe("cost-by-tenant", () => {
  test("adds up calls, tokens and money by tenant, dearest first, with totals over all", async () => {
    const scope = emptyProject();
    await store(scope, [
      {
        tenant_id: "Northwind",
        cost: 1_000,
        input_tokens: 100,
        cache_read_tokens: 300,
        output_tokens: 10,
        latency_ms: 400,
      },
      { tenant_id: "Northwind", cost: 2_000, input_tokens: 100, output_tokens: 20, latency_ms: 200, attempt: 2 },
      { tenant_id: "Fabrikam", cost: 9_007_199_254_740_993n, input_tokens: 5, status_code: 200 },
      { tenant_id: "Fabrikam", cost: 0, status_code: 429 },
      { tenant_id: "Fabrikam", cost: null, input_tokens: 7, output_tokens: 3 },
      { tenant_id: "Elsewhen", cost: 5, occurred_at: "2026-11-14T23:59:59.999Z" },
    ]);
    const measures = ["cost", "calls", "cost_per_call", "tokens", "cache_hit", "rate_limited", "retries", "latency"];
    const result = await runReport(scope, "cost-by-tenant", query({ measures }), NOW);
    expect(result.columns.map(({ key }) => key)).toEqual([
      "tenant",
      "cost",
      "calls",
      "cost_per_call",
      "tokens",
      "cache_hit",
      "rate_limited",
      "retries",
      "latency",
    ]);
    expect(result.rows).toEqual([
      {
        tenant: "Fabrikam",
        cost: 9_007_199_254_740_993n,
        calls: 3n,
        cost_per_call: 4_503_599_627_370_497n,
        tokens: 15n,
        cache_hit: 0,
        rate_limited: 1n,
        retries: 0n,
        latency: 0,
      },
      {
        tenant: "Northwind",
        cost: 3_000n,
        calls: 2n,
        cost_per_call: 1_500n,
        tokens: 530n,
        cache_hit: 0.6,
        rate_limited: 0n,
        retries: 1n,
        latency: 300,
      },
    ]);
    expect(result.rowCount).toBe(2);
    expect(result.totals).toMatchObject({ cost: 9_007_199_254_743_993n, calls: 5n, tokens: 545n });
    expect(result.coverage).toEqual({
      calls: 5n,
      tokens: 545n,
      unpricedCalls: 1n,
      unpricedTokens: 10n,
      estimatedCalls: 0n,
      estimatedCostUsdPicos: 0n,
    });
  });

  test("sums beyond 2^63 stay exact", async () => {
    const scope = emptyProject();
    const most = 9_223_372_036_854_775_807n;
    await store(scope, [{ cost: most }, { cost: most, feature: "agent-run" }]);
    const { totals } = await runReport(scope, "cost-by-tenant", query({ measures: ["cost"] }), NOW);
    expect(totals).toEqual({ cost: 18_446_744_073_709_551_614n });
  });

  test("a cut list still has the totals and the count of all", async () => {
    const scope = emptyProject();
    await store(
      scope,
      [1, 2, 3, 4].map((cost) => ({ tenant_id: `tenant-${cost}`, cost })),
    );
    const result = await runReport(scope, "cost-by-tenant", query({ measures: ["cost"], limit: 2 }), NOW);
    expect(result.rows).toEqual([
      { tenant: "tenant-4", cost: 4n },
      { tenant: "tenant-3", cost: 3n },
    ]);
    expect([result.rowCount, result.totals]).toEqual([4, { cost: 10n }]);
  });

  test("nothing at all: no rows, zero spent, no ratio", async () => {
    const result = await runReport(
      emptyProject(),
      "cost-by-tenant",
      query({ measures: ["cost", "cache_hit", "cost_per_call"] }),
      NOW,
    );
    expect([result.rows, result.rowCount]).toEqual([[], 0]);
    expect(result.totals).toEqual({ cost: 0n, cache_hit: null, cost_per_call: null });
    expect(result.coverage.calls).toBe(0n);
  });
});

describe("comparison", () => {
  test("new groups have none before, gone ones are zero now", async () => {
    const scope = emptyProject();
    await store(scope, [
      { tenant_id: "stays", cost: 30 },
      { tenant_id: "stays", cost: 20, occurred_at: "2026-11-10T00:00:00.000Z" },
      { tenant_id: "new", cost: 7 },
      { tenant_id: "gone", cost: 5, occurred_at: "2026-11-10T00:00:00.000Z" },
    ]);
    const compare = { from: at("2026-11-08T00:00Z"), to: at("2026-11-14T14:32Z") };
    const result = await runReport(scope, "cost-by-tenant", query({ measures: ["cost"], compare }), NOW);
    expect(result.rows).toEqual([
      { tenant: "stays", cost: 30n, compare_cost: 20n },
      { tenant: "new", cost: 7n, compare_cost: null },
      { tenant: "gone", cost: 0n, compare_cost: 5n },
    ]);
    expect(result.totals).toEqual({ cost: 37n, compare_cost: 25n });
  });

  test("ends at the minute: the ragged end comes from the calls themselves", async () => {
    const scope = emptyProject();
    await store(scope, [
      { cost: 1, occurred_at: "2026-11-14T14:31:59.999Z" },
      { cost: 10, occurred_at: "2026-11-14T14:32:00.000Z" },
      { cost: 100, occurred_at: "2026-11-14T13:59:00.000Z" },
      { cost: 1000, occurred_at: "2026-11-13T23:59:00.000Z" },
      { cost: null, attempt: 3, line: 0, input_tokens: 4, occurred_at: "2026-11-14T14:00:00.000Z" },
    ]);
    const compare = { from: at("2026-11-08T00:00Z"), to: at("2026-11-14T14:32Z") };
    const measures = ["cost", "calls", "retries", "unpriced_tokens", "last_seen"];
    const { totals } = await runReport(scope, "usage-summary", query({ measures, compare }), NOW);
    expect(totals).toMatchObject({
      compare_cost: 1101n,
      compare_calls: 4n,
      compare_retries: 1n,
      compare_unpriced_tokens: 4n,
      compare_last_seen: at("2026-11-14T14:31:59.999Z"),
      calls: 0n,
    });
  });
});

describe("cost-over-time", () => {
  test("a day without calls has no row; the comparison lies on the day in the same place", async () => {
    const scope = emptyProject();
    await store(scope, [
      { cost: 1, occurred_at: "2026-11-15T00:00:00.000Z" },
      { cost: 2, occurred_at: "2026-11-17T23:59:59.999Z" },
      { cost: 4, occurred_at: "2026-11-08T05:00:00.000Z" },
      { cost: 8, occurred_at: "2026-11-09T05:00:00.000Z" },
    ]);
    const compare = { from: at("2026-11-08T00:00Z"), to: at("2026-11-14T14:32Z") };
    const { rows, bucket } = await runReport(scope, "cost-over-time", query({ measures: ["cost"], compare }), NOW);
    expect(bucket).toBe("day");
    expect(rows).toEqual([
      { bucket: at("2026-11-15T00:00Z"), cost: 1n, compare_cost: 4n },
      { bucket: at("2026-11-16T00:00Z"), cost: 0n, compare_cost: 8n },
      { bucket: at("2026-11-17T00:00Z"), cost: 2n, compare_cost: null },
    ]);
  });

  test("a comparison that is not whole hours away still falls into whole hours", async () => {
    const scope = emptyProject();
    await store(scope, [{ cost: 1, occurred_at: "2026-11-20T08:10:00.000Z" }]);
    const period = { from: at("2026-11-20T09:30Z"), to: at("2026-11-20T11:00Z") };
    const compare = { from: at("2026-11-20T08:00Z"), to: at("2026-11-20T09:30Z") };
    const asked = query({ measures: ["cost"], period, compare, bucket: "hour" });
    const { rows } = await runReport(scope, "cost-over-time", asked, NOW);
    expect(rows).toEqual([{ bucket: at("2026-11-20T09:00Z"), cost: 0n, compare_cost: 1n }]);
  });

  test("stacked, the lesser groups are added up under null and nothing is lost", async () => {
    const scope = emptyProject();
    await store(scope, [
      { feature: "big", cost: 100, occurred_at: "2026-11-16T01:00:00.000Z" },
      { feature: "mid", cost: 50, occurred_at: "2026-11-16T02:00:00.000Z" },
      { feature: "low", cost: 9, occurred_at: "2026-11-16T03:00:00.000Z" },
      { feature: "tiny", cost: 1, occurred_at: "2026-11-16T04:00:00.000Z" },
      { feature: "tiny", cost: 60, occurred_at: "2026-11-18T04:00:00.000Z" },
    ]);
    const result = await runReport(
      scope,
      "cost-over-time",
      query({ measures: ["cost"], groupBy: ["feature"], limit: 2 }),
      NOW,
    );
    expect(result.rows).toEqual([
      { bucket: at("2026-11-16T00:00Z"), feature: "big", cost: 100n },
      { bucket: at("2026-11-16T00:00Z"), feature: null, cost: 59n },
      { bucket: at("2026-11-16T00:00Z"), feature: "tiny", cost: 1n },
      { bucket: at("2026-11-18T00:00Z"), feature: "tiny", cost: 60n },
    ]);
    expect([result.rowCount, result.totals]).toEqual([4, { cost: 220n }]);
  });

  test("by week, weeks start on Monday", async () => {
    const scope = emptyProject();
    await store(scope, [
      { cost: 1, occurred_at: "2026-11-15T23:59:59.000Z" },
      { cost: 2, occurred_at: "2026-11-16T00:00:00.000Z" },
    ]);
    const { rows } = await runReport(scope, "cost-over-time", query({ measures: ["cost"], bucket: "week" }), NOW);
    expect(rows).toEqual([
      { bucket: at("2026-11-09T00:00Z"), cost: 1n },
      { bucket: at("2026-11-16T00:00Z"), cost: 2n },
    ]);
  });
});

describe("filters", () => {
  test("values are alternatives, filters add up, attempt tells retries apart", async () => {
    const scope = emptyProject();
    await store(scope, [
      { cost: 1, model: "a", tenant_id: "x" },
      { cost: 2, model: "b", tenant_id: "x" },
      { cost: 4, model: "c", tenant_id: "x" },
      { cost: 8, model: "a", tenant_id: "y", attempt: 2 },
    ]);
    const cost = async (filters: Parameters<typeof query>[0]) =>
      (await runReport(scope, "usage-summary", query({ measures: ["cost"], ...filters }), NOW)).totals.cost;
    expect(await cost({ filters: [{ dimension: "model", op: "is", values: ["a", "b"] }] })).toBe(11n);
    expect(await cost({ filters: [{ dimension: "model", op: "is_not", values: ["a", "b"] }] })).toBe(4n);
    expect(await cost({ filters: [{ dimension: "attempt", op: "is", values: ["retry"] }] })).toBe(8n);
    expect(
      await cost({
        filters: [
          { dimension: "model", op: "is", values: ["a"] },
          { dimension: "tenant", op: "is_not", values: ["y"] },
        ],
      }),
    ).toBe(1n);
    const ragged = { from: at("2026-11-20T11:59:59.999Z"), to: at("2026-11-20T12:00:00.001Z") };
    expect(await cost({ period: ragged, filters: [{ dimension: "attempt", op: "is", values: ["first"] }] })).toBe(7n);
  });
});

test("every measure of the catalogue can be asked for, sorted by and compared", async () => {
  const scope = emptyProject();
  await store(scope, [{ cost: 1, input_tokens: 1 }]);
  const compare = { from: at("2026-11-08T00:00Z"), to: at("2026-11-14T14:32Z") };
  for (const key of MEASURES.flatMap((name) => [name, `compare_${name}`, `change_${name}`])) {
    if (key.startsWith("change_") && key.endsWith("_seen")) continue;
    const asked = query({ compare, measures: MEASURES, sort: { key, dir: "desc" } });
    const { rows } = await runReport(scope, "cost-by-feature", asked, NOW);
    expect(rows).toHaveLength(1);
  }
});
