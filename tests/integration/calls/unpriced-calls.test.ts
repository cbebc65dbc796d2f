import { beforeAll, describe, expect, test } from "vitest";
import { proveScope } from "@/lib/auth/prove-scope";
import type { Scope } from "@/lib/auth/scope";
import { explainUnpriced } from "@/lib/calls/explain-unpriced";
import { countUnpricedModels, listUnpricedGroups, listUnpricedModels, NEWEST_CALLS } from "@/lib/calls/list-unpriced";
import { writeDb } from "@/lib/db";
import { ingestCalls } from "@/lib/ingest/ingest-calls";
import { currentPrices } from "@/lib/pricing/current-prices";
import { readNewestPrices } from "@/lib/pricing/versions";
import { emptyProject, store } from "@/tests/support/call-rows";
import { anthropicUsage, buildCall } from "@/tests/support/calls";
import { createProject, type TestProject } from "@/tests/support/project";

const DESTINATION = { environment: "production", now: new Date("2026-11-21T12:00:00Z"), retentionMonths: 25 };
const MYTHOS = { model: "claude-mythos-preview" };
const at = (day: string, time = "12:00:00.000") => ({ occurred_at: `2026-11-${day}T${time}Z` });
const usage = (input: number, output: number) => ({ usage: anthropicUsage({ input, output }) });

/** Why the models that the scope sees have no price, and whether they would have one now. */
async function readCauses(scope: Scope) {
  const { models } = await listUnpricedModels(scope);
  return explainUnpriced(await listUnpricedGroups(scope, models), await currentPrices(scope));
}

let project: TestProject;
let other: TestProject;

beforeAll(async () => {
  [project, other] = [await createProject(), await createProject()];
  const calls = [
    buildCall({ ...MYTHOS, ...at("15", "08:00:00.000"), ...usage(1000, 100), tenant_id: "Litware" }),
    buildCall({ ...MYTHOS, ...at("20", "23:34:41.115"), ...usage(2000, 200), tenant_id: "Litware" }),
    buildCall({ ...MYTHOS, ...at("17"), ...usage(10, 1), tenant_id: "Contoso", feature: "agent-run" }),
    ...["A", "B", "C"].map((name) => buildCall({ ...MYTHOS, ...at("16"), ...usage(1, 0), tenant_id: name })),
    buildCall({ ...at("18"), usage: anthropicUsage({ input: 500 }, "priority"), tenant_id: "Contoso" }),
    buildCall({
      ...at("18"),
      ...usage(40, 2),
      tenant_id: "Contoso",
      provider: "openrouter",
      model: "anthropic/claude-sonnet-5.5",
    }),
    buildCall({ ...at("18"), ...usage(4000, 0), tenant_id: "Northwind" }),
    buildCall({ ...MYTHOS, ...at("18"), status_code: 529, usage: undefined, tenant_id: "Northwind" }),
  ];
  await ingestCalls(project.scope, calls, DESTINATION);
  await ingestCalls(other.scope, [buildCall({ ...at("20"), ...usage(7, 0), model: "acme-large" })], DESTINATION);
});

