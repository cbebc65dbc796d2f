import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, holdClock, names, pass, passUntil, realWait, recordCalls, until } from "./support/client.js";
import { Collector } from "./support/collector.js";

let collector: Collector;

beforeEach(async () => {
  collector = await new Collector().start();
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await collector.stop();
});

/** How long it took, in ms, and what it gave. */
async function timed<T>(action: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now();
  const result = await action();
  return [result, performance.now() - startedAt];
}

describe("flush", () => {
  test("with nothing to send settles at once and sends nothing", async () => {
    const [totals, ms] = await timed(() => connect(collector).flush(5_000));
    expect(totals).toEqual({ sent: 0, pending: 0, dropped: 0 });
    expect(ms).toBeLessThan(1_000);
    expect(collector.requests).toEqual([]);
  });

  test("sends what waits without waiting for the batch to fill", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    const [totals, ms] = await timed(() => spendtrace.flush(5_000));
    expect(totals).toEqual({ sent: 3, pending: 0, dropped: 0 });
    expect(ms).toBeLessThan(900);
    expect(collector.requestIds()).toEqual(names(1, 3));
  });

  test("sends many batches one after the other", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 1_050);
    expect(await spendtrace.flush(10_000)).toEqual({ sent: 1_050, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(1, 1_050));
  });

  test("with a server that is away tries once and settles when no other attempt fits", async () => {
    await collector.stop();
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    const [totals, ms] = await timed(() => spendtrace.flush(400));
    expect(totals).toEqual({ sent: 0, pending: 3, dropped: 0 });
    expect(ms).toBeLessThan(1_000);
    await collector.start();
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 3, pending: 0, dropped: 0 });
  });

  test("does not wait out a backoff, but leaves a server alone for a second after a failure", async () => {
    holdClock();
    vi.spyOn(Math, "random").mockReturnValue(1);
    collector.behave = () => "hang up";
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    // A second until they are due, then waits of 1, 2 and 4 s; the next attempt is 8 s away.
    await passUntil(() => collector.requests.length === 4);
    const early = spendtrace.flush(900);
    await pass(900, 100);
    await early;
    expect(collector.requests).toHaveLength(4);
    collector.behave = () => undefined;
    const late = spendtrace.flush(900);
    await pass(900, 100);
    expect(await late).toEqual({ sent: 3, pending: 0, dropped: 0 });
  });

  test("two hundred at once, with a server that is away, are one attempt", async () => {
    collector.behave = () => "hang up";
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    await Promise.all(Array.from({ length: 200 }, () => spendtrace.flush(400)));
    expect(collector.paths()).toEqual(["calls"]);
    await spendtrace.shutdown(0);
  });

  test("whose time is over before its turn sends nothing more", async () => {
    let answerFirst = () => {};
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementationOnce(async (input, init) => {
      await new Promise<void>((resolve) => {
        answerFirst = resolve;
      });
      return fetch(input, init);
    });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 100);
    await realWait(50);
    recordCalls(spendtrace, 101, 103);
    await spendtrace.flush(50);
    answerFirst();
    await realWait(300);
    expect(collector.requestIds()).toEqual(names(1, 100));
    expect(await spendtrace.shutdown(5_000)).toEqual({ sent: 103, pending: 0, dropped: 0 });
  });

  test("retries within its time", async () => {
    let attempts = 0;
    collector.behave = () => (attempts++ === 0 ? { status: 503 } : undefined);
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    expect(await spendtrace.flush(3_000)).toEqual({ sent: 3, pending: 0, dropped: 0 });
  });

  test("with a server that never answers settles in time", async () => {
    collector.behave = () => "hang";
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    const [totals, ms] = await timed(() => spendtrace.flush(200));
    expect(totals).toEqual({ sent: 0, pending: 3, dropped: 0 });
    expect(ms).toBeGreaterThan(190);
    expect(ms).toBeLessThan(1_200);
    await spendtrace.shutdown(0);
  });

  test("with a server that sends headers and never a body settles in time", async () => {
    const spendtrace = connect(collector);
    collector.behave = () => ({ status: 200, headers: { "content-length": "1000" } });
    recordCalls(spendtrace, 1, 3);
    const [totals, ms] = await timed(() => spendtrace.flush(200));
    expect(totals.sent).toBe(0);
    expect(ms).toBeLessThan(1_200);
    await spendtrace.shutdown(0);
  });

  test.each([0, -5, Number.NaN, "soon" as never, null as never, {} as never, Symbol("x") as never, 10n as never])(
    "of %s ms settles at once",
    async (ms) => {
      collector.behave = () => "hang";
      const spendtrace = connect(collector);
      recordCalls(spendtrace, 1, 3);
      const [totals, took] = await timed(() => spendtrace.flush(ms));
      expect(totals.pending).toBe(3);
      expect(took).toBeLessThan(1_000);
      await spendtrace.shutdown(0);
    },
  );

  test("of infinitely many ms settles when all is sent", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 3);
    expect(await spendtrace.flush(Number.POSITIVE_INFINITY)).toEqual({ sent: 3, pending: 0, dropped: 0 });
  });

  test("while calls keep coming settles in time", async () => {
    const spendtrace = connect(collector);
    let number = 0;
    const producer = setInterval(() => recordCalls(spendtrace, ++number, number), 1);
    await realWait(20);
    const [, ms] = await timed(() => spendtrace.flush(300));
    clearInterval(producer);
    expect(ms).toBeLessThan(1_500);
    expect(number).toBeGreaterThan(1);
    expect(await spendtrace.flush(2_000)).toEqual({ sent: number, pending: 0, dropped: 0 });
  });

  test("many at once all settle, and each call goes once", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 250);
    const all = await Promise.all(Array.from({ length: 20 }, () => spendtrace.flush(5_000)));
    expect(all).toEqual(Array(20).fill({ sent: 250, pending: 0, dropped: 0 }));
    expect(collector.duplicates).toBe(0);
    expect(collector.batches()).toHaveLength(3);
  });

  test.each(["flush", "shutdown"] as const)("%s waits for what the wrapped fetch still works out", async (end) => {
    const spendtrace = connect(collector);
    const usage = { input_tokens: 1, output_tokens: 1 };
    const fetch = spendtrace.fetch(async () => Response.json({ id: "msg_1", type: "message", usage }));
    const body = JSON.stringify({ model: "claude-sonnet-5", messages: [{ role: "user", content: "hi" }] });
    await (await fetch("https://api.anthropic.com/v1/messages", { method: "POST", body })).text();
    expect(await spendtrace[end](5_000)).toEqual({ sent: 1, pending: 0, dropped: 0 });
    expect([...collector.stored.values()][0]).toMatchObject({
      model: "claude-sonnet-5",
      source: "sdk-js/0.1.0",
      usage,
    });
  });
});

