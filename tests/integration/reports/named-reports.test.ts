import { describe, expect, test } from "vitest";
import { findDeploySpans } from "@/lib/reports/deploy-spans";
import { runReport } from "@/lib/reports/registry";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const at = (time: string) => new Date(time);
const lastWeek = { from: at("2026-11-08T00:00Z"), to: at("2026-11-14T14:32Z") };

test("cost-by-token-kind", async () => {
  const scope = emptyProject();
  await store(scope, [
    {
      cost: 111_111n,
      input_tokens: 1,
      cache_create_5m_tokens: 2,
      cache_create_1h_tokens: 3,
      cache_read_tokens: 4,
      output_tokens: 5,
      web_search_requests: 6,
      input_cost_usd_picos: "1",
      cache_create_5m_cost_usd_picos: "10",
      cache_create_1h_cost_usd_picos: "100",
      cache_read_cost_usd_picos: "1000",
      output_cost_usd_picos: "10000",
      web_search_cost_usd_picos: "100000",
    },
  ]);
  const { rows, totals, rowCount } = await runReport(scope, "cost-by-token-kind", query(), NOW);
  expect(rows).toEqual([
    { token_kind: "input", cost: 1n, tokens: 1n },
    { token_kind: "cache_create_5m", cost: 10n, tokens: 2n },
    { token_kind: "cache_create_1h", cost: 100n, tokens: 3n },
    { token_kind: "cache_read", cost: 1_000n, tokens: 4n },
    { token_kind: "output", cost: 10_000n, tokens: 5n },
    { token_kind: "web_search", cost: 100_000n, tokens: 0n },
  ]);
  expect([rowCount, totals]).toEqual([6, { cost: 111_111n, tokens: 15n }]);
  const series = await runReport(scope, "cost-by-token-kind", query({ bucket: "day", compare: lastWeek }), NOW);
  expect(series.rows[3]).toEqual({
    bucket: at("2026-11-20T00:00Z"),
    token_kind: "cache_read",
    cost: 1_000n,
    tokens: 4n,
    compare_cost: null,
    compare_tokens: null,
  });
});

test("tenants-week-over-week: a tenant without spend before is new, not 0 %", async () => {
  const scope = emptyProject();
  await store(scope, [
    { tenant_id: "grows", cost: 150, occurred_at: "2026-11-21T14:31:59.999Z" },
    { tenant_id: "grows", cost: 1_000_000, occurred_at: "2026-11-21T14:32:00.000Z" },
    { tenant_id: "grows", cost: 100, occurred_at: "2026-11-14T14:31:59.999Z" },
    { tenant_id: "halves", cost: 20, occurred_at: "2026-11-14T14:32:00.000Z" },
    { tenant_id: "halves", cost: 40, occurred_at: "2026-11-07T14:32:00.000Z" },
    { tenant_id: "new", cost: 7 },
    { tenant_id: "old", cost: 1_000_000, occurred_at: "2026-11-07T14:31:59.999Z" },
  ]);
  const result = await runReport(scope, "tenants-week-over-week", query(), NOW);
  expect(result.rows).toEqual([
    { tenant: "grows", cost: 150n, compare_cost: 100n, calls: 1n, compare_calls: 1n, change_cost: 0.5 },
    { tenant: "halves", cost: 20n, compare_cost: 40n, calls: 1n, compare_calls: 1n, change_cost: -0.5 },
    { tenant: "new", cost: 7n, compare_cost: null, calls: 1n, compare_calls: null, change_cost: null },
  ]);
  expect(result.totals).toMatchObject({ cost: 177n, compare_cost: 140n });
  const steepest = await runReport(
    scope,
    "tenants-week-over-week",
    query({ sort: { key: "change_cost", dir: "asc" } }),
    NOW,
  );
  expect(steepest.rows.map(({ tenant }) => tenant)).toEqual(["halves", "grows", "new"]);
});

test("top-movers: features and tenants in one list, by the size of the difference", async () => {
  const scope = emptyProject();
  const before = "2026-11-10T00:00:00.000Z";
  await store(scope, [
    { tenant_id: "t1", feature: "f1", cost: 50 },
    { tenant_id: "t1", feature: "f1", cost: 10, occurred_at: before },
    { tenant_id: "t2", feature: "f2", cost: 1 },
    { tenant_id: "t2", feature: "f2", cost: 71, occurred_at: before },
    { tenant_id: "t3", feature: "f2", cost: 5 },
  ]);
  const { rows, totals, rowCount } = await runReport(scope, "top-movers", query({ compare: lastWeek, limit: 4 }), NOW);
  expect(rows).toEqual([
    { dimension: "tenant", name: "t2", cost: 1n, compare_cost: 71n, difference: -70n, change_cost: -70 / 71 },
    { dimension: "feature", name: "f2", cost: 6n, compare_cost: 71n, difference: -65n, change_cost: -65 / 71 },
    { dimension: "feature", name: "f1", cost: 50n, compare_cost: 10n, difference: 40n, change_cost: 4 },
    { dimension: "tenant", name: "t1", cost: 50n, compare_cost: 10n, difference: 40n, change_cost: 4 },
  ]);
  expect([rowCount, totals]).toEqual([5, { cost: 56n, compare_cost: 81n, difference: -25n, change_cost: -25 / 81 }]);
});

