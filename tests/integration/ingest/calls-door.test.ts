import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCallsDoor } from "@/scripts/calls-door";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";

describe("POST /api/v1/calls as npm start answers it, beside the router", () => {
  let api: CallsApi;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    api = await createCallsApi();
    const door = await openCallsDoor();
    server = createServer((request, response) => {
      if (!door(request, response)) response.writeHead(404).end("not this door's");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/calls`;
  });
  afterAll(() => void server.close());

  const send = (body: BodyInit, headers: Record<string, string> = {}, path = "") =>
    fetch(url + path, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${api.key}`, "content-type": "application/json", ...headers },
    });
  const OUTCOME = { accepted: 1, duplicates: 0, unpriced: 0, rejected: [], conflicts: [] };

  test("stores and answers as the route does", async () => {
    const call = buildCall({ request_id: "through the door" });
    const first = await send(JSON.stringify(call));
    expect([first.status, await first.json()]).toEqual([200, OUTCOME]);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    const again = await api.post(call);
    expect([again.status, again.body]).toEqual([200, { ...OUTCOME, accepted: 0, duplicates: 1 }]);
    const refused = await send(JSON.stringify({ ...call, model: 7 }));
    expect([refused.status, (await refused.json()).rejected[0].errors[0].path]).toEqual([422, "model"]);
  });

  test("takes gzip, and text in many pieces", async () => {
    const packed = gzipSync(JSON.stringify(buildCall({ request_id: "packed" })));
    expect(await (await send(packed, { "content-encoding": "gzip" })).json()).toEqual(OUTCOME);
    const text = JSON.stringify(buildCall({ request_id: "in pieces", tenant_id: "Zürich 🏔" }));
    const bytes = new TextEncoder().encode(text);
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
        controller.close();
      },
    });
    const answer = await fetch(url, {
      method: "POST",
      body: pieces,
      duplex: "half",
      headers: { authorization: `Bearer ${api.key}` },
    } as RequestInit);
    expect(await answer.json()).toEqual(OUTCOME);
    const { calls } = (await api.list()).body;
    expect(calls.map(({ tenant_id }) => tenant_id)).toContain("Zürich 🏔");
  });

  test("says no to 11 MB and to a wrong key, and lives on", async () => {
    const large = await send("x".repeat(11 * 1024 * 1024));
    expect([large.status, (await large.json()).title]).toEqual([413, "Body too large"]);
    const stranger = await send("{}", { authorization: "Bearer st_live_no" });
    expect([stranger.status, stranger.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await send("{")).status).toBe(400);
    expect((await send("[]")).status).toBe(200);
  });

  test("a client that goes away in the middle of its body stores nothing and harms nobody", async () => {
    const body = JSON.stringify(buildCall({ request_id: "half" }));
    await new Promise<void>((resolve) => {
      const half = httpRequest(url, {
        method: "POST",
        headers: { authorization: `Bearer ${api.key}`, "content-length": body.length },
      });
      half.on("error", () => resolve());
      half.write(body.slice(0, 40));
      setTimeout(() => half.destroy(new Error("gone")), 100);
    });
    expect((await send("[]")).status).toBe(200);
    const { calls } = (await api.list()).body;
    expect(calls.map(({ request_id }) => request_id)).not.toContain("half");
  });

  test("leaves other methods and addresses to the router", async () => {
    expect((await fetch(url)).status).toBe(404);
    expect((await send("[]", {}, "?x=1")).status).toBe(404);
  });
});
