import { beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { explainChange } from "@/lib/reports/explain-change";
import { listDeploys } from "@/lib/reports/read-deploys";
import { findLastCallAt, hasCalls, listDimensionValues } from "@/lib/reports/read-options";
import { REPORTS, type ReportName, runReport } from "@/lib/reports/registry";
import { DIMENSIONS } from "@/lib/reports/schema";
import { emptyProject, NOW, query, store } from "../../support/call-rows";

/** Something to count for every report: a prompt, a write of a cache, an answer. */
const used = {
  prefix_hash: "prefix",
  input_tokens: 2,
  cache_create_5m_tokens: 3,
  output_tokens: 1,
  max_tokens: 4,
  latency_ms: 5,
};
const named = (whose: string) => ({ prompt_hash: `prompt-${whose}`, session_id: `s-${whose}`, task_id: `t-${whose}` });
const mine = { ...used, ...named("mine"), tenant_id: "mine", cost: 1, feature: "shared", deploy_sha: "d-mine" };
const theirs = {
  ...used,
  ...named("secret"),
  tenant_id: "theirs-secret",
  cost: 1_000_003,
  feature: "f-secret",
  deploy_sha: "d-secret",
  provider: "p-secret",
  model: "m-secret",
  service_tier: "s-secret",
  environment: "staging",
};
const before = "2026-11-12T10:30:00.000Z";
const compare = { from: new Date("2026-11-08T00:00Z"), to: new Date("2026-11-14T14:32Z") };
const all = emptyProject();
const limited = { ...all, tenants: ["mine", "nobody"] } as Scope;
const production = { ...all, environment: "production" } as Scope;
const nobody = { ...all, tenants: [] as readonly string[] } as Scope;
const ingestOnly = { ...all, role: "ingest" } as Scope;

const text = (value: unknown) => JSON.stringify(value, (_, cell) => (typeof cell === "bigint" ? `${cell}n` : cell));

beforeAll(async () => {
  await store(all, [
    mine,
    { ...mine, occurred_at: before },
    theirs,
    { ...theirs, occurred_at: before },
    { ...theirs, cost: null },
  ]);
});

/** Reports of failures and storms: these calls are none, so that nobody sees any. */
const OF_OTHER_CALLS: readonly string[] = ["error-rates", "error-statuses", "retry-storms"];

describe.each(Object.keys(REPORTS) as ReportName[])("%s", (name) => {
  const ask = (scope: Scope, deploy = "d-mine") => {
    const filters = name === "deploy-comparison" ? [{ dimension: "deploy", op: "is", values: [deploy] } as const] : [];
    return runReport(scope, name, query({ compare, filters }), NOW);
  };

  test.skipIf(OF_OTHER_CALLS.includes(name))("shows everything to one who may see all", async () => {
    expect(text(await ask(all, "d-secret"))).toMatch(/[mfp]-secret|100000[34]n/);
  });

  test.each([
    ["of some tenants", limited],
    ["of one environment", production],
  ])("one %s sees theirs in rows, totals and coverage", async (_, scope) => {
    const { rows, totals, coverage } = await ask(scope);
    expect(text({ rows, totals, coverage })).not.toMatch(/secret|100000[34]n/);
    const cost = OF_OTHER_CALLS.includes(name) ? 1n : (totals.cost ?? 1n);
    expect([cost, coverage.calls, coverage.unpricedCalls]).toEqual([1n, 1n, 0n]);
    expect(text(await ask(scope, "d-secret"))).not.toMatch(/[mfp]-secret|100000[34]n/);
  });

  test.each([
    ["without tenants", nobody],
    ["with a key for ingest only", ingestOnly],
  ])("one %s sees nothing", async (_, scope) => {
    const { totals, coverage } = await ask(scope);
    expect([totals.cost ?? 0n, coverage.calls]).toEqual([0n, 0n]);
  });
});

test("options, deploys, last call and emptiness keep to the scope", async () => {
  const period = { from: new Date("2026-11-01T00:00Z"), to: new Date("2026-11-22T00:00Z") };
  for (const dimension of DIMENSIONS) {
    expect(text(await listDimensionValues(limited, dimension, period))).not.toContain("secret");
  }
  expect(await listDimensionValues(limited, "tenant", period)).toEqual([
    { value: "mine", costUsdPicos: 2n, calls: 2n },
  ]);
  expect((await listDimensionValues(all, "tenant", period, "SECR")).map(({ value }) => value)).toEqual([
    "theirs-secret",
  ]);
  expect((await listDimensionValues(all, "tenant", period, "%")).length).toBe(0);
  expect((await listDeploys(limited, [])).map(({ deploy }) => deploy)).toEqual(["d-mine"]);
  expect(text(await explainChange(limited, compare, query().period, []))).not.toMatch(/secret|100000[34]n/);
  expect(await findLastCallAt(limited)).toEqual(new Date("2026-11-20T12:00:00.000Z"));
  expect(await findLastCallAt(nobody)).toBeNull();
  expect([await hasCalls(limited), await hasCalls(nobody), await hasCalls(ingestOnly)]).toEqual([true, false, false]);
});
