import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IngestApi } from "@/tests/support/ingest-api";
import { once } from "@/tests/support/patiently";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy";

const databaseUrl = process.env.DATABASE_URL ?? "";
const at = "2026-11-20T12:00:00Z";
const BODIES = {
  outcomes: { task_id: "t", tenant_id: "Northwind", outcome: "success", occurred_at: at },
  deploys: { deploy_sha: "a1b2c3d", deployed_at: at },
  "client-reports": { client_id: randomUUID(), sequence: 1, sent_at: at, sdk: "x", dropped: { queue_full: 3 } },
} as const;
type Name = keyof typeof BODIES;

describe("what is told about calls when the database is gone", () => {
  let proxy: FaultProxy;
  const apis = new Map<Name, IngestApi<Record<string, unknown>>>();

  beforeAll(async () => {
    proxy = await startFaultProxy(databaseUrl);
    // The pools read the address once, when their modules load.
    process.env.DATABASE_URL = proxy.url;
    process.env.LOG_LEVEL = "silent";
    const { createIngestApi } = await import("@/tests/support/ingest-api");
    const routes = {
      outcomes: await import("@/app/api/v1/outcomes/route"),
      deploys: await import("@/app/api/v1/deploys/route"),
      "client-reports": await import("@/app/api/v1/client-reports/route"),
    };
    for (const name of Object.keys(BODIES) as Name[]) apis.set(name, await createIngestApi(routes[name].POST, once));
  });

  afterAll(async () => {
    const { closeDb } = await import("@/lib/db");
    await closeDb();
    await proxy.stop();
  });

  it.each(Object.keys(BODIES) as Name[])("%s: 503 within a second, and taken when it is back", async (name) => {
    const api = apis.get(name);
    // The key is known for a few seconds: it is the store that does not answer.
    await api?.post([]);
    await proxy.stop();
    const started = performance.now();
    const away = await api?.post(BODIES[name]);
    const ms = performance.now() - started;
    await proxy.start();
    expect(away).toMatchObject({ status: 503, body: { title: "Service unavailable" } });
    expect([away?.headers.get("retry-after"), ms < 1_100]).toEqual(["2", true]);
    const back = await api?.post(BODIES[name]);
    expect([back?.status, Number(back?.body.accepted)]).toEqual([200, 1]);
  });
});
