import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { parseCallsQuery } from "@/lib/calls/query";
import { summarizeCalls } from "@/lib/calls/summarize";
import { writeDb } from "@/lib/db";
import { hasContractIn } from "@/lib/pricing/contract-in-effect";
import { refreshPrices } from "@/lib/pricing/current-prices";
import { saveContract } from "@/lib/pricing/save-contract";
import { answerReport } from "@/lib/reports/answer-report";
import { runReport } from "@/lib/reports/registry";
import { DIMENSIONS, type Row } from "@/lib/reports/schema";
import { createCallsApi } from "../../support/api";
import { emptyProject, NOW, query, type Sketch, store } from "../../support/call-rows";
import { anthropicUsage, buildCall, openaiUsage } from "../../support/calls";

const DAY = "from=2026-11-20&to=2026-11-21";
const MEASURES = ["cost", "list_cost", "saved_cost"] as const;

const picos = fc.bigInt({ min: 0n, max: 10n ** 17n });
/** Priced with and without a list price, dearer than it and cheaper; unpriced. */
const call: fc.Arbitrary<Sketch> = fc
  .record({
    occurred_at: fc
      .integer({ min: 0, max: 5 * 86_400_000 })
      .map((ms) => new Date(Date.UTC(2026, 10, 15) + ms).toJSON()),
    tenant_id: fc.constantFrom("t1", "t2"),
    feature: fc.constantFrom("f1", "f2"),
    model: fc.constantFrom("m1", "m2", "m3"),
    environment: fc.constantFrom("production", "staging"),
    service_tier: fc.constantFrom("standard", "batch"),
    attempt: fc.integer({ min: 1, max: 2 }),
    cost: fc.option(picos),
    list: fc.option(picos),
  })
  .map(({ list, ...sketch }) => ({
    ...sketch,
    list_cost_usd_picos: sketch.cost === null || list === null ? null : String(list),
  }));

function sumsOf(calls: readonly Sketch[]): Record<(typeof MEASURES)[number], bigint> {
  const priced = calls.filter(({ cost }) => cost !== null);
  const listed = priced.filter(({ list_cost_usd_picos: list }) => list !== null);
  const cost = (some: readonly Sketch[]) => some.reduce((sum, one) => sum + BigInt(one.cost ?? 0), 0n);
  const list = listed.reduce((sum, one) => sum + BigInt(one.list_cost_usd_picos ?? 0), 0n);
  return { cost: cost(priced), list_cost: list, saved_cost: list - cost(listed) };
}

function addUp(rows: readonly Row[]): Record<string, bigint> {
  const sum = (key: string) => rows.reduce((total, row) => total + ((row[key] as bigint | null) ?? 0n), 0n);
  return Object.fromEntries(MEASURES.map((key) => [key, sum(key)]));
}

