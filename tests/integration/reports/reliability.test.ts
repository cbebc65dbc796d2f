import fc from "fast-check";
import { expect, test } from "vitest";
import { parseReportQuery } from "@/lib/reports/query";
import { checkQuery, REPORTS, runReport } from "@/lib/reports/registry";
import type { Report } from "@/lib/reports/report";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

const at = (time: string) => new Date(time);
const failure = (status_code: number, more: Sketch = {}): Sketch => ({ status_code, ...more });

test("error-rates: 429, 529 and the others by day, each of all calls", async () => {
  const scope = emptyProject();
  const before = "2026-11-19T12:00:00.000Z";
  await store(scope, [
    { cost: 5 },
    { cost: 5, attempt: 2 },
    failure(429),
    failure(429, { attempt: 2 }),
    failure(529),
    failure(500, { line: 1 }),
    failure(503, { occurred_at: before }),
    { occurred_at: before },
  ]);
  const { rows, totals, bucket } = await runReport(scope, "error-rates", query({ bucket: "day" }), NOW);
  const counts = (calls: bigint, rate_limited: bigint, overloaded: bigint, other_errors: bigint) => ({
    ...{ calls, rate_limited, overloaded, other_errors },
    rate_limited_rate: Number(rate_limited) / Number(calls),
    overloaded_rate: Number(overloaded) / Number(calls),
    other_error_rate: Number(other_errors) / Number(calls),
    failed_rate: Number(rate_limited + overloaded + other_errors) / Number(calls),
  });
  expect(bucket).toBe("day");
  expect(rows).toEqual([
    { bucket: at("2026-11-19T00:00Z"), ...counts(2n, 0n, 0n, 1n) },
    { bucket: at("2026-11-20T00:00Z"), ...counts(5n, 2n, 1n, 0n) },
  ]);
  expect(totals).toEqual(counts(7n, 2n, 1n, 1n));
  const byFeature = await runReport(
    scope,
    "error-rates",
    query({ bucket: "day", groupBy: ["feature"], limit: 1 }),
    NOW,
  );
  expect(byFeature.rows).toMatchObject([
    { feature: "support-reply", calls: 2n, other_errors: 1n },
    { feature: "support-reply", calls: 5n, other_errors: 0n },
  ]);
});

test("error-rates: a limit leaves out groups, added up without a name, and never the end of the series", async () => {
  const scope = emptyProject();
  const day = (date: string, feature: string, status_code = 200): Sketch => ({
    ...{ occurred_at: `2026-11-${date}T12:00:00.000Z`, feature, status_code },
  });
  const [first, last] = [at("2026-11-19T00:00Z"), at("2026-11-20T00:00Z")];
  await store(scope, [day("19", "a"), day("20", "a"), day("20", "a", 429), day("19", "b", 529), day("20", "c", 429)]);
  await store(scope, [day("20", "c")]);
  const plain = await runReport(scope, "error-rates", query({ bucket: "day", limit: 1 }), NOW);
  expect(plain.rows.map(({ bucket, calls }) => [bucket, calls])).toEqual([
    [first, 2n],
    [last, 4n],
  ]);
  expect(plain.rowCount).toBe(1);
  const cut = query({ bucket: "day", groupBy: ["feature"], limit: 1 });
  const { rows, rowCount } = await runReport(scope, "error-rates", cut, NOW);
  expect(rowCount).toBe(3);
  expect(rows).toMatchObject([
    { bucket: first, feature: "a", calls: 1n, rate_limited: 0n },
    { bucket: first, feature: null, calls: 1n, overloaded: 1n, rate_limited: 0n },
    { bucket: last, feature: "a", calls: 2n, rate_limited: 1n },
    { bucket: last, feature: null, calls: 2n, rate_limited: 1n, failed_rate: 0.5 },
  ]);
  expect(rows).toHaveLength(4);
});

