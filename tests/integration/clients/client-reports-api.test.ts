import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/client-reports/route";
import type { Scope } from "@/lib/auth/scope";
import { listClients } from "@/lib/clients/read";
import { recordClientReport } from "@/lib/clients/write";
import { readDb } from "@/lib/db";
import { countDroppedCalls, listDropped } from "@/lib/reports/dropped-calls";
import type { Filter } from "@/lib/reports/schema";
import { createIngestApi, type IngestApi } from "@/tests/support/ingest-api";

type Body = { accepted: boolean; title?: string; errors?: { path: string; message: string }[] };

let api: IngestApi<Body>;
beforeEach(async () => {
  api = await createIngestApi<Body>(POST);
});

const CLIENT = "0b8f5a54-6f0c-4f7e-9f39-0d6d1a2f3c4e";
const report = (overrides: Record<string, unknown> = {}) => ({
  client_id: CLIENT,
  sequence: 1,
  sent_at: new Date().toISOString(),
  sdk: "sdk-js/0.1.0",
  runtime: "node 20.20.0",
  deploy_sha: "a1b2c3d",
  dropped: { queue_full: 12, too_large: 1 },
  ...overrides,
});

const drops = async () =>
  (
    await readDb().clientDrop.findMany({
      where: { projectId: api.id },
      orderBy: [{ environment: "asc" }, { sequence: "asc" }, { reason: "asc" }],
    })
  ).map((row) => [row.environment, row.sequence, row.reason, Number(row.calls)]);
const clients = () => readDb().client.findMany({ where: { projectId: api.id }, orderBy: { environment: "asc" } });

describe("POST /api/v1/client-reports", () => {
  test("a report is counted once, however often it is sent", async () => {
    const first = report();
    expect(await api.post(first)).toMatchObject({ status: 200, body: { accepted: true } });
    expect(await api.post(first)).toMatchObject({ status: 200, body: { accepted: false } });
    expect((await api.post(report({ sequence: 2, dropped: { queue_full: 3 } }))).body).toEqual({ accepted: true });
    expect((await api.post(first)).body).toEqual({ accepted: false });
    expect(await drops()).toEqual([
      ["production", 1, "queue_full", 12],
      ["production", 1, "too_large", 1],
      ["production", 2, "queue_full", 3],
    ]);
  });

  test("twenty of the same at once are one", async () => {
    const same = report();
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.post(same)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(answers.filter(({ body }) => body.accepted)).toHaveLength(1);
    expect(await drops()).toEqual([
      ["production", 1, "queue_full", 12],
      ["production", 1, "too_large", 1],
    ]);
  });

  test("the client is what it last told, and what an old report says comes too late", async () => {
    await api.post(report({ sequence: 3, deploy_sha: undefined, runtime: "node 22.1.0", dropped: undefined }));
    await api.post(report({ sequence: 2, sdk: "sdk-js/0.0.9" }));
    expect(await clients()).toMatchObject([
      { clientId: CLIENT, sdk: "sdk-js/0.1.0", runtime: "node 22.1.0", deploySha: null, lastSequence: 3 },
    ]);
    expect(await drops()).toEqual([]);
  });

  test("the same id in another environment is another client", async () => {
    await api.post(report());
    expect((await api.postStaging(report({ dropped: { invalid: 5 } }))).body).toEqual({ accepted: true });
    expect((await clients()).map(({ environment }) => environment)).toEqual(["production", "staging"]);
    expect((await drops()).at(-1)).toEqual(["staging", 1, "invalid", 5]);
  });

  test("reasons that are not known count as other, nothing dropped is no row", async () => {
    await api.post(report({ dropped: { queue_full: 0, whim: 2, constructor: 3, other: 4 } }));
    expect(await drops()).toEqual([["production", 1, "other", 9]]);
  });

  test("how far its clock is off is kept", async () => {
    await api.post(report({ sent_at: new Date(Date.now() + 3_600_000).toISOString() }));
    const skew = Number((await clients())[0]?.skewMs);
    expect(Math.abs(skew - 3_600_000)).toBeLessThan(5_000);
  });

  test("of rate limits the latest of each model stay, and what cannot be shown is left out", async () => {
    const now = new Date("2026-11-20T12:00:00Z");
    const later = new Date("2026-11-20T12:01:00Z");
    const told = (sequence: number, rate_limits: unknown, at: Date) =>
      api.post(report({ sequence, dropped: {}, rate_limits, sent_at: at.toISOString() }));
    await told(1, { opus: { requests_limit: 50, requests_remaining: 49 }, haiku: { requests_remaining: 7 } }, now);
    await told(
      2,
      {
        opus: {
          requests_remaining: 0,
          reset: "2026-11-20T12:00:30Z",
          "Bad Name": 1,
          nested: {},
          nul: "\0",
          retry_after_s: 3,
        },
        "": { requests_remaining: 1 },
        empty: { nothing: null },
      },
      later,
    );
    const [client] = await clients();
    const limits = client?.rateLimits as Record<string, { told: unknown }>;
    expect(Object.fromEntries(Object.entries(limits).map(([model, { told }]) => [model, told]))).toEqual({
      opus: { requests_remaining: 0, reset: "2026-11-20T12:00:30Z", retry_after_s: 3 },
      haiku: { requests_remaining: 7 },
    });
  });

  test("a client that makes up models holds no more than fifty, the latest told", async () => {
    for (const sequence of [1, 2, 3]) {
      const models = Array.from({ length: 40 }, (_, i) => [`model-${sequence}-${i}`, { requests_remaining: i }]);
      await api.post(report({ sequence, dropped: {}, rate_limits: Object.fromEntries(models) }));
    }
    const kept = Object.keys(((await clients())[0]?.rateLimits ?? {}) as object);
    expect(kept).toHaveLength(50);
    expect(kept.filter((model) => model.startsWith("model-3-"))).toHaveLength(40);
  });

  test.each([
    [{ client_id: "me" }, "client_id", "must be a UUID"],
    [{ client_id: undefined }, "client_id", "is required"],
    [{ sequence: 0 }, "sequence", "must be an integer from 1 to 2147483647"],
    [{ sequence: 1.5 }, "sequence", "must be an integer from 1 to 2147483647"],
    [{ dropped: { queue_full: -1 } }, "dropped.queue_full", "must be an integer from 0 to 1000000000000"],
    [{ dropped: { a: 1e12, b: 1 } }, "dropped", "must not count more than 1000000000000 calls"],
    [{ dropped: [] }, "dropped", "must be an object of counts by reason"],
    [{ rate_limits: 7 }, "rate_limits", "must be an object of limits by model"],
    [{ sdk: "x".repeat(65) }, "sdk", "must be text of 1 to 64 characters"],
  ])("refuses %j as a whole", async (wrong, path, message) => {
    const { status, body } = await api.post(report(wrong));
    expect([status, body.title, body.errors]).toEqual([422, "Unusable report", [{ path, message }]]);
    expect(await clients()).toEqual([]);
  });

  test("takes one report a request", async () => {
    expect((await api.post([report(), report({ sequence: 2 })])).status).toBe(400);
    expect((await api.post([])).status).toBe(400);
    expect((await api.post("no JSON")).status).toBe(400);
    expect(await clients()).toEqual([]);
  });
});

