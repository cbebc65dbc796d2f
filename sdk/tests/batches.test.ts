import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { wrapFetch } from "../src/wrap-fetch.js";
import { anthropicMessage } from "./support/answers.js";
import { connect } from "./support/client.js";
import { Collector } from "./support/collector.js";
import { json, type Provider, pieces, startProvider } from "./support/provider-server.js";
import { createRecorder, type TestRecorder } from "./support/test-recorder.js";

const USAGE = { input_tokens: 10_000, output_tokens: 1000 };
const ID = "msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d";

const message = (id: string) => ({ ...anthropicMessage({ model: "claude-opus-4-8", usage: USAGE }), id });
const RESULTS = [
  { custom_id: "a", result: { type: "succeeded", message: message("msg_a") } },
  { custom_id: "b", result: { type: "errored", error: { type: "error", error: { type: "invalid_request_error" } } } },
  { custom_id: "c", result: { type: "canceled", message: message("msg_c") } },
  { custom_id: "d", result: { type: "expired" } },
  { custom_id: "e", result: { type: "succeeded", message: message("msg_e") } },
];
const JSONL = RESULTS.map((line) => `${JSON.stringify(line)}\n`).join("");

let provider: Provider;
let recorder: TestRecorder;
let fetch: typeof globalThis.fetch;
let clock: number;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());
beforeEach(() => {
  provider.reset();
  clock = Date.parse("2026-11-20T12:00:00Z");
  recorder = createRecorder(() => clock, { tenantId: "Northwind", feature: "nightly" });
  fetch = wrapFetch(globalThis.fetch, recorder);
});

const look = () => fetch(`${provider.url}/v1/messages/batches/${ID}`);
const results = (headers?: HeadersInit) => fetch(`${provider.url}/v1/messages/batches/${ID}/results`, { headers });
const batch = json({
  id: ID,
  type: "message_batch",
  processing_status: "ended",
  created_at: "2026-11-18T08:00:00.123456+00:00",
});
const lines = (text: string, ...cuts: number[]) => {
  const parts = [0, ...cuts].map((start, index) => text.slice(start, cuts[index]));
  return pieces(parts, { headers: { "content-type": "application/x-jsonl" } });
};

