import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { wrapFetch } from "../src/wrap-fetch.js";
import { anthropicMessage } from "./support/answers.js";
import { json, type Provider, startProvider } from "./support/provider-server.js";
import { createRecorder, type TestRecorder } from "./support/test-recorder.js";

const MODEL = "claude-sonnet-5-5";
const ANSWER = anthropicMessage({ model: MODEL, usage: { input_tokens: 1, output_tokens: 1 } });
const TEXT = JSON.stringify({ model: MODEL, messages: [{ role: "user", content: "ä" }] });

let provider: Provider;
let recorder: TestRecorder;
let fetch: typeof globalThis.fetch;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());
beforeEach(() => {
  recorder = createRecorder();
  fetch = wrapFetch(globalThis.fetch, recorder);
  provider.reset();
});

/** Sends the same request with and without us. @returns what the provider saw each time. */
async function sendTwice(input: () => [Parameters<typeof fetch>[0], RequestInit?]) {
  provider.replyWith(json(ANSWER), json(ANSWER));
  const plain = await globalThis.fetch(...input()).then((response) => response.json(), String);
  const wrapped = await fetch(...input()).then((response) => response.json(), String);
  expect(wrapped).toEqual(plain);
  await recorder.settle();
  const seen = provider.requests.splice(0).map(({ method, path, headers, body }) => {
    const { "content-type": type = "", ...rest } = headers;
    const boundary = /boundary=(.*)/.exec(type)?.[1] ?? "none";
    return {
      method,
      path,
      headers: { ...rest, type: type.replace(boundary, "") },
      body: body.replaceAll(boundary, ""),
    };
  });
  return seen;
}

const url = () => `${provider.url}/v1/messages`;
const stream = () => new Blob([TEXT]).stream();
const form = () => {
  const data = new FormData();
  data.append("file", new Blob(["ä"]), "a.txt");
  return data;
};