test("cache-hit-by-feature: the worst first, features without a prompt last", async () => {
  const scope = emptyProject();
  await store(scope, [
    { feature: "warm", cache_read_tokens: 90, input_tokens: 10 },
    { feature: "cold", cache_read_tokens: 1, input_tokens: 9, cache_create_5m_tokens: 10 },
    { feature: "failed", status_code: 500 },
  ]);
  const { rows } = await runReport(scope, "cache-hit-by-feature", query({ measures: ["cache_hit"] }), NOW);
  expect(rows).toEqual([
    { feature: "cold", cache_hit: 0.05 },
    { feature: "warm", cache_hit: 0.9 },
    { feature: "failed", cache_hit: null },
  ]);
});

test("input-tokens-per-call: by feature over time", async () => {
  const scope = emptyProject();
  await store(scope, [
    { feature: "agent-run", input_tokens: 10, cache_read_tokens: 20, cache_create_1h_tokens: 5 },
    { feature: "agent-run", input_tokens: 10 },
    { feature: "agent-run", input_tokens: 100, occurred_at: "2026-11-21T00:00:00.000Z" },
  ]);
  const asked = query({ measures: ["input_tokens_per_call"] });
  expect((await runReport(scope, "input-tokens-per-call", asked, NOW)).rows).toEqual([
    { bucket: at("2026-11-20T00:00Z"), feature: "agent-run", input_tokens_per_call: 22.5 },
    { bucket: at("2026-11-21T00:00Z"), feature: "agent-run", input_tokens_per_call: 100 },
  ]);
});

test("cost-per-hour: the last 14 days of the period, by the hour", async () => {
  const scope = emptyProject();
  await store(scope, [
    { cost: 3, occurred_at: "2026-11-08T00:00:00.000Z" },
    { cost: 100, occurred_at: "2026-11-07T23:59:59.999Z" },
    { cost: 4, occurred_at: "2026-11-21T13:59:59.999Z" },
  ]);
  const period = { from: at("2026-10-25T00:00Z"), to: at("2026-11-22T00:00Z") };
  const { rows, totals } = await runReport(scope, "cost-per-hour", query({ period, measures: ["cost"] }), NOW);
  expect(rows).toEqual([
    { bucket: at("2026-11-08T00:00Z"), cost: 3n },
    { bucket: at("2026-11-21T13:00Z"), cost: 4n },
  ]);
  expect(totals).toEqual({ cost: 7n });
});

describe("deploys", () => {
  const calls: Sketch[] = [
    { deploy_sha: "second", feature: "a", cost: 30, occurred_at: "2026-11-17T00:00:00.000Z" },
    { deploy_sha: "first", feature: "a", cost: 10, occurred_at: "2026-11-18T00:00:00.000Z" },
    { deploy_sha: "first", feature: "b", cost: 10, occurred_at: "2026-10-01T00:00:00.000Z" },
    { deploy_sha: "third", feature: "a", cost: 15, occurred_at: "2026-11-19T00:00:00.000Z" },
    { deploy_sha: "third", feature: "b", cost: null, occurred_at: "2026-11-19T00:00:00.000Z" },
    { deploy_sha: "ended", feature: "b", cost: 99, occurred_at: "2026-10-02T00:00:00.000Z" },
  ];

  test("in order of their first call, over all time, each beside the one before", async () => {
    const scope = emptyProject();
    await store(scope, calls);
    const { rows, rowCount, totals } = await runReport(scope, "deploys", query(), NOW);
    const shown = rows.map((row) => [
      row.deploy,
      row.deploy_before,
      row.cost_per_call,
      row.compare_cost_per_call,
      row.change_cost_per_call,
    ]);
    expect(shown).toEqual([
      ["first", null, 10n, null, null],
      ["second", "first", 30n, 10n, 2],
      ["third", "second", 15n, 30n, -0.5],
    ]);
    expect(rows[0]).toMatchObject({
      first_seen: at("2026-10-01T00:00Z"),
      last_seen: at("2026-11-18T00:00Z"),
      calls: 1n,
      cost: 10n,
    });
    expect([rowCount, totals.cost]).toEqual([3, 55n]);
    const latest = await runReport(scope, "deploys", query({ limit: 1 }), NOW);
    expect([latest.rows.map(({ deploy }) => deploy), latest.rowCount, latest.totals.cost]).toEqual([["third"], 3, 55n]);
  });

  test("feature by feature, and one deploy alone still knows the one before", async () => {
    const scope = emptyProject();
    await store(scope, calls);
    const filters = [{ dimension: "deploy", op: "is", values: ["third"] }] as const;
    const { rows, totals } = await runReport(scope, "deploys", query({ groupBy: ["feature"], filters }), NOW);
    expect(rows.map(({ deploy, feature, deploy_before }) => [deploy, feature, deploy_before])).toEqual([
      ["third", "a", "second"],
      ["third", "b", null],
    ]);
    expect(totals.cost).toBe(15n);
  });
});