describe("what pages read of it", () => {
  const NOW = new Date("2026-11-21T12:00:00Z");
  const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
  const other = randomUUID();
  const record = (environment: string, sequence: number, hours: number, dropped: Record<string, number>, id = CLIENT) =>
    recordClientReport(
      api.scope,
      environment,
      {
        ...{ client_id: id, sequence, sent_at: hoursAgo(hours), sdk: "sdk-js/0.1.0" },
        dropped: new Map(Object.entries(dropped)) as never,
      },
      hoursAgo(hours),
    );
  const staging: Filter = { dimension: "environment", op: "is", values: ["staging"] };
  const tenant: Filter = { dimension: "tenant", op: "is", values: ["Northwind"] };

  beforeEach(async () => {
    await record("production", 1, 30, { queue_full: 5 });
    await record("production", 2, 2, { queue_full: 10, invalid: 1 });
    await record("staging", 1, 1, { invalid: 100, outcome: 7 }, other);
  });

  test("clients are listed by when they last reported, with all they dropped and what of it today", async () => {
    const scope = { ...api.scope, role: "viewer" } as Scope;
    const { clients: listed, count } = await listClients(scope, NOW, 10);
    expect(count).toBe(2);
    expect(
      listed.map(({ clientId, environment, firstSeenAt, lastSeenAt, skewMs, drops }) => ({
        ...{ clientId, environment, firstSeenAt, lastSeenAt, skewMs, drops },
      })),
    ).toEqual([
      {
        ...{ clientId: other, environment: "staging", firstSeenAt: hoursAgo(1), lastSeenAt: hoursAgo(1), skewMs: 0 },
        drops: [
          { reason: "invalid", calls: 100n, lastDayCalls: 100n },
          { reason: "outcome", calls: 7n, lastDayCalls: 7n },
        ],
      },
      {
        ...{
          clientId: CLIENT,
          environment: "production",
          firstSeenAt: hoursAgo(30),
          lastSeenAt: hoursAgo(2),
          skewMs: 0,
        },
        drops: [
          { reason: "queue_full", calls: 15n, lastDayCalls: 10n },
          { reason: "invalid", calls: 1n, lastDayCalls: 1n },
        ],
      },
    ]);
    expect(await listClients(scope, NOW, 1)).toMatchObject({ count: 2, clients: [{ clientId: other }] });
    expect((await listClients({ ...scope, environment: "production" } as Scope, NOW, 10)).count).toBe(1);
    expect(await listClients({ ...scope, tenants: ["Northwind"] } as Scope, NOW, 10)).toEqual({
      clients: [],
      count: 0,
    });
  });

  test("what was dropped is summed over the period and its environment, and unknown to who sees some tenants only", async () => {
    const scope = { ...api.scope, role: "viewer" } as Scope;
    const day = { from: hoursAgo(24), to: NOW };
    const count = (who: Scope, filters: readonly Filter[] = []) => countDroppedCalls(who, day, filters);
    expect(await count(scope)).toBe(111n);
    expect(await count(scope, [tenant])).toBe(111n);
    expect(await count(scope, [staging])).toBe(100n);
    expect(await count({ ...scope, environment: "production" } as Scope)).toBe(11n);
    expect(await count({ ...scope, tenants: ["Northwind"] } as Scope)).toBeNull();
    expect(await countDroppedCalls(scope, { from: hoursAgo(90), to: hoursAgo(30) }, [])).toBe(0n);
    expect(await countDroppedCalls(scope, { from: hoursAgo(30), to: hoursAgo(2) }, [])).toBe(5n);
    expect(await listDropped(scope, { from: hoursAgo(48), to: NOW }, [])).toEqual([
      { reason: "invalid", calls: 101n, clients: 2, lastAt: hoursAgo(1) },
      { reason: "queue_full", calls: 15n, clients: 1, lastAt: hoursAgo(2) },
      { reason: "outcome", calls: 7n, clients: 1, lastAt: hoursAgo(1) },
    ]);
    expect(await listDropped({ ...scope, tenants: ["Northwind"] } as Scope, day, [])).toEqual([]);
  });
});
