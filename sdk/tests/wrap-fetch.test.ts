import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { wrapFetch } from "../src/wrap-fetch.js";
import { anthropicEvents, anthropicMessage, PROMPT } from "./support/answers.js";
import { json, type Provider, pieces, sse, startProvider } from "./support/provider-server.js";
import { createRecorder, type TestRecorder } from "./support/test-recorder.js";

const MODEL = "claude-sonnet-5-5";
const USAGE = { input_tokens: 12, cache_creation_input_tokens: 0, cache_read_input_tokens: 90, output_tokens: 30 };
const BODY = { model: MODEL, max_tokens: 64, messages: PROMPT };
const STARTED = Date.parse("2026-11-20T12:00:00Z");

let provider: Provider;
let recorder: TestRecorder;
let clock: number;
let fetch: typeof globalThis.fetch;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());
beforeEach(() => {
  clock = STARTED;
  recorder = createRecorder(() => clock, { tenantId: "Northwind", feature: "support", deploySha: "9f8e7d6" });
  fetch = wrapFetch(globalThis.fetch, recorder);
});
afterEach(() => expect(provider.requests.splice(0).length).toBeLessThan(9));

function ask(init: RequestInit = {}, path = "/v1/messages") {
  return fetch(provider.url + path, {
    method: "POST",
    body: JSON.stringify(BODY),
    ...init,
    headers: { "content-type": "application/json", ...(init.headers as Record<string, string>) },
  });
}

async function recorded() {
  await recorder.settle();
  return recorder.calls.splice(0);
}

const BASE = {
  occurred_at: "2026-11-20T12:00:00.000Z",
  tenant_id: "Northwind",
  feature: "support",
  deploy_sha: "9f8e7d6",
  model: MODEL,
  max_tokens: 64,
  attempt: 1,
  prompt_hash: "a7804e7dd2ab5fce",
};