describe("the results of a batch", () => {
  test("are a call for each that succeeded, at the time the batch was made", async () => {
    provider.replyWith(batch, lines(JSONL));
    await (await look()).json();
    expect(await (await results()).text()).toBe(JSONL);
    const call = {
      tenant_id: "Northwind",
      feature: "nightly",
      occurred_at: "2026-11-18T08:00:00.123Z",
      model: "claude-opus-4-8",
      usage: USAGE,
      stop_reason: "end_turn",
      service_tier: "batch",
    };
    expect(recorder.calls).toEqual([
      { ...call, request_id: "msg_a" },
      { ...call, request_id: "msg_e" },
    ]);
  });

  test("read again have the same identity, also where nobody looked at the batch", async () => {
    provider.replyWith(lines(JSONL), lines(JSONL));
    await (await results()).text();
    const first = recorder.calls.splice(0);
    clock += 3_600_000;
    await (await results()).text();
    expect(first).toHaveLength(2);
    expect(recorder.calls).toEqual(first);
    expect(first[0]?.occurred_at).toBe("2026-11-20T12:00:00.000Z");
  });

  test("are the same wherever the bytes are cut, without a last line break too", async () => {
    const text = JSONL.trimEnd();
    const cut = Math.floor(text.length / 3);
    provider.replyWith(lines(text, cut, cut + 1, 2 * cut));
    await (await results()).text();
    expect(recorder.calls.map(({ request_id, usage }) => [request_id, usage])).toEqual([
      ["msg_a", USAGE],
      ["msg_e", USAGE],
    ]);
  });

  test("that the host stops reading, or that break off, are those that came by", async () => {
    const half = JSONL.indexOf('"custom_id":"e"') + 20;
    provider.replyWith(
      pieces([JSONL.slice(0, half)], { cut: true }),
      lines(`${JSON.stringify(RESULTS[0])}\nnot JSON\n{"result":7}\n${JSON.stringify(RESULTS[4])}`),
    );
    await expect((await results()).text()).rejects.toThrow("terminated");
    expect(recorder.calls.splice(0).map(({ request_id }) => request_id)).toEqual(["msg_a"]);
    await (await results()).text();
    expect(recorder.calls.map(({ request_id }) => request_id)).toEqual(["msg_a", "msg_e"]);
  });

  test("belong to the tenant that a header names; that of a batch that failed are none", async () => {
    provider.replyWith(lines(JSONL), json({ type: "error" }, { status: 404 }));
    await (await results({ "x-spendtrace-tenant-id": "Contoso" })).text();
    expect(recorder.calls.splice(0).map(({ tenant_id }) => tenant_id)).toEqual(["Contoso", "Contoso"]);
    expect((await results()).status).toBe(404);
    expect(recorder.calls).toEqual([]);
  });

  test("come no faster than calls are sent, but they come", async () => {
    let waiting = 0;
    let hurried = 0;
    recorder.isBehind = () => waiting > 100;
    recorder.record = () => {
      waiting += 1;
      hurried = Math.max(hurried, waiting);
    };
    provider.replyWith(pieces(Array(40).fill(JSONL.repeat(20))));
    const sending = setInterval(() => {
      waiting = Math.max(0, waiting - 50);
    }, 5);
    expect((await (await results()).text()).length).toBe(JSONL.length * 800);
    clearInterval(sending);
    expect(hurried).toBeGreaterThan(100);
    expect(hurried).toBeLessThan(400);
  });

  test("of which there are more than the queue holds all arrive", async () => {
    const collector = await new Collector().start();
    const spendtrace = connect(collector);
    const count = 15_000;
    const line = (n: number) =>
      `${JSON.stringify({ custom_id: "x", result: { type: "succeeded", message: message(`msg_${n}`) } })}\n`;
    provider.replyWith((response) => void response.end(Array.from({ length: count }, (_, n) => line(n)).join("")));
    const response = await spendtrace.fetch()(`${provider.url}/v1/messages/batches/${ID}/results`);
    const reader = response.body?.getReader();
    while (!(await reader?.read())?.done);
    expect(await spendtrace.shutdown(30_000)).toEqual({ sent: count, pending: 0, dropped: 0 });
    expect(collector.stored.size).toBe(count);
    await collector.stop();
  });

  test("are held back for half a minute at most", async () => {
    const setTimeout = globalThis.setTimeout;
    let waited = 0;
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((callback: () => void, ms: number) => {
      if (ms !== 20) return setTimeout(callback, ms);
      waited += ms;
      return setImmediate(callback);
    }) as typeof setTimeout);
    recorder.isBehind = () => true;
    provider.replyWith(pieces([JSONL, JSONL, JSONL]));
    expect(await (await results()).text()).toBe(JSONL.repeat(3));
    vi.restoreAllMocks();
    expect([waited, recorder.calls.length]).toEqual([30_000, 6]);
  });

  test("are held back for nobody who has left", async () => {
    const setTimeout = vi.spyOn(globalThis, "setTimeout");
    recorder.isBehind = () => true;
    provider.replyWith(pieces([JSONL], { hold: new Promise(() => {}) }));
    const reader = (await results()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await new Promise((resolve) => setImmediate(resolve));
    setTimeout.mockClear();
    await pause(100);
    expect(setTimeout.mock.calls.filter(([, ms]) => ms === 20).length).toBeLessThan(2);
    vi.restoreAllMocks();
  });

  test("of which one lacks its usage count as not known", async () => {
    const { usage: _, ...bare } = message("msg_x");
    provider.replyWith(lines(`${JSON.stringify({ result: { type: "succeeded", message: bare } })}\n`));
    await (await results()).text();
    expect(recorder.calls).toMatchObject([{ request_id: "msg_x", incomplete: true, service_tier: "batch" }]);
  });
});