test("error-rates: a few hours by the minute, from the calls", async () => {
  const scope = emptyProject();
  await store(scope, [
    failure(529, { occurred_at: "2026-11-20T12:00:59.999Z" }),
    { occurred_at: "2026-11-20T12:00:00.000Z" },
    failure(429, { occurred_at: "2026-11-20T12:01:00.000Z" }),
    failure(429, { occurred_at: "2026-11-20T18:00:00.000Z" }),
  ]);
  const period = { from: at("2026-11-20T12:00Z"), to: at("2026-11-20T18:00Z") };
  const { rows, bucket, totals } = await runReport(scope, "error-rates", query({ period }), NOW);
  expect(bucket).toBe("minute");
  expect(rows).toMatchObject([
    { bucket: at("2026-11-20T12:00Z"), calls: 2n, overloaded: 1n, failed_rate: 0.5 },
    { bucket: at("2026-11-20T12:01Z"), calls: 1n, rate_limited: 1n, failed_rate: 1 },
  ]);
  expect(totals).toMatchObject({ calls: 3n, failed_rate: 2 / 3 });
});

test("error-statuses: what failed with what, and what was billed all the same", async () => {
  const scope = emptyProject();
  await store(scope, [
    failure(429, { model: "m1" }),
    failure(429, { model: "m1", attempt: 2 }),
    failure(429, { model: "m2" }),
    failure(500, { cost: 70 }),
    failure(599, { cost: null }),
    { cost: 1000, attempt: 2 },
  ]);
  const { rows, totals } = await runReport(scope, "error-statuses", query(), NOW);
  const of = (calls: bigint, retries: bigint, cost: bigint, unpriced_calls: bigint) => ({
    ...{ calls, retries, cost, unpriced_calls },
    share_of_errors: Number(calls) / 5,
    share_of_calls: Number(calls) / 6,
  });
  expect(rows).toEqual([
    { status: "429", ...of(3n, 1n, 0n, 0n) },
    { status: "500", ...of(1n, 0n, 70n, 0n) },
    { status: "599", ...of(1n, 0n, 0n, 1n) },
  ]);
  expect(totals).toEqual(of(5n, 1n, 70n, 1n));
  const byModel = await runReport(scope, "error-statuses", query({ groupBy: ["model"], limit: 1 }), NOW);
  expect(byModel.rows).toMatchObject([{ status: "429", model: "m1", calls: 2n }]);
  expect(byModel.rowCount).toBe(4);
  const fewest = query({ sort: { key: "cost", dir: "desc" }, limit: 2 });
  const { rows: sorted, rowCount } = await runReport(scope, "error-statuses", fewest, NOW);
  expect([sorted.map(({ status, cost }) => [status, cost]), rowCount]).toEqual([
    [
      ["500", 70n],
      ["429", 0n],
    ],
    3,
  ]);
});

test("retry-cost: what attempts after the first cost, by feature, beside the comparison", async () => {
  const scope = emptyProject();
  await store(scope, [
    { feature: "a", cost: 60 },
    { feature: "a", cost: 40, attempt: 2 },
    { feature: "a", cost: null, attempt: 3 },
    { feature: "b", cost: 100 },
    { feature: "a", cost: 30, attempt: 2, occurred_at: "2026-11-10T00:00:00.000Z" },
  ]);
  const compare = { from: at("2026-11-08T00:00Z"), to: at("2026-11-14T14:32Z") };
  const { rows, totals } = await runReport(scope, "retry-cost", query({ compare }), NOW);
  expect(rows).toEqual([
    {
      feature: "a",
      ...{ retry_cost: 40n, cost: 100n, retries: 2n, calls: 3n, unpriced_retries: 1n },
      ...{ retry_cost_share: 0.4, retry_share: 2 / 3, compare_retry_cost: 30n, compare_retry_cost_share: 1 },
    },
    {
      feature: "b",
      ...{ retry_cost: 0n, cost: 100n, retries: 0n, calls: 1n, unpriced_retries: 0n },
      ...{ retry_cost_share: 0, retry_share: 0, compare_retry_cost: 0n, compare_retry_cost_share: null },
    },
  ]);
  expect(totals).toMatchObject({ retry_cost: 40n, cost: 200n, retry_cost_share: 0.2, retries: 2n, calls: 4n });
});

