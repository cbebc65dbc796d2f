import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, holdClock, KEY, names, pass, passUntil, realWait, recordCalls } from "./support/client.js";
import { Collector, type Reply } from "./support/collector.js";

let collector: Collector;
let warn: ReturnType<typeof vi.spyOn>;

beforeEach(async () => {
  collector = await new Collector().start();
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(Math, "random").mockReturnValue(1);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await collector.stop();
});

/** Answers the first request to the calls with `reply`, and the others as ever. */
function answerOnce(reply: Reply): void {
  let isFirst = true;
  collector.behave = ({ path }) => {
    if (path !== "/api/v1/calls" || !isFirst) return undefined;
    isFirst = false;
    return reply;
  };
}

const callRequests = () => collector.batches().length;
const said = () => warn.mock.calls.flat().join("\n");

describe("batches", () => {
  test("go at 100 calls, the rest after a second, in order", async () => {
    holdClock();
    recordCalls(connect(collector), 1, 250);
    await passUntil(() => callRequests() === 2);
    expect(collector.batches().map((batch) => batch.length)).toEqual([100, 100]);
    expect(await passUntil(() => callRequests() === 3)).toBeGreaterThan(900);
    expect(collector.batches().map((batch) => batch.length)).toEqual([100, 100, 50]);
    expect(collector.requestIds()).toEqual(names(1, 250));
  });

  test("go with the key, compressed, over one connection", async () => {
    const ports = new Set<unknown>();
    const spendtrace = connect(collector);
    for (let number = 0; number < 5; number++) {
      recordCalls(spendtrace, number * 100 + 1, number * 100 + 100);
      await spendtrace.flush(5_000);
    }
    for (const { headers } of collector.requests.filter(({ path }) => path.endsWith("calls"))) {
      expect(headers.authorization).toBe(`Bearer ${KEY}`);
      expect(headers["content-encoding"]).toBe("gzip");
      expect(headers["content-type"]).toBe("application/json");
      ports.add(headers.connection);
    }
    expect(ports).toEqual(new Set(["keep-alive"]));
    expect(collector.connections).toBeLessThanOrEqual(2);
  });

  test("are of one megabyte at most", async () => {
    const spendtrace = connect(collector);
    const usage = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`m${i}`, "x".repeat(900)]));
    for (let number = 1; number <= 50; number++) spendtrace.record({ request_id: `r${number}`, model: "m", usage });
    await spendtrace.flush(5_000);
    expect(collector.requestIds()).toEqual(names(1, 50));
    expect(callRequests()).toBe(3);
    for (const { bytes } of collector.requests) expect(bytes).toBeLessThan(1_001_000);
  });
});

