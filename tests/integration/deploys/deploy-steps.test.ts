import { expect, test } from "vitest";
import { runReport } from "@/lib/reports/registry";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

/** One deploy a day from 14 November on, each of `calls` calls at `cost` picodollars with `cached` of 100 tokens read. */
function daily(costs: readonly number[], given: Sketch = {}, calls = 60): Sketch[] {
  return costs.flatMap((cost, day) =>
    Array.from({ length: calls }, (_, at) => ({
      deploy_sha: `d${day}`,
      cost,
      input_tokens: 20,
      cache_read_tokens: 80,
      occurred_at: new Date(Date.UTC(2026, 10, 14 + day, 9) + at * 1000).toISOString(),
      ...given,
    })),
  );
}
const period = { from: new Date("2026-11-14T00:00Z"), to: new Date("2026-11-22T00:00Z") };
const at = (day: number) => new Date(Date.UTC(2026, 10, 14 + day, 9));

test("deploy-steps: a deploy makes calls dearer, a later one takes it back", async () => {
  const scope = emptyProject();
  await store(scope, [
    ...daily([100, 102, 99, 300, 101, 98, 100]),
    // Retries, other features and calls without a price are no part of it.
    ...daily([1, 1, 900, 1, 1, 900, 1], { attempt: 2 }, 5),
    ...daily([7, 900, 7, 7, 7, 900, 7], { feature: "other" }, 5),
    ...daily([0, 0, 0, 0, 0, 0, 0], { cost: null, model: "unknown" }, 9),
    ...daily([0, 0, 0, 0, 0, 0, 0], { status_code: 400, input_tokens: 0 }, 30).slice(-60),
    ...daily([0, 0, 0, 0, 0, 0, 0], { status_code: 429, input_tokens: 0 }, 30).slice(-30),
  ]);
  const filters = [{ dimension: "feature", op: "is", values: ["support-reply"] }] as const;
  const { rows, columns } = await runReport(scope, "deploy-steps", query({ period, filters }), NOW);
  const level = { step: null, level_before: null };
  expect(columns.map(({ key }) => key)).toEqual([
    "deploy",
    "first_seen",
    "calls",
    "value",
    "level",
    "step",
    "deploy_before",
    "level_before",
  ]);
  expect(rows).toEqual([
    { deploy: "d0", first_seen: at(0), calls: 69n, value: 100n, level: 100n, ...level, deploy_before: null },
    { deploy: "d1", first_seen: at(1), calls: 69n, value: 102n, level: 100n, ...level, deploy_before: "d0" },
    { deploy: "d2", first_seen: at(2), calls: 69n, value: 99n, level: 100n, ...level, deploy_before: "d1" },
    {
      ...{ deploy: "d3", first_seen: at(3), calls: 69n, value: 300n, level: 300n },
      ...{ step: "up", deploy_before: "d2", level_before: 100n },
    },
    {
      ...{ deploy: "d4", first_seen: at(4), calls: 69n, value: 101n, level: 100n },
      ...{ step: "down", deploy_before: "d3", level_before: 300n },
    },
    { deploy: "d5", first_seen: at(5), calls: 99n, value: 98n, level: 100n, ...level, deploy_before: "d4" },
    { deploy: "d6", first_seen: at(6), calls: 129n, value: 100n, level: 100n, ...level, deploy_before: "d5" },
  ]);
});

test("deploy-steps: the cache hit is one of tokens, retries one of all attempts", async () => {
  const scope = emptyProject();
  await store(scope, [
    ...daily([1, 1, 1, 1]),
    ...daily([1, 1, 1, 1, 1, 1, 1], { cache_read_tokens: 0, input_tokens: 100 }).filter(
      ({ occurred_at = "" }) => occurred_at >= "2026-11-18",
    ),
    ...daily([0, 0, 0, 0, 0, 0, 1], { attempt: 2 }, 60).filter(({ occurred_at = "" }) => occurred_at >= "2026-11-20"),
  ]);
  const ask = async (metric: "cache_hit" | "retry_share") => {
    const { rows, totals } = await runReport(scope, "deploy-steps", query({ period, metric }), NOW);
    return { steps: rows.filter(({ step }) => step).map((row) => [row.deploy, row.level_before, row.level]), totals };
  };
  expect((await ask("cache_hit")).steps).toEqual([["d4", 0.8, 0]]);
  const retries = await ask("retry_share");
  expect(retries.steps).toEqual([["d6", 0, 0.5]]);
  expect(retries.totals.calls).toBe(480n);
});

test("deploy-steps: nobody's deploys are no rows", async () => {
  const { rows, rowCount, totals } = await runReport(emptyProject(), "deploy-steps", query({ period }), NOW);
  expect([rows, rowCount, totals.calls]).toEqual([[], 0, 0n]);
});
