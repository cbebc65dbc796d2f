import { beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/deploys/route";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import type { Filter } from "@/lib/reports/schema";
import { findToldDeploys, listUncalledDeploys } from "@/lib/reports/told-deploys";
import { store } from "@/tests/support/call-rows";
import { createIngestApi, type IngestApi } from "@/tests/support/ingest-api";

type Body = { accepted: number; rejected: { index: number; errors: { path: string; message: string }[] }[] };

let api: IngestApi<Body>;
beforeEach(async () => {
  api = await createIngestApi<Body>(POST);
});

const deploy = (overrides: Record<string, unknown> = {}) => ({
  deploy_sha: "a1b2c3d",
  deployed_at: "2026-11-20T12:00:00Z",
  title: "Greet by local time",
  url: "https://git.example/pull/7",
  ...overrides,
});

const stored = async () =>
  (
    await readDb().deploy.findMany({
      where: { projectId: api.id },
      orderBy: [{ environment: "asc" }, { deploySha: "asc" }],
    })
  ).map((row) => [row.environment, row.deploySha, row.deployedAt.toISOString().slice(11, 19), row.title, row.url]);

describe("POST /api/v1/deploys", () => {
  test("takes one or a list, with and without title and address", async () => {
    expect((await api.post(deploy())).body).toEqual({ accepted: 1, rejected: [] });
    await api.post({ deploys: [{ deploy_sha: "bare", deployed_at: "2026-11-20T13:00:00+01:00", title: null }] });
    expect(await stored()).toEqual([
      ["production", "a1b2c3d", "12:00:00", "Greet by local time", "https://git.example/pull/7"],
      ["production", "bare", "12:00:00", null, null],
    ]);
  });

  test("what was sent last replaces what was known, and sending it again changes nothing", async () => {
    await api.post([deploy(), deploy({ title: "Second in the batch" })]);
    await api.post(deploy({ deployed_at: "2026-11-20T11:00:00Z", title: undefined, url: "http://git.example/8" }));
    await api.post(deploy({ deployed_at: "2026-11-20T11:00:00Z", title: undefined, url: "http://git.example/8" }));
    expect(await stored()).toEqual([["production", "a1b2c3d", "11:00:00", null, "http://git.example/8"]]);
  });

  test("environments and projects have their own", async () => {
    await api.post(deploy());
    await api.postStaging(deploy({ title: "On staging" }));
    await (await createIngestApi<Body>(POST)).post(deploy({ title: "Another project's" }));
    expect((await stored()).map(([environment, , , title]) => [environment, title])).toEqual([
      ["production", "Greet by local time"],
      ["staging", "On staging"],
    ]);
  });

  test.each([
    ["javascript:alert(1)"],
    ["java\nscript:alert(1)"],
    ["data:text/html,x"],
    ["//git.example/7"],
    ["/pull/7"],
    ["https://me:secret@git.example/7"],
    ["https://token@git.example/7"],
    ["ftp://git.example"],
    [`https://git.example/${"x".repeat(2000)}`],
    [7],
  ])("refuses the address %j", async (url) => {
    const answer = await api.post(deploy({ url }));
    expect([answer.status, answer.body.rejected[0]?.errors.map(({ path }) => path)]).toEqual([422, ["url"]]);
    expect(await stored()).toEqual([]);
  });

  test("names every field that cannot be used", async () => {
    const answer = await api.post([
      { deployed_at: "now", title: "x".repeat(201) },
      deploy({ deploy_sha: "x".repeat(65) }),
    ]);
    expect(answer.status).toBe(422);
    expect(answer.body.rejected.map(({ errors }) => errors.map(({ path, message }) => `${path} ${message}`))).toEqual([
      [
        "deploy_sha is required",
        "deployed_at must be an RFC 3339 time with a zone, such as 2026-11-20T12:00:00Z or 2026-11-20T21:00:00+09:00",
        "title must be text of 1 to 200 characters",
      ],
      ["deploy_sha must be text of 1 to 64 characters"],
    ]);
  });
});

describe("what pages read of it", () => {
  const period = { from: new Date("2026-11-20T00:00Z"), to: new Date("2026-11-21T00:00Z") };
  const staging: Filter = { dimension: "environment", op: "is", values: ["staging"] };
  const tenant: Filter = { dimension: "tenant", op: "is", values: ["Northwind"] };

  test("a deploy of two environments is told of where it was first, and of the one that is asked for", async () => {
    await api.post(deploy());
    await api.postStaging(deploy({ deployed_at: "2026-11-20T07:00:00Z", title: "On staging" }));
    const scope = { ...api.scope, role: "viewer" } as Scope;
    const told = async (who: Scope, filters: readonly Filter[] = []) =>
      (await findToldDeploys(who, ["a1b2c3d", "nobody"], filters)).get("a1b2c3d");
    expect(await told(scope)).toEqual({
      deploy: "a1b2c3d",
      environment: "staging",
      deployedAt: new Date("2026-11-20T07:00:00Z"),
      title: "On staging",
      url: "https://git.example/pull/7",
    });
    expect((await told(scope, [{ ...staging, op: "is_not" }, tenant]))?.title).toBe("Greet by local time");
    expect((await told({ ...scope, environment: "production" } as Scope))?.title).toBe("Greet by local time");
    expect(await told({ ...scope, tenants: ["Northwind"] } as Scope)).toBeUndefined();
    expect(await told({ ...scope, role: "ingest" } as Scope)).toBeUndefined();
  });

  test("deploys without a call in their environment are listed, the latest first, those with one are not", async () => {
    const scope = { ...api.scope, role: "viewer" } as Scope;
    await api.post([
      deploy(),
      deploy({ deploy_sha: "silent" }),
      deploy({ deploy_sha: "old", deployed_at: "2026-11-19T23:59:59Z" }),
    ]);
    await api.postStaging([deploy({ deployed_at: "2026-11-20T13:00:00Z" })]);
    await store(scope, [{ deploy_sha: "a1b2c3d", environment: "production" }]);
    const list = async (who: Scope, filters: readonly Filter[] = [], limit = 10) => {
      const { deploys, count } = await listUncalledDeploys(who, period, filters, limit);
      return [count, ...deploys.map((one) => `${one.deploy} ${one.environment}`)];
    };
    expect(await list(scope)).toEqual([2, "a1b2c3d staging", "silent production"]);
    expect(await list(scope, [], 1)).toEqual([2, "a1b2c3d staging"]);
    expect(await list(scope, [staging, tenant])).toEqual([1, "a1b2c3d staging"]);
    expect(await list({ ...scope, tenants: ["Northwind"] } as Scope)).toEqual([0]);
  });
});
