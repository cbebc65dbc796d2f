import { describe, expect, test } from "vitest";
import { findDeploySpans } from "@/lib/reports/deploy-spans";
import { checkQuery, runReport } from "@/lib/reports/registry";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const filters = [{ dimension: "deploy", op: "is", values: ["new"] }] as const;
const old: Sketch = { deploy_sha: "old", cost: 100, input_tokens: 10, cache_read_tokens: 90, output_tokens: 4 };
const at = (time: string) => ({ occurred_at: `2026-11-${time}:00.000Z` });

describe("deploy-comparison", () => {
  test("against another deploy: each by its own calls from its own first on, every figure on both sides", async () => {
    const scope = emptyProject();
    await store(scope, [
      { ...old, ...at("10T09:00") },
      { ...old, ...at("10T10:00"), status_code: 500, cost: 0, output_tokens: 0 },
      { ...old, ...at("11T10:00"), cost: 9_999 },
      { ...old, ...at("10T10:30"), deploy_sha: "other", cost: 9_999 },
      { ...old, ...at("19T09:00"), deploy_sha: "new", cost: 300, input_tokens: 30, cache_create_5m_tokens: 7 },
      { ...old, ...at("19T09:01"), deploy_sha: "new", status_code: 429, attempt: 2, cost: 0 },
      { ...old, ...at("19T09:02"), deploy_sha: "new", cost: null, model: "unknown" },
      { ...old, ...at("19T09:03"), cost: 9_999 },
    ]);
    const asked = query({ filters, window: "24h", against: "old" });
    const { period, compare, rows, coverage } = await runReport(scope, "deploy-comparison", asked, NOW);
    expect([compare?.from.toJSON(), period.from.toJSON()]).toEqual([
      "2026-11-10T09:00:00.000Z",
      "2026-11-19T09:00:00.000Z",
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      feature: "support-reply",
      calls: 3n,
      compare_calls: 2n,
      cost: 300n,
      compare_cost: 100n,
      change: 200n,
      // One priced first try where there were two of 50 each.
      volume: -50n,
      effect: 250n,
      cost_per_call: 150n,
      compare_cost_per_call: 50n,
      fresh_input_tokens_per_call: 50 / 3,
      compare_fresh_input_tokens_per_call: 10,
      cache_create_5m_tokens_per_call: 7 / 3,
      compare_cache_create_5m_tokens_per_call: 0,
      cache_create_1h_tokens_per_call: 0,
      cache_read_tokens_per_call: 90,
      compare_cache_read_tokens_per_call: 90,
      output_tokens_per_call: 4,
      compare_output_tokens_per_call: 2,
      errors: 0n,
      compare_errors: 1n,
      rate_limited: 1n,
      compare_rate_limited: 0n,
      retried_calls: 1n,
      compare_retried_calls: 0n,
      unpriced_calls: 1n,
      compare_unpriced_calls: 0n,
    });
    expect(coverage).toMatchObject({ calls: 3n, unpricedCalls: 1n });
  });

  test("a deploy that is left out is left out of the time before as well", async () => {
    const scope = emptyProject();
    await store(scope, [
      { ...old, ...at("19T08:00") },
      { ...old, ...at("19T08:30"), deploy_sha: "kept" },
      { ...old, ...at("19T09:00"), deploy_sha: "new" },
    ]);
    const left = [...filters, { dimension: "deploy", op: "is_not", values: ["old"] }] as const;
    const { totals } = await runReport(scope, "deploy-comparison", query({ filters: left, window: "24h" }), NOW);
    expect([totals.compare_calls, totals.calls]).toEqual([1n, 1n]);
  });

  test("a deploy that began with the time before is named, one that began with the deploy is not", async () => {
    const scope = emptyProject();
    await store(scope, [
      { ...old, ...at("18T09:00"), deploy_sha: "edge" },
      { ...old, ...at("18T08:59"), deploy_sha: "older" },
      { ...old, ...at("19T09:00"), deploy_sha: "new" },
      { ...old, ...at("19T09:00"), deploy_sha: "twin" },
    ]);
    const spans = await findDeploySpans(scope, "new", "24h", [], NOW);
    expect(spans?.others.map(({ deploy }) => deploy)).toEqual(["edge"]);
  });

  test("refuses what is no other deploy, and other reports refuse the parameter", async () => {
    const scope = emptyProject();
    await store(scope, [{ ...old, ...at("19T09:00"), deploy_sha: "new" }]);
    const asked = query({ filters, against: "nobody" });
    await expect(runReport(scope, "deploy-comparison", asked, NOW)).rejects.toMatchObject({
      status: 400,
      members: { errors: [{ path: "against", message: "is not a deploy with calls" }] },
    });
    expect(checkQuery("deploy-comparison", query({ filters, against: "new" }))).toEqual([
      { path: "against", message: "must name another deploy" },
    ]);
    expect(checkQuery("deploys", query({ against: "new", metric: "cache_hit" })).map(({ path }) => path)).toEqual([
      "against",
      "metric",
    ]);
  });
});

test("deploys: what has no change to sort by comes last in both directions", async () => {
  const scope = emptyProject();
  await store(scope, [
    { ...old, ...at("18T09:00"), deploy_sha: "first" },
    { ...old, ...at("19T09:00"), deploy_sha: "dearer", cost: 150 },
    { ...old, ...at("20T09:00"), deploy_sha: "cheaper", cost: 75 },
  ]);
  const sorted = async (dir: "asc" | "desc") => {
    const { rows } = await runReport(scope, "deploys", query({ sort: { key: "change_cost_per_call", dir } }), NOW);
    expect(rows.map(({ compare_calls }) => compare_calls ?? 0n).sort()).toEqual([0n, 1n, 1n]);
    return rows.map(({ deploy }) => deploy);
  };
  expect(await sorted("desc")).toEqual(["dearer", "cheaper", "first"]);
  expect(await sorted("asc")).toEqual(["cheaper", "dearer", "first"]);
});
