import { AsyncLocalStorage } from "node:async_hooks";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Call } from "../src/call.js";
import { contextFields, readContext } from "../src/context.js";
import type { Spendtrace } from "../src/node.js";
import { connect, until } from "./support/client.js";
import { Collector } from "./support/collector.js";

let collector: Collector;
let spendtrace: Spendtrace;

beforeEach(async () => {
  collector = await new Collector().start();
  spendtrace = connect(collector, { tenantId: "default-tenant", feature: "default-feature" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await spendtrace.shutdown(0);
  await collector.stop();
});

const record = (request_id: string) => spendtrace.record({ request_id, model: "m" });

/** What was stored of a call by its request id. */
async function stored(): Promise<Map<string, Call>> {
  await spendtrace.flush(5_000);
  return new Map([...collector.stored.values()].map((call) => [call.request_id, call]));
}

const ANTHROPIC = "https://api.anthropic.com/v1/messages";
const ask = { method: "POST", body: '{"model":"claude-sonnet-5","messages":[]}' };
const answer = (id: string) => async () => {
  await sleep(5);
  return Response.json({ id, type: "message", model: "claude-sonnet-5", usage: { input_tokens: 1 } });
};

describe("who pays", () => {
  test("is the constructor's default without a context, and the innermost one with, field by field", async () => {
    record("outside");
    spendtrace.run({ tenantId: "acme", sessionId: "s1", userId: "u1" }, () => {
      record("outer");
      spendtrace.run({ feature: "chat", taskId: "t1", userId: "u2", deploySha: "d1" }, () => record("inner"));
      record("after");
    });
    const calls = await stored();
    expect(calls.get("outside")).toMatchObject({ tenant_id: "default-tenant", feature: "default-feature" });
    expect(calls.get("outside")).not.toHaveProperty("session_id");
    const outer = { tenant_id: "acme", feature: "default-feature", session_id: "s1", user_id: "u1" };
    expect(calls.get("outer")).toMatchObject(outer);
    expect(calls.get("after")).toMatchObject(outer);
    expect(calls.get("inner")).toMatchObject({
      ...{ tenant_id: "acme", feature: "chat", session_id: "s1", task_id: "t1", user_id: "u2", deploy_sha: "d1" },
    });
  });

  test("is unknown when nobody said", async () => {
    spendtrace = connect(collector);
    record("r");
    expect((await stored()).get("r")).toMatchObject({ tenant_id: "unknown", feature: "unknown" });
  });

  test("is what the call itself says, before any context", async () => {
    spendtrace.run({ tenantId: "acme" }, () => spendtrace.record({ request_id: "r", model: "m", tenant_id: "own" }));
    expect((await stored()).get("r")?.tenant_id).toBe("own");
  });

  test("follows over awaits, timers and callbacks, and 200 concurrent tasks do not mix", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `c${index}`);
    await Promise.all(
      ids.map((id) =>
        spendtrace.run({ tenantId: id }, async () => {
          await sleep(Math.random() * 10);
          await Promise.all(
            ["a", "b"].map((feature) =>
              spendtrace.run({ feature }, async () => {
                await new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 10));
                queueMicrotask(() => record(`${id} ${feature}`));
                await sleep(1);
              }),
            ),
          );
          record(`${id} end`);
        }),
      ),
    );
    const calls = await stored();
    expect(calls.size).toBe(600);
    for (const id of ids) {
      for (const feature of ["a", "b"]) expect(calls.get(`${id} ${feature}`)).toMatchObject({ tenant_id: id, feature });
      expect(calls.get(`${id} end`)).toMatchObject({ tenant_id: id, feature: "default-feature" });
    }
  });

  test("of a request is who asked, though the answer ends elsewhere", async () => {
    const asked = spendtrace.run({ tenantId: "acme", feature: "chat" }, () =>
      spendtrace.fetch(answer("msg_1"))(ANTHROPIC, ask),
    );
    await spendtrace.run({ tenantId: "globex" }, async () => (await asked).text());
    expect([...(await stored()).values()]).toMatchObject([{ tenant_id: "acme", feature: "chat" }]);
  });

  test("two clients keep their contexts apart", async () => {
    const other = connect(collector, { tenantId: "other" });
    spendtrace.run({ tenantId: "acme" }, () => other.record({ request_id: "o", model: "m" }));
    await other.shutdown(5_000);
    expect([...collector.stored.values()]).toMatchObject([{ tenant_id: "other" }]);
  });
});

describe("run", () => {
  test("gives back what the function gives, and what it throws", async () => {
    const failure = new Error("the host's own");
    expect(spendtrace.run({}, () => 7)).toBe(7);
    await expect(spendtrace.run({}, async () => 8)).resolves.toBe(8);
    expect(() =>
      spendtrace.run({}, () => {
        throw failure;
      }),
    ).toThrow(failure);
    await expect(spendtrace.run({}, () => Promise.reject(failure))).rejects.toBe(failure);
  });
});