describe("a plain answer", () => {
  test("is recorded with all that request and answer tell", async () => {
    provider.replyWith(
      json(anthropicMessage({ model: MODEL, usage: USAGE }), { headers: { "request-id": "req_011" } }),
    );
    const response = await ask();
    clock += 1234;
    expect(await response.json()).toEqual(anthropicMessage({ model: MODEL, usage: USAGE }));
    expect(await recorded()).toEqual([
      { ...BASE, request_id: "req_011", status_code: 200, latency_ms: 1234, stop_reason: "end_turn", usage: USAGE },
    ]);
  });

  test("that the host reads only in part is incomplete, with what was known", async () => {
    const text = JSON.stringify(anthropicMessage({ model: MODEL, usage: USAGE }));
    const end = text.indexOf('"usage"');
    provider.replyWith(
      pieces([text.slice(0, end), text.slice(end)], { headers: { "content-type": "application/json" } }),
    );
    const reader = (await ask()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const [call] = await recorded();
    expect(call).toMatchObject({ incomplete: true, model: MODEL, stop_reason: "end_turn", status_code: 200 });
    expect(call).not.toHaveProperty("usage");
  });

  test("without usage, and an empty one, are recorded as not known, not as nothing", async () => {
    provider.replyWith(json({ id: "x", model: MODEL }), pieces([]), (response) => void response.writeHead(204).end());
    await (await ask()).text();
    await (await ask()).text();
    const empty = await ask();
    expect([empty.status, empty.body]).toEqual([204, null]);
    const calls = await recorded();
    expect(calls.map(({ status_code, incomplete, usage }) => [status_code, incomplete, usage])).toEqual([
      [200, true, undefined],
      [200, true, undefined],
      [204, true, undefined],
    ]);
  });

  test("of a size that nobody would keep is read to its end without being kept", async () => {
    const filler = "x".repeat(1_000_000);
    const head = `{"model":"${MODEL}","content":[{"type":"text","text":"`;
    const tail = `"}],"stop_reason":"end_turn","usage":${JSON.stringify(USAGE)}}`;
    provider.replyWith(
      pieces([head, ...Array(40).fill(filler), tail], { headers: { "content-type": "application/json" } }),
    );
    const text = await (await ask()).text();
    expect(text.length).toBe(head.length + 40_000_000 + tail.length);
    expect(await recorded()).toMatchObject([{ usage: USAGE, stop_reason: "end_turn" }]);
  });
});

describe("a streamed answer", () => {
  test("is recorded once it was read, with the time of its first token", async () => {
    provider.replyWith(sse(anthropicEvents({ model: MODEL, usage: USAGE }), { headers: { "request-id": "req_012" } }));
    const reader = (await ask()).body?.getReader();
    const seen: string[] = [];
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      seen.push(new TextDecoder().decode(value));
      clock += 10;
    }
    const [call, ...more] = await recorded();
    expect(more).toEqual([]);
    expect(call).toMatchObject({ ...BASE, request_id: "req_012", usage: USAGE });
    expect(call).not.toHaveProperty("incomplete");
    const chunkOf = (event: string) => seen.findIndex((chunk) => chunk.includes(event));
    expect(call?.ttft_ms).toBe(10 * chunkOf("content_block_start"));
    expect(call?.latency_ms).toBe(10 * chunkOf("message_stop"));
  });

  test("that the host leaves has what was known at its start", async () => {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    provider.replyWith(sse(anthropicEvents({ model: MODEL, usage: USAGE }).slice(0, 4), { hold }));
    const reader = (await ask()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    release();
    const { output_tokens: _, ...start } = USAGE;
    expect(await recorded()).toMatchObject([
      { incomplete: true, usage: { ...start, output_tokens: 1 }, status_code: 200 },
    ]);
  });

  test("is recorded with the last event that tells anything, if the host reads no further", async () => {
    const hold = new Promise(() => {});
    provider.replyWith(sse(anthropicEvents({ model: MODEL, usage: USAGE }), { hold }));
    const reader = (await ask()).body?.getReader();
    for (let seen = ""; !seen.includes("message_stop"); ) {
      seen += new TextDecoder().decode((await reader?.read())?.value);
    }
    const [call, ...more] = await recorded();
    expect([call?.usage, call?.incomplete, more]).toEqual([USAGE, undefined, []]);
    await reader?.cancel();
    expect(await recorded()).toEqual([]);
  });

  test("that breaks off has what was known, and breaks off for the host", async () => {
    provider.replyWith(sse(anthropicEvents({ model: MODEL, usage: USAGE }).slice(0, 5), { cut: true }));
    await expect((await ask()).text()).rejects.toThrow("terminated");
    expect(await recorded()).toMatchObject([{ incomplete: true, usage: { output_tokens: 1 }, status_code: 200 }]);
  });

  test("that ends in an error event names it", async () => {
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    provider.replyWith(sse([...anthropicEvents({ model: MODEL, usage: USAGE }).slice(0, 5), error]));
    await (await ask()).text();
    expect(await recorded()).toMatchObject([{ incomplete: true, stop_reason: "overloaded_error" }]);
  });

  test.each([
    ["no events at all", "{}"],
    ["events of no JSON", "data: {oops\n\ndata: \u0000\n\n"],
    ["half a character", Uint8Array.of(0x64, 0x61, 0x74, 0x61, 0x3a, 0xe2, 0x82)],
    ["one endless line", `data: ${"x".repeat(300_000)}`],
  ])("of %s reaches the host as it is", async (_, body) => {
    provider.replyWith(pieces([body], { headers: { "content-type": "text/event-stream" } }));
    const bytes = Buffer.from(await (await ask()).arrayBuffer());
    expect(bytes.equals(Buffer.from(body))).toBe(true);
    expect(await recorded()).toMatchObject([{ ...BASE, incomplete: true, status_code: 200 }]);
  });

  test("without a type, and one that is packed and cut, are not known", async () => {
    const packed = gzipSync(
      JSON.stringify(anthropicMessage({ model: MODEL, usage: USAGE, text: `${randomBytes(9000)}` })),
    );
    provider.replyWith(
      pieces(['data: {"usage":{"input_tokens":1}}\n\n']),
      pieces([packed.subarray(0, 2000)], { headers: { "content-encoding": "gzip" } }),
    );
    await (await ask()).text();
    await (await ask()).text();
    const unknown = { model: MODEL, incomplete: true, status_code: 200 };
    expect(await recorded()).toMatchObject([unknown, unknown]);
  });

  test("that is aborted by its signal is recorded and aborted", async () => {
    const controller = new AbortController();
    provider.replyWith(
      sse(anthropicEvents({ model: MODEL, usage: USAGE }).slice(0, 4), { hold: new Promise(() => {}) }),
    );
    const reader = (await ask({ signal: controller.signal })).body?.getReader();
    await reader?.read();
    const rest = (async () => {
      while (!(await reader?.read())?.done);
    })();
    controller.abort();
    await expect(rest).rejects.toMatchObject({ name: "AbortError" });
    expect(await recorded()).toMatchObject([{ incomplete: true, usage: { input_tokens: 12, output_tokens: 1 } }]);
  });
});

describe("attempts that fail", () => {
  test("with an answer cost nothing and count at once; retries are numbered", async () => {
    const error = { type: "error", error: { type: "rate_limit_error", message: "slow down" } };
    provider.replyWith(
      json(error, { status: 429, headers: { "request-id": "req_1", "retry-after": "2" } }),
      json(error, { status: 529, headers: { "x-request-id": "req_2" } }),
    );
    expect((await ask()).status).toBe(429);
    expect(await (await ask({ headers: { "x-stainless-retry-count": "1" } })).json()).toEqual(error);
    expect(await recorded()).toEqual([
      { ...BASE, request_id: "req_1", status_code: 429, latency_ms: 0 },
      { ...BASE, request_id: "req_2", status_code: 529, latency_ms: 0, attempt: 2 },
    ]);
    expect(recorder.limits).toEqual([[MODEL, { retry_after_s: 2 }]]);
  });

  test("to connect cost nothing", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await expect(
      fetch(`http://127.0.0.1:${port}/v1/messages`, { method: "POST", body: JSON.stringify(BODY) }),
    ).rejects.toThrow("fetch failed");
    expect(await recorded()).toEqual([{ ...BASE, status_code: 599, latency_ms: 0 }]);
  });

  test("after the request was sent may have cost something", async () => {
    provider.replyWith((response) => void response.socket?.destroy());
    await expect(ask()).rejects.toThrow("fetch failed");
    expect(await recorded()).toEqual([{ ...BASE, status_code: 599, latency_ms: 0, incomplete: true }]);
  });

  test("because the host gave up may have cost something", async () => {
    provider.replyWith(
      () => {},
      () => {},
    );
    await expect(ask({ signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ name: "TimeoutError" });
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    setTimeout(() => controller.abort(reason), 20);
    await expect(ask({ signal: controller.signal })).rejects.toBe(reason);
    const gaveUp = { ...BASE, status_code: 499, latency_ms: 0, incomplete: true };
    expect(await recorded()).toEqual([gaveUp, gaveUp]);
  });

  test("with a redirect that is left to the host, or nothing new, are no answers", async () => {
    for (const status of [307, 304])
      provider.replyWith((response) => void response.writeHead(status, { location: "/" }).end());
    for (const status of [307, 304]) expect((await ask({ redirect: "manual" })).status).toBe(status);
    expect(await recorded()).toEqual([]);
  });

  test("before they begin are none", async () => {
    await expect(ask({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    expect(await recorded()).toEqual([]);
    expect(provider.requests).toEqual([]);
  });
});

describe("at a cloud", () => {
  const post = (path: string, body: object) =>
    fetch(provider.url + path, { method: "POST", body: JSON.stringify(body) });
  const counted = {
    "x-amzn-bedrock-input-token-count": "12",
    "x-amzn-bedrock-output-token-count": "34",
    "x-amzn-bedrock-cache-read-input-token-count": "5",
    "x-amzn-bedrock-cache-write-input-token-count": "0",
  };

  test("Bedrock's headers count where a maker's answer does not", async () => {
    const told = { "x-amzn-requestid": "aws-1", "x-amzn-bedrock-service-tier": "flex" };
    provider.replyWith(json({ generation: "Hi", stop_reason: "stop" }, { headers: { ...counted, ...told } }));
    await (await post("/model/meta.llama3-70b-instruct-v1%3A0/invoke", { prompt: "Hi", max_gen_len: 5 })).text();
    const [call] = await recorded();
    expect(call).toMatchObject({
      request_id: "aws-1",
      platform: "bedrock",
      model: "meta.llama3-70b-instruct-v1:0",
      input_tokens: 12,
      output_tokens: 34,
      cache_read_tokens: 5,
      cache_create_tokens: 0,
      service_tier: "flex",
      stop_reason: "stop",
    });
    expect(call).not.toHaveProperty("incomplete");
    expect(call).not.toHaveProperty("usage");
  });

  test("the usage of the answer goes before the headers; the address names the model more exactly", async () => {
    const headers = { ...counted, "x-amzn-bedrock-performanceconfig-latency": "optimized" };
    provider.replyWith(json(anthropicMessage({ model: "claude-haiku-4-5", usage: USAGE }), { headers }));
    await (await post("/model/eu.anthropic.claude-haiku-4-5-20251001-v1:0/invoke", BODY)).text();
    const [call] = await recorded();
    expect(call).toMatchObject({
      model: "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
      usage: USAGE,
      speed: "optimized",
    });
    expect(call).not.toHaveProperty("input_tokens");
  });

  test("Vertex tells the place; for Gemini the answer names the model more exactly", async () => {
    const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 4 };
    provider.replyWith(
      json(anthropicMessage({ model: "claude-haiku-4-5", usage: USAGE })),
      json({ candidates: [{ finishReason: "STOP" }], usageMetadata, modelVersion: "gemini-2.5-flash" }),
    );
    const at = "/v1/projects/p/locations/us-east5/publishers";
    await (await post(`${at}/anthropic/models/claude-haiku-4-5@20251001:rawPredict`, BODY)).text();
    await (await post(`${at}/google/models/gemini-flash-latest:generateContent`, { contents: [] })).text();
    const place = { platform: "vertex", location: "us-east5" };
    expect(await recorded()).toMatchObject([
      { ...place, model: "claude-haiku-4-5@20251001", usage: USAGE },
      { ...place, model: "gemini-2.5-flash", usage: usageMetadata, stop_reason: "STOP" },
    ]);
  });
});

describe("who pays", () => {
  const answer = json(anthropicMessage({ model: MODEL, usage: USAGE }));
  const ours = {
    "X-Spendtrace-Tenant-Id": "Contoso",
    "x-spendtrace-feature": "search",
    "x-spendtrace-session-id": "s1",
    "x-spendtrace-task-id": "t1",
    "x-spendtrace-user-id": "u1",
  };
  const told = {
    tenant_id: "Contoso",
    feature: "search",
    session_id: "s1",
    task_id: "t1",
    user_id: "u1",
    deploy_sha: "9f8e7d6",
  };

  test.each<[string, HeadersInit]>([
    ["an object", { ...ours, "x-api-key": "k" }],
    ["pairs", [...Object.entries(ours), ["x-api-key", "k"]] as [string, string][]],
    ["Headers", new Headers({ ...ours, "x-api-key": "k" })],
  ])("is told by headers in %s, field by field, which do not leave", async (_, headers) => {
    provider.replyWith(answer);
    await (await fetch(`${provider.url}/v1/messages`, { method: "POST", body: JSON.stringify(BODY), headers })).text();
    expect(await recorded()).toMatchObject([told]);
    const names = Object.keys(provider.requests[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith("x-spendtrace"))).toEqual([]);
    expect(names).toContain("x-api-key");
  });

  test("is told by the headers of a Request, too, whose body arrives", async () => {
    provider.replyWith(answer);
    const request = new Request(`${provider.url}/v1/messages`, {
      method: "POST",
      body: JSON.stringify(BODY),
      headers: ours,
    });
    await (await fetch(request)).text();
    const [call] = await recorded();
    expect(call).toMatchObject({ ...told, model: MODEL });
    expect(call).not.toHaveProperty("prompt_hash");
    expect(provider.requests[0]).toMatchObject({ method: "POST", body: JSON.stringify(BODY) });
    expect(provider.requests[0]?.headers).not.toHaveProperty("x-spendtrace-feature");
  });

  test("is told by headers that AWS checks: those stay, or it would refuse the request", async () => {
    provider.replyWith(answer);
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKIA/20261120/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-spendtrace-feature, Signature=0f";
    await (await ask({ headers: { ...ours, authorization } })).text();
    expect(await recorded()).toMatchObject([told]);
    expect(provider.requests[0]?.headers).toHaveProperty("x-spendtrace-feature", "search");
    expect(provider.requests[0]?.headers).not.toHaveProperty("x-spendtrace-tenant-id");
  });

  test("of other requests is nobody's business: nothing recorded, no header of ours sent", async () => {
    provider.replyWith(json({ input_tokens: 14 }));
    await (await ask({ headers: ours }, "/v1/messages/count_tokens")).text();
    expect(await recorded()).toEqual([]);
    expect(provider.requests[0]?.headers).not.toHaveProperty("x-spendtrace-feature");
  });
});

test("what goes wrong in recording is not seen by the host", async () => {
  const broken = wrapFetch(globalThis.fetch, {
    ...recorder,
    context: () => {
      throw new Error("context");
    },
    now: () => {
      throw new Error("clock");
    },
  });
  provider.replyWith(json({ fine: true }));
  const response = await broken(`${provider.url}/v1/messages`, { method: "POST", body: "{}" });
  expect(await response.json()).toEqual({ fine: true });
});