test("list price and saving add up to the calls in any grouping and bucket, to the last digit", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 40 }), async (calls) => {
      const scope = emptyProject();
      await store(scope, calls);
      const expected = sumsOf(calls);
      for (const dimension of DIMENSIONS) {
        const asked = query({ groupBy: [dimension], measures: [...MEASURES] });
        const list = await runReport(scope, "usage-summary", asked, NOW);
        const series = await runReport(scope, "cost-over-time", { ...asked, bucket: "hour" }, NOW);
        for (const { rows, totals } of [list, series]) {
          expect(addUp(rows)).toEqual(expected);
          expect(totals).toEqual(expected);
        }
      }
      const parsed = parseCallsQuery(new URLSearchParams("period=7d"), NOW);
      if (!parsed.ok) throw new Error("a period is a query");
      const buckets = await summarizeCalls(scope, parsed.query, "day");
      expect(addUp(buckets)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

const dated = { from: "2026-11-10", to: "2026-11-25", note: "" };
const OVERRIDES = [
  { kind: "adjustment", ...dated, id: "d1", provider: "anthropic", platform: null, model: null, percent: "-12.5" },
  {
    ...{ kind: "rates", ...dated, id: "own1", model: "ft-support-7", platform: null },
    rates: { input: "3", cache_create_5m: null, cache_create_1h: null, cache_read: "0.3", output: "12" },
  },
  {
    kind: "alias",
    ...dated,
    from: "2026-01-01",
    to: null,
    id: "a1",
    model: "sonnet-prod",
    target: "claude-sonnet-5-5",
  },
];

async function agree(scope: Scope): Promise<void> {
  const { id } = await writeDb().user.create({ data: { email: `${scope.projectId}@acme.example`, name: "Mira" } });
  const { version } = await refreshPrices(scope);
  const saved = await saveContract(scope, { basedOn: version, overrides: OVERRIDES, reason: "agreed", userId: id });
  expect(saved).toEqual({ ok: true, version: version + 1 });
}

describe("a project with a contract", () => {
  test("calls, reports, JSON and CSV say the same list price, cost and saving; own rates have no list price", async () => {
    const api = await createCallsApi();
    await agree(api.scope);
    await api.post([
      buildCall({ request_id: "discounted" }),
      buildCall({ request_id: "alias", model: "sonnet-prod", provider: "anthropic" }),
      buildCall({
        ...{ request_id: "own", model: "ft-support-7", provider: "openai" },
        usage: openaiUsage({ input: 1000, output: 100 }),
      }),
      buildCall({ request_id: "unpriced", model: "claude-haiku-6", usage: anthropicUsage({ input: 5 }) }),
      buildCall({ request_id: "bedrock", provider: "bedrock", model: "global.anthropic.claude-opus-4-7" }),
    ]);

    const expected = [
      // 1,000 × $2 + 100 × $10 a million, less 12.5 %
      ["discounted", "0.002625", "0.003", "0.000375", null],
      ["alias", "0.002625", "0.003", "0.000375", null],
      // 1,000 × $3 + 100 × $12 a million
      ["own", "0.0042", null, null, null],
      ["unpriced", null, null, null, null],
      // 1,000 × $5 + 100 × $25 a million, less 12.5 %
      ["bedrock", "0.0065625", "0.0075", "0.0009375", "global.anthropic.claude-opus-4-7"],
    ];
    const cells = (row: Record<string, unknown>) =>
      ["request_id", "cost_usd", "list_cost_usd", "saved_cost_usd", "sent_model"].map((key) => row[key] || null);
    const byId = (rows: Record<string, unknown>[]) =>
      expected.map(([id]) => cells(rows.find((row) => row.request_id === id) ?? {}));
    const { body } = await api.list();
    expect(byId(body.calls)).toEqual(expected);
    expect(byId(parse(await api.csv(), { columns: true }))).toEqual(expected);
    expect(new Set(body.calls.map((one) => one.price_version))).toEqual(new Set([2]));

    const report = async (params: string) =>
      answerReport(api.scope, "cost-by-model", new URLSearchParams(`${DAY}&compare=none&${params}`), NOW, true);
    const json = await (await report("format=json")).json();
    const sums = (row: Record<string, unknown>) =>
      ["model", "cost_usd", "list_cost_usd", "saved_cost_usd"].map((key) => row[key] ?? null);
    expect(json.rows.map(sums)).toEqual([
      ["claude-opus-4-7", "0.0065625", "0.0075", "0.0009375"],
      ["ft-support-7", "0.0042", "0", "0"],
      ["claude-sonnet-5-5", "0.002625", "0.003", "0.000375"],
      ["sonnet-prod", "0.002625", "0.003", "0.000375"],
      ["claude-haiku-6", "0", "0", "0"],
    ]);
    expect(sums(json.totals)).toEqual([null, "0.0160125", "0.0135", "0.0016875"]);
    const csv: Record<string, string>[] = parse(await (await report("format=csv")).text(), { columns: true });
    expect(csv.map(sums)).toEqual(json.rows.map(sums));
  });

  test("is in effect on its days alone, and an alias is no other price", async () => {
    const { scope } = await createCallsApi();
    const inEffect = (from: string, to: string) => hasContractIn(scope, { from: new Date(from), to: new Date(to) });
    expect(await inEffect("2026-01-01", "2027-01-01")).toBe(false);
    await agree(scope);
    expect(await inEffect("2026-01-01", "2027-01-01")).toBe(true);
    expect(await inEffect("2026-11-09", "2026-11-10")).toBe(false);
    expect(await inEffect("2026-11-09", "2026-11-10T00:00:00.001Z")).toBe(true);
    expect(await inEffect("2026-11-24T23:00:00Z", "2026-11-26")).toBe(true);
    expect(await inEffect("2026-11-25", "2026-11-26")).toBe(false);
    expect(await hasContractIn((await createCallsApi()).scope, { from: NOW, to: new Date(NOW.getTime() + 1) })).toBe(
      false,
    );
  });
});