describe("the retry table", () => {
  test.each([408, 429, 500, 502, 503, 504, 529])("%i: the same batch again after a second", async (status) => {
    holdClock();
    answerOnce({ status });
    recordCalls(connect(collector), 1, 100);
    await passUntil(() => callRequests() === 1);
    const waited = await passUntil(() => callRequests() === 2);
    expect(waited).toBeGreaterThan(900);
    expect(waited).toBeLessThan(1_500);
    expect(collector.batches()[1]).toEqual(collector.batches()[0]);
    expect(collector.requestIds()).toEqual(names(1, 100));
  });

  test.each([
    [400, "rejected"],
    [401, "unauthorized"],
    [403, "unauthorized"],
    [404, "rejected"],
    [405, "rejected"],
    [413, "too_large"],
    [415, "rejected"],
    [301, "rejected"],
  ])("%i: not again; counted as %s, told once, and reported", async (status, reason) => {
    answerOnce({ status, headers: { location: "https://elsewhere.test/" } });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 1);
    await spendtrace.flush(5_000);
    recordCalls(spendtrace, 2, 3);
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 2, pending: 0, dropped: 1 });
    expect(collector.requestIds()).toEqual(["r2", "r3"]);
    expect(collector.dropped).toEqual({ [reason]: 1 });
    expect(said()).not.toContain(KEY);
  });

  test("no connection: doubled waits up to half a minute, then all arrives in order", async () => {
    holdClock();
    const spendtrace = connect(collector);
    const attempts: number[] = [];
    collector.behave = ({ path }) => {
      if (path.endsWith("calls")) attempts.push(Date.now());
      return "hang up";
    };
    recordCalls(spendtrace, 1, 100);
    await pass(135_000, 500);
    const waits = attempts.slice(1).map((at, index) => (at - (attempts[index] ?? 0)) / 1_000);
    for (const [index, wait] of [1, 2, 4, 8, 16, 30, 30, 30].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(wait);
      expect(waits[index]).toBeLessThan(wait + 1.6);
    }
    collector.behave = () => undefined;
    recordCalls(spendtrace, 101, 300);
    await pass(31_000);
    expect(collector.requestIds()).toEqual(names(1, 300));
    expect(said().match(/kept and sent again/g)).toHaveLength(1);
  });

  test("no answer within ten seconds counts as none", async () => {
    holdClock();
    let hangs = true;
    collector.behave = () => (hangs ? "hang" : undefined);
    recordCalls(connect(collector), 1, 100);
    await passUntil(() => callRequests() === 1);
    await pass(9_500, 4_750, 100);
    expect(callRequests()).toBe(1);
    hangs = false;
    await pass(2_500);
    expect(collector.requestIds()).toEqual(names(1, 100));
  });

  test.each([
    ["seconds", () => "120"],
    ["a date", () => new Date(Date.now() + 120_000).toUTCString()],
  ])("Retry-After in %s is kept, also by a flush", async (_, header) => {
    holdClock();
    vi.setSystemTime(new Date("2026-11-21T12:00:00Z"));
    answerOnce({ status: 429, headers: { "retry-after": header() } });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 100);
    await passUntil(() => callRequests() === 1);
    await pass(60_000, 1_000);
    const flushed = spendtrace.flush(5_000);
    await pass(1_000);
    expect(await flushed).toEqual({ sent: 0, pending: 100, dropped: 0 });
    await pass(57_000, 1_000);
    expect(callRequests()).toBe(1);
    await pass(3_500);
    expect(collector.requestIds()).toEqual(names(1, 100));
  });

  test("Retry-After goes before the doubling of waits", async () => {
    holdClock();
    const asked: number[] = [];
    collector.behave = ({ path }) => {
      if (path.endsWith("calls")) asked.push(Date.now());
      return asked.length < 5 ? { status: 503, headers: { "retry-after": "2" } } : undefined;
    };
    recordCalls(connect(collector), 1, 100);
    await passUntil(() => collector.stored.size === 100);
    for (const [index, at] of asked.slice(1).entries()) {
      expect(at - (asked[index] ?? 0)).toBeGreaterThanOrEqual(1_950);
      expect(at - (asked[index] ?? 0)).toBeLessThan(2_500);
    }
  });

  test("a request that its runtime forgot is given up after half a minute, and its late answer not heeded", async () => {
    holdClock();
    let answerLate = () => {};
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementationOnce(async (input, init) => {
      await new Promise<void>((resolve) => {
        answerLate = resolve;
      });
      return fetch(input, { ...init, signal: null });
    });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 100);
    await pass(29_000, 1_000);
    recordCalls(spendtrace, 101, 200);
    await pass(500);
    expect(callRequests()).toBe(0);
    await pass(1_000);
    recordCalls(spendtrace, 201, 250);
    await passUntil(() => collector.stored.size === 250);
    answerLate();
    await passUntil(() => collector.duplicates === 100);
    recordCalls(spendtrace, 251, 260);
    await passUntil(() => collector.stored.size === 260);
    expect(collector.requestIds()).toEqual(names(1, 260));
    expect(await spendtrace.flush(0)).toEqual({ sent: 260, pending: 0, dropped: 0 });
  });

  test("an answer that was lost on its way costs nothing: the batch is known when it comes again", async () => {
    holdClock();
    let isFirst = true;
    collector.behave = ({ path }) => {
      if (!path.endsWith("calls") || !isFirst) return undefined;
      isFirst = false;
      return "lose";
    };
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 100);
    await passUntil(() => callRequests() === 2);
    await pass(100);
    expect([collector.stored.size, collector.duplicates]).toEqual([100, 100]);
    expect(await spendtrace.flush(0)).toEqual({ sent: 100, pending: 0, dropped: 0 });
  });
});

describe("413", () => {
  test("halves the batch until it passes, and loses nothing", async () => {
    collector.behave = ({ path, body }) =>
      path.endsWith("calls") && (body.calls as unknown[]).length > 10 ? { status: 413 } : undefined;
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 200);
    expect(await spendtrace.flush(10_000)).toEqual({ sent: 200, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(1, 200));
    expect(
      collector
        .batches()
        .slice(0, 5)
        .map((batch) => batch.length),
    ).toEqual([100, 50, 25, 13, 7]);
  });

  test("drops the one call that is too large by itself", async () => {
    collector.behave = ({ path, body }) =>
      path.endsWith("calls") && (body.calls as { request_id: string }[]).some(({ request_id }) => request_id === "r63")
        ? { status: 413 }
        : undefined;
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 200);
    expect(await spendtrace.flush(10_000)).toEqual({ sent: 199, pending: 0, dropped: 1 });
    expect(collector.requestIds()).toEqual([...names(1, 62), ...names(64, 200)]);
    expect(collector.dropped).toEqual({ too_large: 1 });
  });
});