describe("deploy-comparison", () => {
  const usual: Sketch = { deploy_sha: "before", cost: 100, input_tokens: 10, cache_read_tokens: 90 };
  const costs = { input_cost_usd_picos: "10", cache_read_cost_usd_picos: "90" };
  const broken = { deploy_sha: "bad", input_tokens: 10, cache_create_5m_tokens: 90, cost: 1135 };
  const dear = { input_cost_usd_picos: "10", cache_create_5m_cost_usd_picos: "1125" };

  test("the first hours of a deploy against as many before, to the second; parts add up", async () => {
    const scope = emptyProject();
    await store(scope, [
      { ...usual, ...costs, occurred_at: "2026-11-18T08:59:59.999Z" },
      { ...usual, ...costs, occurred_at: "2026-11-18T09:00:12.500Z" },
      { ...usual, ...costs, occurred_at: "2026-11-19T09:00:12.499Z" },
      { ...broken, ...dear, occurred_at: "2026-11-19T09:00:12.500Z" },
      { ...broken, ...dear, occurred_at: "2026-11-20T09:00:12.499Z", attempt: 2 },
      { ...broken, ...dear, occurred_at: "2026-11-20T09:00:12.500Z" },
      { deploy_sha: "bad", feature: "new", cost: 7, input_tokens: 1, occurred_at: "2026-11-19T10:00:00.000Z" },
    ]);
    const filters = [{ dimension: "deploy", op: "is", values: ["bad"] }] as const;
    const result = await runReport(scope, "deploy-comparison", query({ filters, window: "24h" }), NOW);
    expect([result.period, result.compare]).toEqual([
      { from: at("2026-11-19T09:00:12.500Z"), to: at("2026-11-20T09:00:12.500Z") },
      { from: at("2026-11-18T09:00:12.500Z"), to: at("2026-11-19T09:00:12.500Z") },
    ]);
    expect(result.rows[0]).toMatchObject({
      feature: "support-reply",
      calls: 2n,
      compare_calls: 2n,
      cost: 2270n,
      compare_cost: 200n,
      change: 2070n,
      volume: -100n,
      price: 0n,
      model_mix: 0n,
      fresh_input: 0n,
      cache: 1035n,
      output: 0n,
      retries: 1135n,
      effect: 2170n,
      cache_hit: 0,
      compare_cache_hit: 0.9,
      largest_part: "retries",
      why: "0 to 1 retries",
    });
    expect(result.rows[1]).toMatchObject({ feature: "new", volume: 7n, effect: 0n, largest_part: null, why: null });
    expect(result.totals).toMatchObject({ change: 2077n, volume: -93n, cache: 1035n, retries: 1135n });
    expect(result.coverage.calls).toBe(3n);
  });

  test("a deploy that nobody has seen compares nothing with nothing", async () => {
    const filters = [{ dimension: "deploy", op: "is", values: ["nowhere"] }] as const;
    const result = await runReport(emptyProject(), "deploy-comparison", query({ filters }), NOW);
    expect([result.rows, result.totals.change]).toEqual([[], 0n]);
  });
});

test("cost-change: why a period cost more than the one before", async () => {
  const scope = emptyProject();
  await store(scope, [
    {
      cost: 100,
      output_tokens: 10,
      input_cost_usd_picos: "0",
      output_cost_usd_picos: "100",
      occurred_at: "2026-11-10T00:00:00.000Z",
    },
    { cost: 300, output_tokens: 30, input_cost_usd_picos: "0", output_cost_usd_picos: "300" },
  ]);
  const { totals } = await runReport(scope, "cost-change", query({ compare: lastWeek }), NOW);
  expect(totals).toMatchObject({ change: 200n, output: 200n, volume: 0n, largest_part: "output" });
  expect(totals.why).toBe("support-reply: 10 to 30 output tokens a call");
});

test("a deploy's spans name the deploys that began in the time before", async () => {
  const scope = emptyProject();
  const days = ["15", "17", "18", "19", "21"];
  await store(
    scope,
    days.map((day) => ({ deploy_sha: `d${day}`, occurred_at: `2026-11-${day}T09:00:00.000Z` })),
  );
  const spans = await findDeploySpans(scope, "d18", "48h", [], NOW);
  expect(spans?.others.map(({ deploy }) => deploy)).toEqual(["d17"]);
  expect([spans?.deployBefore, spans?.deployAfter]).toEqual(["d17", "d19"]);
  const latest = await findDeploySpans(scope, "d21", "48h", [], NOW);
  expect(latest?.after).toEqual({ from: at("2026-11-21T09:00Z"), to: at("2026-11-21T14:32Z") });
  expect(latest?.before).toEqual({ from: at("2026-11-21T03:28Z"), to: at("2026-11-21T09:00Z") });
  expect(await findDeploySpans(scope, "never", "48h", [], NOW)).toBeNull();
});