describe("shutdown", () => {
  test("sends what waits, and drops what comes after", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 120);
    expect(await spendtrace.shutdown(5_000)).toEqual({ sent: 120, pending: 0, dropped: 0 });
    recordCalls(spendtrace, 121, 125);
    expect(await spendtrace.flush(1_000)).toEqual({ sent: 120, pending: 0, dropped: 5 });
    expect(collector.stored.size).toBe(120);
  });

  test("twice is the same one", async () => {
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 5);
    const [first, second] = await Promise.all([spendtrace.shutdown(5_000), spendtrace.shutdown(1)]);
    expect(first).toEqual({ sent: 5, pending: 0, dropped: 0 });
    expect(second).toEqual(first);
    expect(await spendtrace.shutdown(5_000)).toEqual(first);
  });

  test("with a server that is away tells what is pending", async () => {
    await collector.stop();
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 5);
    const [totals, ms] = await timed(() => spendtrace.shutdown(300));
    expect(totals).toEqual({ sent: 0, pending: 5, dropped: 0 });
    expect(ms).toBeLessThan(1_500);
    await collector.start();
    await realWait(1_200);
    expect(collector.requests).toEqual([]);
  });

  test("ends the request that is under way", async () => {
    collector.behave = () => "hang";
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 5);
    await spendtrace.shutdown(100);
    await until(() => collector.givenUp > 0);
    expect(collector.givenUp).toBe(1);
  });

  test("after a flush that is still under way settles in time", async () => {
    collector.behave = () => "hang";
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 5);
    const flushed = spendtrace.flush(10_000);
    const [totals, ms] = await timed(() => spendtrace.shutdown(100));
    expect(totals.pending).toBe(5);
    expect(ms).toBeLessThan(1_000);
    expect((await flushed).pending).toBe(5);
  });

  test("of a client that does nothing settles", async () => {
    const spendtrace = connect(collector, { apiKey: " " });
    expect(await spendtrace.shutdown()).toEqual({ sent: 0, pending: 0, dropped: 0 });
  });
});