describe("refusals call by call", () => {
  const errors = [{ path: "tenant_id", message: "must be text of 1 to 128 characters" }];
  const rejected = [3, 7].map((index) => ({ index, request_id: `r${index}`, errors }));

  test("are counted and their reasons told once", async () => {
    answerOnce({ status: 200, body: { accepted: 7, duplicates: 0, unpriced: 0, rejected, conflicts: [{ index: 1 }] } });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 10);
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 7, pending: 0, dropped: 3 });
    expect(collector.dropped).toEqual({ refused: 2, conflict: 1 });
    const reason = "tenant_id must be text of 1 to 128 characters";
    expect(said()).toBe(`[spendtrace] The server refused calls: ${reason}; ${reason}`);
  });

  test("422: all of them", async () => {
    answerOnce({ status: 422, body: { accepted: 0, duplicates: 0, unpriced: 0, rejected, conflicts: [] } });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 2);
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 0, pending: 0, dropped: 2 });
    expect(collector.dropped).toEqual({ refused: 2 });
  });

  test("422 without a word on the calls: dropped as a batch", async () => {
    answerOnce({ status: 422, body: "no" });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 2);
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 0, pending: 0, dropped: 2 });
    expect(collector.dropped).toEqual({ rejected: 2 });
  });

  test("200 of somebody else is no acknowledgement: the batch is kept for a minute", async () => {
    holdClock();
    answerOnce({ status: 200, body: "<html>Sign in to the hotel</html>" });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 100);
    await passUntil(() => callRequests() === 1);
    expect(await passUntil(() => callRequests() === 2)).toBeGreaterThanOrEqual(59_900);
    await pass(100);
    expect(await spendtrace.flush(0)).toEqual({ sent: 100, pending: 0, dropped: 0 });
    expect(said()).toContain("Somebody else answers");
  });
});

describe("the queue", () => {
  test("holds 10,000 calls; the newest is what is dropped, counted and reported", async () => {
    holdClock();
    collector.behave = () => "hang up";
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 10_007);
    await pass(1_000);
    collector.behave = () => undefined;
    const flushed = spendtrace.flush(60_000);
    await passUntil(() => collector.reports.size > 0);
    expect(await flushed).toEqual({ sent: 10_000, pending: 0, dropped: 7 });
    expect(collector.requestIds()).toEqual(names(1, 10_000));
    expect(collector.dropped).toEqual({ queue_full: 7 });
  });

  test("holds 16 MB", async () => {
    collector.behave = () => "hang up";
    const spendtrace = connect(collector);
    const usage = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`m${i}`, "ü".repeat(500)]));
    for (let number = 1; number <= 100; number++) spendtrace.record({ model: "m", usage });
    const { pending, dropped } = await spendtrace.shutdown(0);
    expect(pending).toBe(Math.floor(16_000_000 / 202_000));
    expect(pending + dropped).toBe(100);
  });

  test("has room again once the server is back", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 10_050);
    await spendtrace.flush(20_000);
    recordCalls(spendtrace, 10_051, 10_060);
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 10_010, pending: 0, dropped: 50 });
  });

  test("does not take a call of more than a megabyte", async () => {
    const usage = Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`m${i}`, "x".repeat(900)]));
    const spendtrace = connect(collector);
    spendtrace.record({ model: "m", usage });
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 0, pending: 0, dropped: 1 });
    expect(collector.dropped).toEqual({ too_large: 1 });
  });
});

describe("nothing is sent", () => {
  test.each([
    ["without an endpoint", { endpoint: "", apiKey: KEY }],
    ["without a key", { endpoint: "http://127.0.0.1:1", apiKey: "" }],
    ["to what is no address", { endpoint: "spendtrace", apiKey: KEY }],
    ["with a key that no header may hold", { endpoint: "http://127.0.0.1:1", apiKey: "a\nb" }],
  ])("%s: one warning, and the host goes on", async (_, options) => {
    const spendtrace = connect(collector, options);
    recordCalls(spendtrace, 1, 3);
    spendtrace.outcome("t", "success");
    expect(spendtrace.run({ tenantId: "acme" }, () => 5)).toBe(5);
    const headers = { "x-spendtrace-tenant-id": "acme", "x-own": "1" };
    const seen: (RequestInit | undefined)[] = [];
    const inner = async (_url: unknown, init?: RequestInit) => {
      seen.push(init);
      return new Response();
    };
    await spendtrace.fetch(inner)("https://api.anthropic.com/v1/messages", { method: "POST", headers });
    expect([...new Headers(seen[0]?.headers)]).toEqual([["x-own", "1"]]);
    expect(await spendtrace.shutdown(100)).toEqual({ sent: 0, pending: 0, dropped: 0 });
    expect(warn).toHaveBeenCalledTimes(1);
    await realWait(20);
    expect(collector.requests).toEqual([]);
  });
});
