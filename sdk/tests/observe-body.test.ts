import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BodyObserver, observeBody } from "../src/observe-body.js";
import { json, type Provider, pieces, startProvider } from "./support/provider-server.js";

let provider: Provider;
let seen: string;
let ends: number;
let observer: BodyObserver;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());
beforeEach(() => {
  seen = "";
  ends = 0;
  // One of its own for each test: what an earlier one let go of may still be collected.
  let [text, count] = ["", 0];
  observer = {
    chunk: (bytes) => {
      seen = text += decoder.decode(bytes.slice());
    },
    end: () => {
      ends = count += 1;
    },
  };
});

const decoder = new TextDecoder();
const get = async (path = "/") => observeBody(await fetch(provider.url + path), observer);

describe("the response of a real fetch", () => {
  test("is a Response with the same address, status, headers and body", async () => {
    provider.replyWith((response) => {
      response.writeHead(203, "Fine", { "x-request-id": "r1", "set-cookie": ["a=1", "b=2"], "content-type": "text/x" });
      response.end("answer");
    });
    const response = await get("/some?where=1");
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ url: `${provider.url}/some?where=1`, redirected: false, type: "basic" });
    expect([response.status, response.statusText, response.ok, response.bodyUsed]).toEqual([203, "Fine", true, false]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("x-request-id")).toBe("r1");
    expect(await response.text()).toBe("answer");
    expect([response.bodyUsed, seen, ends]).toEqual([true, "answer", 1]);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test("followed a redirect, and says so", async () => {
    provider.replyWith((response) => void response.writeHead(307, { location: "/there" }).end(), json({ ok: true }));
    const response = await get("/here");
    expect(response).toMatchObject({ url: `${provider.url}/there`, redirected: true });
    expect(await response.json()).toEqual({ ok: true });
  });

  test.each<[string, (response: Response) => Promise<unknown>, unknown]>([
    ["text", (response) => response.text(), '{"a":"ä"}'],
    ["json", (response) => response.json(), { a: "ä" }],
    ["blob", async (response) => (await response.blob()).type, "application/json"],
    ["arrayBuffer", async (response) => (await response.arrayBuffer()).byteLength, 10],
  ])("is read by %s()", async (_, read, expected) => {
    provider.replyWith(json({ a: "ä" }));
    expect(await read(await get())).toEqual(expected);
    expect([seen, ends]).toEqual(['{"a":"ä"}', 1]);
  });

  test("is cloned as ever; what both read is seen once", async () => {
    provider.replyWith(json({ a: 1 }));
    const response = await get("/cloned");
    const clone = response.clone();
    const second = clone.clone();
    expect([clone.url, second.url]).toEqual([response.url, response.url]);
    expect(await Promise.all([response.json(), clone.json(), second.json()])).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect([seen, ends]).toEqual(['{"a":1}', 1]);
  });

  test("is unpacked; a gzip that is cut does what it would", async () => {
    const packed = gzipSync(JSON.stringify(Array.from({ length: 5000 }, Math.random)));
    for (const body of [packed, packed.subarray(0, 9000)]) {
      const reply = pieces([body], { headers: { "content-encoding": "gzip" } });
      provider.replyWith(reply, reply);
      const read = (response: Response) => response.text().catch((error) => `${error} ${error.cause?.code}`);
      const plain = await read(await fetch(provider.url));
      expect((await read(await get())) === plain).toBe(true);
    }
    expect(ends).toBe(2);
  });

  test("can be read into the host's own buffers", async () => {
    provider.replyWith(pieces(["0123456789"]));
    const reader = (await get()).body?.getReader({ mode: "byob" });
    const parts: string[] = [];
    for (let buffer = new ArrayBuffer(4); ; ) {
      const { done, value } = (await reader?.read(new Uint8Array(buffer))) ?? { done: true };
      if (done || !value) break;
      parts.push(decoder.decode(value));
      buffer = value.buffer as ArrayBuffer;
    }
    expect(parts).toEqual(["0123", "4567", "89"]);
    expect([seen, ends]).toEqual(["0123456789", 1]);
  });

  test("without a length, by HTTP/1.0, ends where the connection does", async () => {
    const server = createServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{}"));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await observeBody(await fetch(`http://127.0.0.1:${port}`), observer).json()).toEqual({});
    expect([seen, ends]).toEqual(["{}", 1]);
    server.close();
  });

  test("reset in the middle breaks off with the same error", async () => {
    provider.replyWith(pieces(["half"], { cut: true }), pieces(["half"], { cut: true }));
    const plain = await (await fetch(provider.url)).text().catch((error) => error);
    const observed = await (await get()).text().catch((error) => error);
    expect([observed.constructor, observed.message, observed.cause?.code]).toEqual([
      plain.constructor,
      plain.message,
      plain.cause?.code,
    ]);
    expect([seen, ends]).toEqual(["half", 1]);
  });
});