describe("a request arrives as it would without us, and is recorded", () => {
  test.each<[string, () => [Parameters<typeof fetch>[0], RequestInit?]]>([
    ["text", () => [url(), { method: "POST", body: TEXT }]],
    ["a URL object", () => [new URL(url()), { method: "post", body: TEXT }]],
    ["bytes", () => [url(), { method: "POST", body: new TextEncoder().encode(TEXT) }]],
    ["a Blob", () => [url(), { method: "POST", body: new Blob([TEXT], { type: "application/json" }) }]],
    ["a form", () => [url(), { method: "POST", body: form() }]],
    ["form fields", () => [url(), { method: "POST", body: new URLSearchParams({ a: "ä" }) }]],
    ["a stream", () => [url(), { method: "POST", body: stream(), duplex: "half" } as RequestInit]],
    ["a stream without duplex", () => [url(), { method: "POST", body: stream() }]],
    ["no body", () => [url(), { method: "POST" }]],
    ["no JSON", () => [url(), { method: "POST", body: "{oops" }]],
    ["a Request", () => [new Request(url(), { method: "POST", body: TEXT, headers: { a: "b" } })]],
    ["a Request and more", () => [new Request(url(), { body: TEXT, method: "POST" }), { headers: { c: "d" } }]],
    [
      "a Request with a stream",
      () => [new Request(url(), { method: "POST", body: stream(), duplex: "half" } as RequestInit)],
    ],
    [
      "headers no provider may see",
      () => [url(), { method: "POST", body: TEXT, headers: { "x-spendtrace-x": "kept" } }],
    ],
    [
      "headers to be read once",
      () => [
        url(),
        { method: "POST", body: TEXT, headers: new Headers({ authorization: "a", e: "f" }).entries() as never },
      ],
    ],
    ["a Request for options", () => [url(), new Request(url(), { method: "POST", body: TEXT, headers: { a: "b" } })]],
    ["headers that are none", () => [url(), { method: "POST", body: TEXT, headers: { "a b": "c" } }]],
    ["a method that is none", () => [url(), { method: "P OST", body: TEXT }]],
    ["a GET with a body", () => [url(), { method: "GET", body: TEXT }]],
  ])("%s", async (_, input) => {
    const [plain, wrapped] = await sendTwice(input);
    expect(wrapped).toEqual(plain);
    const isCall = plain !== undefined;
    expect(recorder.calls.filter(({ status_code }) => status_code === 200)).toHaveLength(isCall ? 1 : 0);
    if (isCall) expect(recorder.calls[0]).toMatchObject({ model: MODEL, usage: ANSWER.usage });
  });

  test("a Request for options keeps all but the headers that are ours", async () => {
    provider.replyWith(json(ANSWER));
    const headers = { "content-type": "application/json", authorization: "a", "x-spendtrace-tenant-id": "t" };
    await (await fetch(url(), new Request(url(), { method: "POST", body: TEXT, headers }))).text();
    await recorder.settle();
    const [seen] = provider.requests;
    expect([seen?.method, seen?.body, seen?.headers.authorization]).toEqual(["POST", TEXT, "a"]);
    expect(seen?.headers).not.toHaveProperty("x-spendtrace-tenant-id");
    expect(recorder.calls).toMatchObject([{ tenant_id: "t", status_code: 200 }]);
  });

  test("headers to be read once are read of ours", async () => {
    provider.replyWith(json(ANSWER));
    const headers = new Headers({ authorization: "a", "x-spendtrace-tenant-id": "t" }).entries() as never;
    await (await fetch(url(), { method: "POST", body: TEXT, headers })).text();
    await recorder.settle();
    expect(provider.requests[0]?.headers.authorization).toBe("a");
    expect(provider.requests[0]?.headers).not.toHaveProperty("x-spendtrace-tenant-id");
    expect(recorder.calls).toMatchObject([{ tenant_id: "t" }]);
  });

  test("a body that was used already fails as it would", async () => {
    const used = new Request(url(), { method: "POST", body: TEXT });
    await used.text();
    const plain = await globalThis.fetch(used).catch((error) => error);
    const wrapped = await fetch(used).catch((error) => error);
    expect([wrapped.name, wrapped.message]).toEqual([plain.name, plain.message]);
  });

  test.each([[undefined], [null], [7], [{}], ["not a URL"]])("%s for an address fails as it would", async (input) => {
    const plain = await globalThis.fetch(input as never).catch((error) => error);
    const wrapped = await fetch(input as never).catch((error) => error);
    expect([wrapped.name, wrapped.message]).toEqual([plain.name, plain.message]);
    await recorder.settle();
    expect(recorder.calls).toEqual([]);
  });

  test("options that throw when looked at fail as they would", async () => {
    const init = {
      get headers(): HeadersInit {
        throw new Error("do not look");
      },
    };
    await expect(fetch(url(), init)).rejects.toThrow("do not look");
  });

  test("the inner fetch is given the very same arguments, and no `this`", async () => {
    const seen: unknown[] = [];
    const init = { method: "POST", body: TEXT };
    const inner = async function (this: unknown, ...given: unknown[]) {
      seen.push(this, ...given);
      return new Response("{}");
    };
    await (await wrapFetch(inner as typeof globalThis.fetch, recorder)(url(), init)).text();
    expect(seen[0]).toBeUndefined();
    expect(seen[1]).toBe(url());
    expect(seen[2]).toBe(init);
  });

  test("a call is recorded at once, without its hashes, while too many wait for theirs", async () => {
    provider.replyWith(json(ANSWER));
    await (
      await wrapFetch(globalThis.fetch, { ...recorder, defer: () => false })(url(), { method: "POST", body: TEXT })
    ).text();
    expect(recorder.calls).toMatchObject([{ model: MODEL, usage: ANSWER.usage, status_code: 200 }]);
    expect(recorder.calls[0]).not.toHaveProperty("prompt_hash");
  });

  test("a request id that no call may have is not taken", async () => {
    provider.replyWith(
      json(ANSWER, { headers: { "request-id": "x".repeat(129) } }),
      json(ANSWER, { headers: { "request-id": "", "x-request-id": "r" } }),
    );
    for (let n = 0; n < 2; n++) await (await fetch(url(), { method: "POST", body: TEXT })).text();
    await recorder.settle();
    expect(recorder.calls.map(({ request_id }) => request_id)).toEqual([undefined, "r"]);
  });

  test("a request id that is the host's own, sent back, is not taken", async () => {
    provider.replyWith(
      json(ANSWER, { headers: { "x-request-id": "trace" } }),
      json(ANSWER, { headers: { "x-request-id": "trace", "apim-request-id": "r" } }),
      json(ANSWER, { headers: { "x-request-id": "s" } }),
    );
    const headers = { "x-request-id": "trace" };
    for (let n = 0; n < 3; n++) await (await fetch(url(), { method: "POST", body: TEXT, headers })).text();
    await recorder.settle();
    expect(recorder.calls.map(({ request_id }) => request_id)).toEqual([undefined, "r", "s"]);
  });
});