test("attempts-per-operation: with which attempt operations ended", async () => {
  const scope = emptyProject();
  await store(scope, [
    { cost: 1 },
    { cost: 1 },
    failure(429),
    { cost: 10, attempt: 2 },
    failure(529),
    failure(529, { attempt: 2 }),
    { cost: 100, attempt: 3 },
    // Its first attempts lie before the period.
    { cost: 1000, attempt: 7 },
  ]);
  const { rows, totals } = await runReport(scope, "attempts-per-operation", query(), NOW);
  const of = (calls: bigint, failed: bigint, ended: bigint, cost: bigint) => ({
    ...{ calls, failed, ended, cost },
    share_of_operations: Number(ended) / 5,
  });
  expect(rows).toEqual([
    { attempt: "1", ...of(4n, 2n, 2n, 2n) },
    { attempt: "2", ...of(2n, 1n, 1n, 10n) },
    { attempt: "3", ...of(1n, 0n, 1n, 100n) },
    { attempt: "7", ...of(1n, 0n, 1n, 1000n) },
  ]);
  expect(totals).toEqual({ calls: 8n, failed: 3n, ended: 5n, share_of_operations: 1, cost: 1112n });
});

test("attempts-per-operation: retries whose first attempts are not there take no operation from the others", async () => {
  const scope = emptyProject();
  await store(scope, [{}, { attempt: 2 }, { attempt: 2 }, { attempt: 2 }]);
  const { rows, totals } = await runReport(scope, "attempts-per-operation", query(), NOW);
  expect(rows.map(({ attempt, calls, ended }) => [attempt, calls, ended])).toEqual([
    ["1", 1n, 0n],
    ["2", 3n, 3n],
  ]);
  expect(totals.ended).toBe(3n);
});

test("attempts-per-operation: every chain of attempts is one operation, whatever their lengths", async () => {
  const length = fc.integer({ min: 1, max: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(length, { minLength: 1, maxLength: 20 }), async (lengths) => {
      const scope = emptyProject();
      const chain = (attempts: number) =>
        Array.from(
          { length: attempts },
          (_, i): Sketch => ({ attempt: i + 1, status_code: i + 1 < attempts ? 429 : 200 }),
        );
      await store(scope, lengths.flatMap(chain));
      const { rows, totals } = await runReport(scope, "attempts-per-operation", query(), NOW);
      expect(totals.ended).toBe(BigInt(lengths.length));
      for (const { attempt, ended } of rows) {
        expect(ended).toBe(BigInt(lengths.filter((one) => String(one) === attempt).length));
      }
    }),
    { seed: 5, numRuns: 10 },
  );
});

test("what a report can be sorted by, an address can ask for", () => {
  for (const [name, { sorts = [] }] of Object.entries(REPORTS as Readonly<Record<string, Report>>)) {
    for (const key of sorts) {
      expect(parseReportQuery(new URLSearchParams({ sort: `-${key}` }), NOW, true), `${name} ${key}`).toMatchObject({
        ok: true,
        query: { sort: { key, dir: "desc" } },
      });
    }
  }
  const byRetries = query({ sort: { key: "retries", dir: "desc" } });
  expect([checkQuery("retry-cost", byRetries), checkQuery("cost-by-tenant", byRetries)]).toEqual([[], []]);
});

test("nothing was called: no rows, no shares, nothing but zeros", async () => {
  const scope = emptyProject();
  for (const report of ["error-rates", "error-statuses", "retry-cost", "attempts-per-operation"] as const) {
    const { rows, totals } = await runReport(scope, report, query(), NOW);
    expect(rows, report).toEqual([]);
    for (const value of Object.values(totals)) expect([0n, null], report).toContain(value);
  }
});
