import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { parseUsd } from "@/lib/money";
import { answerReport } from "@/lib/reports/answer-report";
import { type ReportName, runReport } from "@/lib/reports/registry";
import { type Cell, DIMENSIONS, type Row } from "@/lib/reports/schema";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";

type Figures = Readonly<{ cost: bigint; calls: bigint; tokens: bigint }>;
const MEASURES = ["cost", "calls", "tokens"] as const;
const START = Date.parse("2026-11-13T20:00:00.000Z");
const HOURS = 30;

const moment = fc.integer({ min: 0, max: HOURS * 3_600_000 - 1 }).map((ms) => new Date(START + ms));
const call: fc.Arbitrary<Sketch> = fc.record({
  occurred_at: moment.map((time) => time.toISOString()),
  tenant_id: fc.constantFrom("t1", "t2", "=cmd()", 'a "quoted", one'),
  feature: fc.constantFrom("f1", "f2", "f3"),
  deploy_sha: fc.constantFrom("d1", "d2"),
  provider: fc.constantFrom("anthropic", "openai"),
  model: fc.constantFrom("m1", "m2", "m3"),
  environment: fc.constantFrom("production", "staging"),
  service_tier: fc.constantFrom("standard", "batch"),
  attempt: fc.integer({ min: 1, max: 3 }),
  input_tokens: fc.integer({ min: 0, max: 1_000_000 }),
  output_tokens: fc.integer({ min: 0, max: 2_147_483_647 }),
  cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 17n })),
});
const instances = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 40 }),
  edges: fc.tuple(moment, moment).filter(([a, b]) => a.getTime() !== b.getTime()),
  limit: fc.integer({ min: 1, max: 3 }),
});

function figuresOf(calls: readonly Sketch[], from: Date, to: Date): Figures {
  const inside = calls.filter(
    ({ occurred_at = "" }) => occurred_at >= from.toISOString() && occurred_at < to.toISOString(),
  );
  const sum = (of: (one: Sketch) => bigint) => inside.reduce((total, one) => total + of(one), 0n);
  return {
    cost: sum(({ cost }) => BigInt(cost ?? 0)),
    calls: BigInt(inside.length),
    tokens: sum(({ input_tokens = 0, output_tokens = 0 }) => BigInt(input_tokens) + BigInt(output_tokens)),
  };
}

function addUp(rows: readonly Row[]): Figures {
  const sum = (key: string) => rows.reduce((total, row) => total + ((row[key] as bigint | null) ?? 0n), 0n);
  return { cost: sum("cost"), calls: sum("calls"), tokens: sum("tokens") };
}

async function answers(scope: Scope, name: ReportName, params: URLSearchParams, now = NOW) {
  const json = await (await answerReport(scope, name, params, now, true)).json();
  const asCsv = new URLSearchParams([...params, ["format", "csv"]]);
  const text = await (await answerReport(scope, name, asCsv, now, true)).text();
  return { json, csv: parse(text, { columns: true }) as Record<string, string>[] };
}

test("any grouping adds up to the raw calls: rows, totals, comparison, JSON and CSV, to the last digit", async () => {
  await fc.assert(
    fc.asyncProperty(instances, async ({ calls, edges, limit }) => {
      const scope = emptyProject();
      await store(scope, calls);
      const [from, to] = edges[0] < edges[1] ? edges : [edges[1], edges[0]];
      const compare = { from: new Date(START), to: from };
      const [expected, before] = [figuresOf(calls, from, to), figuresOf(calls, compare.from, compare.to)];

      for (const dimension of DIMENSIONS) {
        const asked = query({ period: { from, to }, compare, groupBy: [dimension], measures: [...MEASURES] });
        const list = await runReport(scope, "usage-summary", asked, NOW);
        const series = await runReport(scope, "cost-over-time", { ...asked, bucket: "hour", limit }, NOW);
        for (const { rows, totals, coverage } of [list, series]) {
          expect(addUp(rows)).toEqual(expected);
          expect(totals).toMatchObject(expected);
          expect(rows.reduce((sum, row) => sum + ((row.compare_cost as bigint | null) ?? 0n), 0n)).toBe(before.cost);
          expect(coverage.calls).toBe(expected.calls);
        }
      }

      const params = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), compare: "none" });
      params.set("measures", MEASURES.join());
      for (const [name, extra] of [
        ["cost-by-tenant", {}],
        ["cost-by-model", { group_by: "attempt,environment" }],
        ["cost-over-time", { bucket: "hour", group_by: "tenant" }],
        ["cost-over-time", { bucket: "month" }],
      ] as const) {
        const { json, csv } = await answers(scope, name, new URLSearchParams([...params, ...Object.entries(extra)]));
        const cost = (row: Record<string, string>) => parseUsd(row.cost_usd ?? "");
        expect(csv).toHaveLength(json.rows.length);
        expect(csv.reduce((sum, row) => sum + cost(row), 0n)).toBe(expected.cost);
        expect(json.rows.reduce((sum: bigint, row: Record<string, string>) => sum + cost(row), 0n)).toBe(expected.cost);
        expect(json.totals).toMatchObject({ calls: Number(expected.calls) });
        expect(parseUsd(json.totals.cost_usd)).toBe(expected.cost);
      }
    }),
    { numRuns: 12 },
  );
});

test("a series is exported piece by piece as if in one, the comparison too", async () => {
  const scope = emptyProject();
  const day = (n: number) => new Date(Date.parse("2026-09-27T06:30:00Z") + n * 86_400_000).toISOString();
  await store(
    scope,
    Array.from({ length: 56 }, (_, n) => ({ cost: n + 1, occurred_at: day(n), tenant_id: `t${n % 3}` })),
  );
  const params = new URLSearchParams({ group_by: "tenant", measures: "cost" });
  const { json, csv } = await answers(scope, "cost-over-time", params);
  const cells = (row: Record<string, Cell>) => [
    row.bucket,
    row.tenant,
    row.cost_usd || null,
    row.compare_cost_usd || null,
  ];
  expect(csv.map(cells)).toEqual(json.rows.map(cells));
  expect(json.rows).toHaveLength(56);
});

test("a month held against a longer one: its 31st day is in JSON and CSV", async () => {
  const scope = emptyProject();
  await store(scope, [
    { cost: 1, occurred_at: "2026-09-30T23:00:00.000Z" },
    { cost: 20, occurred_at: "2026-08-30T23:00:00.000Z" },
    { cost: 300, occurred_at: "2026-08-31T23:00:00.000Z" },
  ]);
  const params = new URLSearchParams({ period: "last-month", bucket: "day", measures: "cost" });
  const { json, csv } = await answers(scope, "cost-over-time", params, new Date("2026-10-05T00:00:00Z"));
  expect(json.rows).toEqual([
    { bucket: "2026-09-30T00:00:00.000Z", cost_usd: "0.000000000001", compare_cost_usd: "0.00000000002" },
    { bucket: "2026-10-01T00:00:00.000Z", cost_usd: "0", compare_cost_usd: "0.0000000003" },
  ]);
  expect(csv).toEqual(json.rows);
});
