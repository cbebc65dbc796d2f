import fc from "fast-check";
import { expect, test } from "vitest";
import { moverContext } from "@/app/[project]/movers/mover-cells";
import { pageOfMovers } from "@/app/[project]/movers/read-movers";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const before = "2026-11-10T00:00:00.000Z";
const lastWeek = { from: new Date("2026-11-08T00:00Z"), to: new Date("2026-11-14T14:32Z") };
const MOVED: readonly Sketch[] = [
  { tenant_id: "grows", cost: 50 },
  { tenant_id: "grows", cost: 30 },
  { tenant_id: "grows", cost: 10, occurred_at: before },
  { tenant_id: "shrinks", cost: 1 },
  { tenant_id: "shrinks", cost: 71, occurred_at: before },
  { tenant_id: "new", cost: 5 },
  { tenant_id: "gone", cost: 20, occurred_at: before },
  { tenant_id: "steady", cost: 3 },
  { tenant_id: "steady", cost: 3, occurred_at: before },
  { tenant_id: "unpriced before", cost: 4 },
  { tenant_id: "unpriced before", cost: null, occurred_at: before },
];

const figures = (cost: bigint, compare_cost: bigint, calls: bigint, compare_calls: bigint) => ({
  cost,
  compare_cost,
  difference: cost - compare_cost,
  calls,
  compare_calls,
  unpriced_calls: 0n,
  compare_unpriced_calls: 0n,
});

test("movers: tenants by the size of their difference, with what each explains of the whole change", async () => {
  const scope = emptyProject();
  await store(scope, MOVED);
  const { rows, totals, rowCount, columns } = await runReport(scope, "movers", query({ compare: lastWeek }), NOW);
  const parts = (volume: bigint, cost_per_call_effect: bigint, difference: number, change_cost: number | null) => ({
    volume,
    cost_per_call_effect,
    share_of_change: difference / -11,
    change_cost,
  });
  expect(rows).toEqual([
    { tenant: "grows", movement: "growing", ...figures(80n, 10n, 2n, 1n), ...parts(10n, 60n, 70, 7) },
    { tenant: "shrinks", movement: "shrinking", ...figures(1n, 71n, 1n, 1n), ...parts(0n, -70n, -70, -70 / 71) },
    { tenant: "gone", movement: "gone", ...figures(0n, 20n, 0n, 1n), ...parts(-20n, 0n, -20, -1) },
    { tenant: "new", movement: "new", ...figures(5n, 0n, 1n, 0n), ...parts(5n, 0n, 5, null) },
    {
      tenant: "unpriced before",
      movement: "growing",
      ...figures(4n, 0n, 1n, 1n),
      ...parts(4n, 0n, 4, null),
      compare_unpriced_calls: 1n,
    },
    { tenant: "steady", movement: "steady", ...figures(3n, 3n, 1n, 1n), ...parts(0n, 0n, 0, 0) },
  ]);
  expect([rowCount, totals.difference, totals.share_of_change]).toEqual([6, -11n, 1]);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(columns.map(({ key }) => key).sort());
});

test("movers: cut rows are added up in one without a name, and another dimension tells the same change", async () => {
  const scope = emptyProject();
  await store(scope, MOVED);
  const cut = await runReport(scope, "movers", query({ compare: lastWeek, limit: 2 }), NOW);
  expect(cut.rows).toHaveLength(3);
  expect(cut.rows[2]).toMatchObject({ tenant: null, movement: null, difference: -11n, cost: 12n, compare_cost: 23n });
  expect(cut.rowCount).toBe(6);
  const byFeature = await runReport(scope, "movers", query({ compare: lastWeek, groupBy: ["feature"] }), NOW);
  expect(byFeature.rows).toMatchObject([{ feature: "support-reply", difference: -11n, share_of_change: 1 }]);
});

test("movers: without a comparison it is held against the period before, and nothing at all moves nothing", async () => {
  const scope = emptyProject();
  const { compare, rows, totals } = await runReport(scope, "movers", query(), NOW);
  expect(compare).toEqual(lastWeek);
  expect([rows, totals.difference, totals.share_of_change]).toEqual([[], 0n, null]);
});

test("movers: five thousand tenants, cut to a few, still add up", async () => {
  const scope = emptyProject();
  await store(
    scope,
    Array.from({ length: 5_000 }, (_, at): Sketch => {
      const call = { tenant_id: `tenant ${at}`, cost: at };
      return at % 2 === 1 ? { ...call, occurred_at: before } : call;
    }),
  );
  const { rows, rowCount, totals } = await runReport(scope, "movers", query({ compare: lastWeek, limit: 3 }), NOW);
  expect(rows.map(({ tenant, difference }) => [tenant, difference])).toEqual([
    ["tenant 4999", -4999n],
    ["tenant 4998", 4998n],
    ["tenant 4997", -4997n],
    [null, 2498n],
  ]);
  expect([rowCount, totals.difference]).toEqual([5_000, -2500n]);
});

test("movers: whatever was called, the rows and the others add up to the total, and the parts to each row", async () => {
  const call = fc.record({
    tenant_id: fc.constantFrom("a", "b", "c", "ten🧾ant", "=1+1", "%", "../"),
    model: fc.constantFrom("m1", "m2"),
    cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 13n }), { nil: null }),
    line: fc.constantFrom(0, 0, 0, 1),
    occurred_at: fc.constantFrom(before, "2026-11-20T12:00:00.000Z"),
  });
  const sum = (rows: readonly Row[], key: string) => rows.reduce((all, row) => all + (row[key] as bigint), 0n);
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 25 }), fc.integer({ min: 1, max: 8 }), async (calls, limit) => {
      const scope = emptyProject();
      await store(scope, calls);
      for (const groupBy of [["tenant"], ["model"]] as const) {
        const asked = query({ compare: lastWeek, limit, groupBy });
        const { rows, totals } = await runReport(scope, "movers", asked, NOW);
        for (const key of ["cost", "compare_cost", "difference", "volume", "cost_per_call_effect", "calls"]) {
          expect(sum(rows, key), key).toBe(totals[key]);
        }
        for (const row of [...rows, totals]) {
          expect(sum([row], "volume") + sum([row], "cost_per_call_effect")).toBe(row.difference);
        }
      }
    }),
    { seed: 5, numRuns: 15 },
  );
});

test("a page past the last is the last; what its rows do not show of the rounded total is the others'", async () => {
  const scope = emptyProject();
  const tenants = Array.from({ length: 7 }, (_, i): Sketch => ({ tenant_id: `t${i}`, cost: 4_000_000_000 }));
  await store(scope, tenants);
  const result = await runReport(scope, "movers", query({ compare: lastWeek }), NOW);
  const asked = { shown: "all", search: "", limit: 3 } as const;
  const last = pageOfMovers(result, "tenant", { ...asked, page: 999 });
  expect([last.page, last.offset, last.rows.map(({ tenant }) => tenant)]).toEqual([3, 6, ["t6"]]);
  expect(pageOfMovers(result, "tenant", { ...asked, page: 2 }).offset).toBe(3);
  expect(pageOfMovers(result, "tenant", { ...asked, search: "none", page: 2 })).toMatchObject({ page: 1, count: 0 });
  const of = new Map(result.rows.map((row, at) => [row, at < 3 ? 10n : 0n]));
  const differences = { places: 2, total: 30n, of };
  expect(moverContext(last.rows, true, differences, "tenant").differences).toEqual([0n, 30n, 30n]);
  expect(moverContext(result.rows.slice(0, 2), true, differences, "tenant").differences).toEqual([10n, 10n, 10n, 30n]);
});
