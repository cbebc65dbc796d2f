import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";
import { type FaultProxy, startFaultProxy } from "@/tests/support/fault-proxy";
import { once } from "@/tests/support/patiently";

const databaseUrl = process.env.DATABASE_URL ?? "";
const isEmbedded = !process.env.TEST_DATABASE_URL;

const recent = () => buildCall({ occurred_at: new Date().toISOString() });

describe("POST /api/v1/calls when the database is in trouble", () => {
  let proxy: FaultProxy;
  let api: CallsApi;

  beforeAll(async () => {
    proxy = await startFaultProxy(databaseUrl);
    // The pools read the address once, when their modules load.
    process.env.DATABASE_URL = proxy.url;
    process.env.LOG_LEVEL = "silent";
    const { createCallsApi } = await import("@/tests/support/api");
    api = await createCallsApi(once);
    expect((await api.post([recent()])).status).toBe(200);
  });

  afterAll(async () => {
    proxy.setFault("none");
    const { closeDb } = await import("@/lib/db");
    await closeDb();
    await proxy.stop();
  });

  async function timed<T>(answer: Promise<T>): Promise<T & { ms: number }> {
    const started = performance.now();
    return { ...(await answer), ms: performance.now() - started };
  }

  async function expectRecovery(call: ReturnType<typeof buildCall>, outcome: "accepted" | "either"): Promise<void> {
    const deadline = performance.now() + 5_000;
    let answer = await api.post([call]);
    while (answer.status !== 200 && performance.now() < deadline) {
      await wait(100);
      answer = await api.post([call]);
    }
    expect(answer.status).toBe(200);
    expect(answer.body.accepted + (outcome === "either" ? answer.body.duplicates : 0)).toBe(1);
    const stored = await api.list(`period=24h&filter.request=${call.request_id}`);
    expect(stored.body.calls).toHaveLength(1);
  }

  it("answers 503 within a second when it is gone, and takes the same batch when it is back", async () => {
    const call = recent();
    await proxy.stop();
    const answers = await Promise.all([timed(api.post([call])), timed(api.post([recent()]))]);
    await proxy.start();
    for (const { status, ms, headers, body } of answers) {
      expect(status).toBe(503);
      expect(body).toMatchObject({ title: "Service unavailable", status: 503 });
      expect(headers.get("retry-after")).toMatch(/^\d+$/);
      expect(ms).toBeLessThan(1_100);
    }
    await expectRecovery(call, "accepted");
  });

  it("loses nothing and counts nothing twice when the answer to a commit is lost", async () => {
    const call = recent();
    proxy.setFault("answers_lost");
    const answer = api.post([call]);
    await wait(300);
    await proxy.stop();
    proxy.setFault("none");
    expect((await answer).status).toBe(503);
    await proxy.start();
    await expectRecovery(call, "either");
  });

  it.skipIf(isEmbedded)("answers 503 within about a second when it takes bytes and answers nothing", async () => {
    await api.post([recent()]);
    proxy.setFault("black_hole");
    const { status, ms } = await timed(api.post([recent()]));
    proxy.setFault("none");
    expect([status, ms < 1_300]).toEqual([503, true]);
    await proxy.stop();
    await proxy.start();
    await expectRecovery(recent(), "accepted");
  });

  it("answers 429 when too much waits, stores none of that, and stores all that it took", async () => {
    const { CommitQueue } = await import("@/lib/calls/commit-queue");
    const { storeCalls } = await import("@/lib/calls/write");
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    globalThis.spendtraceCommitQueue = new CommitQueue({
      commit: async (calls) => {
        await gate;
        return storeCalls(calls);
      },
      writers: 2,
      maxItemsPerCommit: 100,
      maxItems: 500,
      suspectAfterMs: 500,
      isAlive: async () => true,
    });
    const taken = Array.from({ length: 5 }, () => api.post(Array.from({ length: 90 }, recent)));
    while (globalThis.spendtraceCommitQueue.length < 450) await wait(5);
    const refused = Array.from({ length: 60 }, recent);
    const answer = await api.post(refused);
    open();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(answer.body).toMatchObject({ title: "Too many requests", status: 429 });
    expect((await Promise.all(taken)).map(({ status, body }) => [status, body.accepted])).toEqual(
      Array(5).fill([200, 90]),
    );
    expect((await api.post(refused)).body.accepted).toBe(60);
  });
});