describe("a body made by hand", () => {
  /** A source that tells how often it was asked, and what became of it. */
  function source(chunks: Uint8Array[], type?: "bytes") {
    const log: string[] = [];
    const pull = (controller: ReadableStreamDefaultController | ReadableByteStreamController) => {
      log.push("pull");
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
      else controller.close();
    };
    const cancel = (reason: unknown) => void log.push(`cancel ${reason}`);
    const body = type
      ? new ReadableStream({ type, pull, cancel })
      : new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
    return { log, response: new Response(body) };
  }
  const bytes = (...texts: string[]) => texts.map((text) => new TextEncoder().encode(text));

  test.each([undefined, "bytes"] as const)(
    "is asked for a chunk when the host asks, never before (%s)",
    async (type) => {
      const { log, response } = source(bytes("a", "b", "c"), type);
      const reader = observeBody(response, observer).body?.getReader();
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(log).toEqual([]);
      await reader?.read();
      await reader?.read();
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect([log, seen]).toEqual([["pull", "pull"], "ab"]);
      await reader?.cancel("enough");
      expect([log, ends]).toEqual([["pull", "pull", "cancel enough"], 1]);
    },
  );

  test("cancelled unread cancels its source", async () => {
    const { log, response } = source(bytes("a"));
    await observeBody(response, observer).body?.cancel("not wanted");
    expect([log, ends]).toEqual([["cancel not wanted"], 1]);
  });

  test("passes on the very chunks, whatever they are views of", async () => {
    const shared = new TextEncoder().encode("--abc--");
    const chunk = shared.subarray(2, 5);
    const { response } = source([chunk]);
    const reader = observeBody(response, observer).body?.getReader();
    expect((await reader?.read())?.value).toBe(chunk);
    expect(decoder.decode(shared)).toBe("--abc--");
  });

  test("that is no web stream, or is locked, stays as it is", async () => {
    const foreign = { body: { on() {} }, headers: new Headers() } as unknown as Response;
    expect(observeBody(foreign, observer)).toBe(foreign);
    const { response } = source([]);
    response.body?.getReader();
    expect(observeBody(response, observer)).toBe(response);
    expect(ends).toBe(2);
  });

  test("reaches the host whole when the observer fails", async () => {
    const fail = () => {
      throw new Error("observer");
    };
    const { response } = source(bytes("a", "b"));
    expect(await observeBody(response, { chunk: fail, end: fail }).text()).toBe("ab");
  });

  test("is the same bytes, however they are cut and read", async () => {
    const chunk = fc.uint8Array({ maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk), fc.constantFrom(undefined, "bytes" as const), async (chunks, type) => {
        const kept = type ? chunks.filter(({ length }) => length > 0) : chunks;
        const whole = Buffer.concat(kept);
        const observed: Uint8Array[] = [];
        const { response } = source(
          kept.map((part) => part.slice()),
          type,
        );
        const copy = observeBody(response, { chunk: (part) => void observed.push(part.slice()), end() {} });
        expect(Buffer.from(await copy.arrayBuffer()).equals(whole)).toBe(true);
        expect(Buffer.concat(observed).equals(whole)).toBe(true);
      }),
    );
  });
});

describe("a body that the host lets go of", () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");

  async function forgotten(condition: () => boolean) {
    for (let tries = 0; tries < 100 && !condition(); tries++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return condition();
  }

  test("unread ends once, and its connection is given up as without us", async () => {
    let closed = 0;
    provider.replyWith((response) => {
      response.on("close", () => {
        closed += 1;
      });
      response.writeHead(200);
      response.write("x".repeat(100_000));
    });
    await (async () => void (await get()))();
    await forgotten(() => ends === 1 && closed === 1);
    expect([ends, closed]).toEqual([1, 1]);
  });

  test("is not collected while it is read slowly", async () => {
    provider.replyWith(pieces(["a", "b", "c"]));
    const reader = (await get()).body?.getReader();
    let text = "";
    for (;;) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 10));
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      text += decoder.decode(value);
    }
    expect([text, ends]).toEqual(["abc", 1]);
  });

  test("after a part of it ends too", async () => {
    provider.replyWith(pieces(["a"], { hold: new Promise(() => {}) }));
    await (async () => void (await (await get()).body?.getReader().read()))();
    expect(await forgotten(() => ends === 1)).toBe(true);
    expect(seen).toBe("a");
  });
});
