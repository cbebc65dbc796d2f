import { beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { recordOutcomes } from "@/lib/tasks/write";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const at = (minute: number, day = 20) => new Date(Date.UTC(2026, 10, day, 12, minute)).toJSON();
const call = (task_id: string | null, minute: number, cost: number | null, more: Sketch = {}): Sketch => ({
  task_id,
  cost,
  occurred_at: at(minute),
  latency_ms: 1000,
  input_tokens: 100,
  ...more,
});
const outcome = (task_id: string, outcome: "success" | "failure", tenant_id = "Northwind") => ({
  ...{ task_id, tenant_id, outcome },
  occurred_at: new Date(at(59)),
});
/** The cells named, of every row. */
const cells = (rows: readonly Row[], ...names: string[]) => rows.map((row) => names.map((name) => row[name] ?? null));

let scope: Scope;

beforeAll(async () => {
  scope = emptyProject();
  await store(scope, [
    // Succeeds in two turns, the first tried twice.
    call("t1", 0, 0, { status_code: 429, input_tokens: 0 }),
    call("t1", 1, 40, { attempt: 2 }),
    call("t1", 2, 60, { input_tokens: 499 }),
    // Fails; begun by another feature and deploy than it ends in. Its input grows five times.
    call("t2", 0, 7, { feature: "zoning", deploy_sha: "b" }),
    call("t2", 1, 3, { feature: "appeal", deploy_sha: "a", cache_read_tokens: 400 }),
    // Succeeds for little; the same id of another tenant fails, and the same id elsewhere is untold.
    call("t3", 0, 11),
    call("t3", 0, 200, { tenant_id: "Contoso" }),
    call("t3", 0, 1000, { environment: "staging" }),
    // Nobody tells; one of its calls has no price.
    call("t4", 0, 5),
    call("t4", 1, null),
    // No task.
    call(null, 0, 30),
    // Another day.
    call("t5", 0, 10_000, { occurred_at: at(0, 10) }),
  ]);
  await recordOutcomes(scope, "production", [
    ...[outcome("t1", "success"), outcome("t2", "failure"), outcome("t3", "success")],
    ...[outcome("t3", "failure", "Contoso"), outcome("t5", "success"), outcome("never called", "success")],
  ]);
});

describe("cost-per-successful-task", () => {
  const ask = (overrides = {}) => runReport(scope, "cost-per-successful-task", query(overrides), NOW);

  test("holds what failures cost, and leaves out tasks that nobody told the end of", async () => {
    const { rows, totals, rowCount, coverage } = await ask();
    expect(rows).toEqual([
      {
        ...{ tasks: 6n, cost: 1326n, successes: 2n, failures: 2n, success_rate: 0.5 },
        // t1 and t3; t2 and that of Contoso. (111 + 210) / 2, half a picodollar up.
        ...{ success_cost: 111n, failure_cost: 210n, cost_per_success: 161n },
        ...{ unpriced_successes: 0n, untold_tasks: 2n, untold_cost: 1005n, unpriced_calls: 1n },
      },
    ]);
    expect(totals).toEqual(rows[0]);
    expect([rowCount, coverage.calls, coverage.unpricedCalls]).toEqual([1, 11n, 1n]);
  });

  test("a task counts with the feature and deploy of its first call", async () => {
    const byFeature = await ask({ groupBy: ["feature"] });
    expect(cells(byFeature.rows, "feature", "tasks", "cost", "cost_per_success", "failure_cost")).toEqual([
      ["support-reply", 5n, 1316n, 156n, 200n],
      ["zoning", 1n, 10n, null, 10n],
    ]);
    const byDeploy = await ask({ groupBy: ["deploy", "tenant"], sort: null, limit: 2 });
    expect(cells(byDeploy.rows, "deploy", "tenant", "tasks", "cost")).toEqual([
      ["9f8e7d6", "Northwind", 4n, 1116n],
      ["9f8e7d6", "Contoso", 1n, 200n],
    ]);
    expect([byDeploy.rowCount, byDeploy.totals.cost]).toEqual([3, 1326n]);
  });

  test("filters choose calls: of a task with several features, those of the feature", async () => {
    const filters = [{ dimension: "feature", op: "is", values: ["appeal"] }] as const;
    const { rows } = await ask({ groupBy: ["feature", "deploy"], filters });
    expect(cells(rows, "feature", "deploy", "tasks", "cost", "failures")).toEqual([["appeal", "a", 1n, 3n, 1n]]);
  });

  test("without a success there is no cost per success, and without tasks no row", async () => {
    const filters = [{ dimension: "tenant", op: "is", values: ["Contoso"] }] as const;
    expect((await ask({ filters })).totals).toMatchObject({ success_rate: 0, cost_per_success: null });
    const none = await ask({ filters: [{ dimension: "tenant", op: "is", values: ["=1+1"] }] });
    expect([none.rows, none.totals.cost, none.totals.success_rate]).toEqual([[], 0n, null]);
  });

  test("a viewer of one tenant sees its tasks alone", async () => {
    const narrow = { ...scope, tenants: ["Contoso"] } as Scope;
    const { totals } = await runReport(narrow, "cost-per-successful-task", query(), NOW);
    expect(totals).toMatchObject({ tasks: 1n, cost: 200n, failures: 1n });
  });
});

test("cost-by-outcome: success, failure and untold, apart", async () => {
  const { rows, columns } = await runReport(scope, "cost-by-outcome", query(), NOW);
  expect(cells(rows, "outcome", "tasks", "cost", "cost_per_task", "calls", "turns_median", "unpriced_calls")).toEqual([
    ["untold", 2n, 1005n, 503n, 3n, 1, 1n],
    ["failure", 2n, 210n, 105n, 3n, 1, 0n],
    ["success", 2n, 111n, 56n, 4n, 1, 0n],
  ]);
  expect(columns[0]).toEqual({ key: "outcome", label: "Outcome", unit: "text" });
});

test("tasks of which no call has a price are in no mean, and are counted", async () => {
  const mine = emptyProject();
  await store(mine, [call("p", 0, 40), call("p", 1, null), call("u", 0, null), call("f", 0, null), call("g", 0, 20)]);
  await recordOutcomes(mine, "production", [
    ...[outcome("p", "success"), outcome("u", "success"), outcome("f", "failure"), outcome("g", "failure")],
  ]);
  const { totals } = await runReport(mine, "cost-per-successful-task", query(), NOW);
  expect(totals).toMatchObject({ successes: 2n, unpriced_successes: 1n, cost_per_success: 60n, success_rate: 0.5 });
  const { rows } = await runReport(mine, "cost-by-outcome", query(), NOW);
  expect(cells(rows, "outcome", "tasks", "unpriced_tasks", "cost_per_task")).toEqual([
    ["success", 2n, 1n, 40n],
    ["failure", 2n, 1n, 20n],
  ]);
  const dearest = await runReport(mine, "dearest-tasks", query(), NOW);
  expect(cells(dearest.rows, "task", "cost", "unpriced_calls")).toEqual([
    ["p", 40n, 1n],
    ["g", 20n, 0n],
    ["f", 0n, 1n],
    ["u", 0n, 1n],
  ]);
});

test("turns-per-task: a retry is no turn; a task grew when its last input is so many times its first", async () => {
  const ask = async (overrides = {}) =>
    (await runReport(scope, "turns-per-task", query({ groupBy: ["feature"], ...overrides }), NOW)).rows;
  const names = [
    "feature",
    "tasks",
    "turns_median",
    "turns_p95",
    "turns_max",
    "tasks_of_1",
    "tasks_of_2_3",
    "grown_tasks",
  ];
  expect(cells(await ask(), ...names)).toEqual([
    // t1 takes two turns: its refused first attempt and that call's retry are one.
    ["support-reply", 5n, 1, 2, 2, 3n, 2n, 0n],
    ["zoning", 1n, 2, 2, 2, 0n, 1n, 1n],
  ]);
  expect(cells(await ask({ options: { growth_times: 4 } }), "grown_tasks", "grown_share")).toEqual([
    [1n, 0.2],
    [1n, 1],
  ]);
});

test("dearest-tasks: by cost, each with its first feature and deploy, its outcome and how its input grew", async () => {
  const { rows, rowCount, totals } = await runReport(scope, "dearest-tasks", query({ limit: 4 }), NOW);
  expect(
    cells(rows, "task", "tenant", "environment", "feature", "deploy", "outcome", "cost", "calls", "turns"),
  ).toEqual([
    ["t3", "Northwind", "staging", "support-reply", "9f8e7d6", "untold", 1000n, 1n, 1n],
    ["t3", "Contoso", "production", "support-reply", "9f8e7d6", "failure", 200n, 1n, 1n],
    ["t1", "Northwind", "production", "support-reply", "9f8e7d6", "success", 100n, 3n, 2n],
    ["t3", "Northwind", "production", "support-reply", "9f8e7d6", "success", 11n, 1n, 1n],
  ]);
  expect([rowCount, totals]).toEqual([6, { cost: 1326n, calls: 10n, unpriced_calls: 1n }]);
  const names = ["first_input_tokens", "last_input_tokens", "input_growth", "duration", "first_seen"];
  expect(cells(rows.slice(2, 3), ...names)).toEqual([[100n, 499n, 4.99, 121_000, new Date(at(0))]]);
});