describe("models without a price", () => {
  test("are listed by tokens with exact sums, days, tenants and features, among all calls", async () => {
    const { models, ...sums } = await listUnpricedModels(project.scope);
    expect(models).toEqual([
      {
        provider: "anthropic",
        model: "claude-mythos-preview",
        calls: 6n,
        tokens: 3_314n,
        firstDay: new Date("2026-11-15"),
        lastDay: new Date("2026-11-20"),
        tenants: { names: ["Litware", "Contoso", "A"], count: 5 },
        features: { names: ["support-reply", "agent-run"], count: 2 },
      },
      {
        provider: "anthropic",
        model: "claude-sonnet-5-5",
        calls: 2n,
        tokens: 542n,
        firstDay: new Date("2026-11-18"),
        lastDay: new Date("2026-11-18"),
        tenants: { names: ["Contoso"], count: 1 },
        features: { names: ["support-reply"], count: 1 },
      },
    ]);
    expect(sums).toEqual({ modelCount: 2, unpricedCalls: 8n, unpricedTokens: 3_856n, calls: 10n, tokens: 7_856n });
    expect(await countUnpricedModels(project.scope)).toBe(2);
  });

  test("have their reasons by platform and by the name that was sent", async () => {
    expect(await readCauses(project.scope)).toEqual([
      {
        sentModel: "claude-mythos-preview",
        platform: "anthropic",
        reason: "unknown_model",
        calls: 6n,
        tokens: 3_314n,
        lastAt: new Date("2026-11-20T23:34:41.115Z"),
        pricedNow: null,
      },
      {
        sentModel: "claude-sonnet-5-5",
        platform: "anthropic",
        reason: "priority_tier_commitment",
        calls: 1n,
        tokens: 500n,
        lastAt: new Date("2026-11-18T12:00:00Z"),
        pricedNow: null,
      },
      {
        sentModel: "anthropic/claude-sonnet-5.5",
        platform: "openrouter",
        reason: "platform_not_priced",
        calls: 1n,
        tokens: 42n,
        lastAt: new Date("2026-11-18T12:00:00Z"),
        pricedNow: null,
      },
    ]);
  });

  test("are only those of the tenants that somebody may see, with shares of what he may see", async () => {
    const scope = proveScope({
      projectId: project.id,
      role: "viewer",
      tenants: ["Litware", "Northwind"],
      environment: "all",
    });
    const { models, ...sums } = await listUnpricedModels(scope);
    expect(models.map(({ model, calls, tokens, tenants }) => ({ model, calls, tokens, tenants }))).toEqual([
      { model: "claude-mythos-preview", calls: 2n, tokens: 3_300n, tenants: { names: ["Litware"], count: 1 } },
    ]);
    expect(sums).toEqual({ modelCount: 1, unpricedCalls: 2n, unpricedTokens: 3_300n, calls: 4n, tokens: 7_300n });
    expect(await countUnpricedModels(scope)).toBe(1);
    const asked = [
      { provider: "anthropic", model: "claude-mythos-preview" },
      { provider: "anthropic", model: "claude-sonnet-5-5" },
    ];
    const groups = await listUnpricedGroups(scope, asked);
    expect(groups.reduce((sum, { calls }) => sum + calls, 0n)).toBe(2n);
  });

  test("are those of the own project only", async () => {
    const { models } = await listUnpricedModels(other.scope);
    expect(models.map(({ provider, model, calls }) => ({ provider, model, calls }))).toEqual([
      { provider: "unknown", model: "acme-large", calls: 1n },
    ]);
    expect(await listUnpricedGroups(other.scope, [{ provider: "anthropic", model: "claude-mythos-preview" }])).toEqual(
      [],
    );
  });

  test("are none where nothing was called, or every call has a price", async () => {
    const empty = await createProject();
    const nothing = { models: [], modelCount: 0, unpricedCalls: 0n, unpricedTokens: 0n };
    expect(await listUnpricedModels(empty.scope)).toEqual({ ...nothing, calls: 0n, tokens: 0n });
    await ingestCalls(empty.scope, [buildCall({ ...at("20"), ...usage(7, 0) })], DESTINATION);
    expect(await listUnpricedModels(empty.scope)).toEqual({ ...nothing, calls: 1n, tokens: 7n });
    expect(await listUnpricedGroups(empty.scope, [])).toEqual([]);
    expect(await countUnpricedModels(empty.scope)).toBe(0);
  });
});

test("a contract with an alias from a day on would price the calls since that day", async () => {
  const aliased = await createProject();
  const calls = ["09", "10", "12"].map((day) => buildCall({ ...MYTHOS, ...at(day), ...usage(10, 1) }));
  await ingestCalls(aliased.scope, calls, DESTINATION);
  const { version, book } = await readNewestPrices(aliased.scope);
  const alias = {
    kind: "alias",
    id: "k1",
    from: "2026-11-10",
    to: null,
    note: "",
    model: MYTHOS.model,
    target: "claude-fable-5",
  };
  const row = {
    projectId: aliased.id,
    version: version + 1,
    bookVersion: book.version,
    contract: [alias],
    reason: "Alias",
  };
  await writeDb().priceVersion.create({ data: row });
  const { models } = await listUnpricedModels(aliased.scope);
  const causes = explainUnpriced(
    await listUnpricedGroups(aliased.scope, models),
    await readNewestPrices(aliased.scope),
  );
  expect(causes.map(({ calls, pricedNow }) => ({ calls, pricedNow }))).toEqual([
    { calls: 3n, pricedNow: { calls: 2n, from: new Date("2026-11-10"), to: new Date("2026-11-13") } },
  ]);
});

test("of a model with very many calls the reasons are read from the newest, its sums from all", async () => {
  const scope = emptyProject();
  const calls = (count: number, day: string, reason: string) =>
    Array.from({ length: count }, () => ({
      ...{ cost: null, input_tokens: 1, model: "acme-large", pricing_reason: reason },
      occurred_at: `2026-11-${day}T00:00:00.000Z`,
    }));
  await store(scope, [...calls(30, "10", "older"), ...calls(NEWEST_CALLS, "11", "unknown_model")]);
  const { models } = await listUnpricedModels(scope);
  expect(models.map(({ calls, tokens }) => ({ calls, tokens }))).toEqual([{ calls: 10_030n, tokens: 10_030n }]);
  const groups = await listUnpricedGroups(scope, models);
  expect(groups.map(({ reason, calls }) => ({ reason, calls }))).toEqual([{ reason: "unknown_model", calls: 10_000n }]);
});