describe("a context as the host passes it", () => {
  const trap = {
    get tenantId(): string {
      throw new Error("no");
    },
    feature: "chat",
  };
  test.each([
    [
      { tenantId: "a", feature: "", userId: 42, taskId: 9n, extra: "x" },
      { tenantId: "a", userId: "42", taskId: "9" },
    ],
    [{ tenantId: Symbol("x"), feature: {}, sessionId: null }, {}],
    [trap, { feature: "chat" }],
    [null, {}],
    [undefined, {}],
    ["acme", {}],
  ])("%#", (given, context) => {
    expect(readContext(given)).toEqual(context);
  });

  test("becomes the fields of a call", () => {
    const context = { tenantId: "a", feature: "b", sessionId: "c", taskId: "d", userId: "e", deploySha: "f" };
    expect(contextFields(context)).toEqual({
      ...{ tenant_id: "a", feature: "b", session_id: "c", task_id: "d", user_id: "e", deploy_sha: "f" },
    });
  });
});

describe("the environment", () => {
  test("gives endpoint, key and deploy", async () => {
    for (const name of ["GITHUB_SHA", "VERCEL_GIT_COMMIT_SHA"]) vi.stubEnv(name, "");
    vi.stubEnv("SPENDTRACE_URL", `${collector.url}/`);
    vi.stubEnv("SPENDTRACE_KEY", "st_live_from_the_environment");
    vi.stubEnv("K_REVISION", "revision-7");
    vi.stubEnv("GITHUB_SHA", "g".repeat(70));
    const { Spendtrace } = await import("../src/node.js");
    spendtrace = new Spendtrace();
    record("r");
    expect((await stored()).get("r")?.deploy_sha).toBe("g".repeat(64));
    expect(collector.requests[0]?.headers.authorization).toBe("Bearer st_live_from_the_environment");
    vi.stubEnv("SPENDTRACE_DEPLOY", "d1");
    spendtrace = new Spendtrace({ deploySha: "option" });
    record("s");
    expect((await stored()).get("s")?.deploy_sha).toBe("option");
    spendtrace = new Spendtrace();
    record("t");
    expect((await stored()).get("t")?.deploy_sha).toBe("d1");
  });
});

describe("a wrapped fetch", () => {
  test("wrapped again records each attempt once", async () => {
    const fetch = spendtrace.fetch(spendtrace.fetch(spendtrace.fetch(answer("msg_1"))));
    await (await fetch(ANTHROPIC, ask)).text();
    expect((await stored()).size).toBe(1);
    expect((await spendtrace.flush(0)).sent).toBe(1);
  });

  test("in the place of the global one is not used for deliveries, and records none of them", async () => {
    const original = globalThis.fetch;
    let entered = 0;
    const wrapped = spendtrace.fetch(original);
    const counting: typeof original = (...given) => {
      entered++;
      return wrapped(...given);
    };
    vi.stubGlobal("fetch", spendtrace.fetch(original));
    const behind = connect(collector);
    vi.stubGlobal("fetch", counting);
    behind.record({ model: "m" });
    expect((await behind.shutdown(5_000)).sent).toBe(1);
    expect(entered).toBe(0);
    expect((await spendtrace.flush(5_000)).sent).toBe(0);
  });
});

describe("what is sent belongs to no request of the host, whose tracing would count it as that request's", () => {
  const request = new AsyncLocalStorage<string>();
  const sent: [path: string, request: string | undefined][] = [];

  beforeEach(() => {
    sent.length = 0;
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
      sent.push([String(url).replace(/.*\//, ""), request.getStore()]);
      return fetch(url, init);
    });
  });

  test.each(["queue", "spool"])("with a %s", async (store) => {
    const spool = store === "spool" ? mkdtempSync(path.join(tmpdir(), "spendtrace-spool-")) : undefined;
    const client = request.run("a", () => connect(collector, { spool }));
    await request.run("b", async () => {
      client.record({ model: "m" });
      await until(() => collector.stored.size === 1 && collector.reports.size === 1);
      await (await client.fetch(answer("c"))(ANTHROPIC, ask)).text();
      client.outcome("t", "success");
      await until(() => collector.stored.size === 2 && collector.outcomes.length === 1);
      client.record({ model: "m" });
      await client.flush(5_000);
      client.record({ model: "m" });
      await client.shutdown(5_000);
      expect(request.getStore()).toBe("b");
    });
    expect(sent.map(([what]) => what).sort()).toEqual([
      "calls",
      "calls",
      "calls",
      "calls",
      "client-reports",
      "outcomes",
    ]);
    expect(sent.filter(([, within]) => within !== undefined)).toEqual([]);
    if (spool) rmSync(spool, { recursive: true });
  });
});
