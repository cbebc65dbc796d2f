import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as getReport } from "@/app/api/v1/reports/[report]/route";
import { GET as getReports } from "@/app/api/v1/reports/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { writeDb } from "@/lib/db";
import { MEASURES } from "@/lib/reports/catalogue";
import { REPORTS } from "@/lib/reports/registry";
import { DIMENSIONS } from "@/lib/reports/schema";
import { store } from "../../support/call-rows";
import { createProject, type TestProject } from "../../support/project";

const BASE = "http://localhost/api/v1/reports";
const DAY = "from=2026-11-20&to=2026-11-21&compare=none";
let project: TestProject;
let key: string;

function get(path: string, bearer = key): Promise<Response> {
  const request = new Request(`${BASE}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  const report = new URL(request.url).pathname.split("/").at(-1) ?? "";
  return path === "" ? getReports(request) : getReport(request, { params: Promise.resolve({ report }) });
}

beforeAll(async () => {
  project = await createProject();
  const scopes = ["read"] as const;
  key = await createApiKey(project.id, { name: "test", environment: "production", scopes: [...scopes] }, null);
  await store(project.scope, [
    { tenant_id: "=HYPERLINK(1)", cost: 1_234_500_000_000n, input_tokens: 1000, output_tokens: 10 },
    { tenant_id: 'Smith, "Jo" & Söhne', cost: 5_500n, cache_read_tokens: 1 },
    { tenant_id: 'Smith, "Jo" & Söhne', cost: null, input_tokens: 7, output_tokens: 2 },
    { tenant_id: "elsewhere", environment: "staging", cost: 99n },
  ]);
  const drop = { projectId: project.id, clientId: randomUUID(), reason: "queue_full" };
  await writeDb().clientDrop.createMany({
    data: [
      { ...drop, environment: "production", sequence: 1, calls: 7n, reportedAt: new Date("2026-11-20T09:00Z") },
      { ...drop, environment: "production", sequence: 2, calls: 11n, reportedAt: new Date("2026-11-21T00:00Z") },
      { ...drop, environment: "staging", sequence: 3, calls: 13n, reportedAt: new Date("2026-11-20T09:00Z") },
    ],
  });
});

test("the list names every report, dimension and measure", async () => {
  const body = await (await get("")).json();
  expect(body.reports.map(({ name }: { name: string }) => name)).toEqual(Object.keys(REPORTS));
  expect(body.dimensions.map((one: { key: string }) => one.key)).toEqual([...DIMENSIONS]);
  expect(body.measures).toHaveLength(MEASURES.length);
  expect(body.measures[0]).toEqual({ key: "cost_usd", label: "Spend", unit: "usd", missing: "zero" });
});

test("JSON: exact decimals, units, totals and coverage, of the key's environment only", async () => {
  const response = await get(`/cost-by-tenant?${DAY}&measures=cost_usd,calls,tokens,cache_hit`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  const { as_of, ...body } = await response.json();
  expect(Date.parse(as_of)).toBeGreaterThan(0);
  expect(body).toEqual({
    report: "cost-by-tenant",
    period: { from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" },
    compare: null,
    bucket: null,
    columns: [
      { key: "tenant", label: "Tenant", unit: "text" },
      { key: "cost_usd", label: "Spend", unit: "usd", missing: "zero" },
      { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
      { key: "tokens", label: "Tokens", unit: "tokens", missing: "zero" },
      { key: "cache_hit", label: "Cache hit", unit: "ratio", missing: "gap" },
    ],
    rows: [
      { tenant: "=HYPERLINK(1)", cost_usd: "1.2345", calls: 1, tokens: 1010, cache_hit: 0 },
      { tenant: 'Smith, "Jo" & Söhne', cost_usd: "0.0000000055", calls: 2, tokens: 10, cache_hit: 0.125 },
    ],
    row_count: 2,
    totals: { cost_usd: "1.2345000055", calls: 3, tokens: 1020, cache_hit: 1 / 1008 },
    coverage: {
      calls: 3,
      priced_calls: 2,
      unpriced_calls: 1,
      estimated_calls: 0,
      estimated_cost_usd: "0",
      tokens: 1020,
      unpriced_tokens: 9,
      dropped_calls: 7,
    },
  });
});

test("CSV: RFC 4180, exact decimals, ISO times, formulas as text, comparison beside", async () => {
  const csv = async (query: string) => {
    const response = await get(`${query}&format=csv`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    return response.text();
  };
  expect(await csv(`/cost-by-tenant?${DAY}&measures=cost,cache_hit`)).toBe(
    'tenant,cost_usd,cache_hit\r\n\'=HYPERLINK(1),1.2345,0\r\n"Smith, ""Jo"" & Söhne",0.0000000055,0.125\r\n',
  );
  expect(await csv("/cost-over-time?from=2026-11-20&to=2026-11-21&measures=cost,last_seen")).toBe(
    "bucket,cost_usd,compare_cost_usd,last_seen,compare_last_seen\r\n" +
      "2026-11-20T12:00:00.000Z,1.2345000055,,2026-11-20T12:00:00.000Z,\r\n",
  );
  expect((await get(`/cost-by-tenant?${DAY}&format=csv`)).headers.get("content-disposition")).toBe(
    'attachment; filename="cost-by-tenant.csv"',
  );
});

describe("refused", () => {
  test.each([
    ["/cost-by-tenant?period=soon", 400, ["period"]],
    ["/cost-by-tenant?groupby=model", 400, ["groupby"]],
    ["/cost-by-tenant?format=xml", 400, ["format"]],
    ["/cost-by-tenant?sort=model", 400, ["sort"]],
    ["/tenants-week-over-week?group_by=model&measures=calls", 400, ["group_by", "measures"]],
    ["/dearest-sessions?sort=-cost", 400, ["sort"]],
    ["/retry-cost?sort=latency", 400, ["sort"]],
    ["/hot-prompts?sort=-cost_per_call", 400, ["sort"]],
    ["/retry-cost?bucket=day", 400, ["bucket"]],
    ["/cost-by-tenant?window=24h", 400, ["window"]],
    ["/deploy-comparison", 400, ["filter.deploy"]],
    ["/deploy-comparison?filter.deploy=a&filter.deploy=b", 400, ["filter.deploy"]],
    ["/constructor", 404, []],
  ])("%s", async (path, status, fields) => {
    const response = await get(path);
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    const { errors = [] } = await response.json();
    expect(errors.map((error: { path: string }) => error.path)).toEqual(fields);
  });

  test("without a key, and with one that may only ingest", async () => {
    const only = await createApiKey(project.id, { name: "in", environment: "production", scopes: ["ingest"] }, null);
    for (const path of ["", "/usage-summary"]) {
      expect((await get(path, "none")).status).toBe(401);
      expect((await get(path, only)).status).toBe(403);
    }
  });
});

test("whatever the parameters, an answer or a 400 that names them", async () => {
  const values = [
    "tenant",
    "-cost",
    "cost",
    "day",
    "hour",
    "week",
    "none",
    "year",
    "5",
    "first",
    "csv",
    "2026-11-20",
    "2030-01-01",
    "24h",
    "ü\0",
    "",
  ];
  const names =
    "period from to compare group_by bucket sort limit measures window format env filter.tenant filter.attempt not.deploy filter.deploy x";
  const pair = fc.tuple(
    fc.constantFrom(...names.split(" ")),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fc.string() }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(REPORTS)),
      fc.array(pair, { maxLength: 5 }),
      async (report, pairs) => {
        const response = await get(`/${report}?${new URLSearchParams(pairs)}`);
        const text = await response.text();
        expect([200, 400]).toContain(response.status);
        if (response.status === 400) expect(JSON.parse(text).errors.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});
