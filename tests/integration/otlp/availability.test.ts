import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallsApi } from "@/tests/support/api";
import { type FaultProxy, startFaultProxy } from "@/tests/support/fault-proxy";
import { tracesInProtobuf } from "@/tests/support/otlp-bodies";
import { once } from "@/tests/support/patiently";

type Route = (request: Request) => Promise<Response>;

describe("an exporter, when the database is in trouble", () => {
  let proxy: FaultProxy;
  let api: CallsApi;
  let traces: Route;
  let litellm: Route;

  beforeAll(async () => {
    proxy = await startFaultProxy(process.env.DATABASE_URL ?? "");
    // The pools read the address once, when their modules load.
    process.env.DATABASE_URL = proxy.url;
    process.env.LOG_LEVEL = "silent";
    const { createCallsApi } = await import("@/tests/support/api");
    api = await createCallsApi(once);
    traces = (await import("@/app/api/otlp/v1/traces/route")).POST;
    litellm = (await import("@/app/api/v1/litellm/route")).POST;
  });

  afterAll(async () => {
    const { closeDb } = await import("@/lib/db");
    await closeDb();
    await proxy.stop();
  });

  const post = (route: Route, type: string, body: Uint8Array | string) => {
    const headers = { authorization: `Bearer ${api.key}`, "content-type": type };
    return route(new Request("http://localhost/", { method: "POST", headers, body: body as BodyInit }));
  };
  const body = () => {
    const attributes = {
      "gen_ai.request.model": "claude-sonnet-5-5",
      "gen_ai.usage.input_tokens": 1,
      "gen_ai.usage.output_tokens": 1,
    };
    const ids = { traceId: "c".repeat(32), spanId: "d".repeat(16) };
    return tracesInProtobuf({ spans: [{ name: "chat", ...ids, start: new Date(), ms: 5, attributes }] });
  };

  it("is told to come back, also before the mapping was ever read, and its spans are stored once when it does", async () => {
    const sent = body();
    // The key is known for some seconds; neither mapping nor prices of this project were read yet.
    expect((await post(litellm, "application/json", "{")).status).toBe(400);
    await proxy.stop();
    const refused = await post(traces, "application/x-protobuf", sent);
    expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("content-type")]).toEqual([
      ...[503, "2"],
      "application/x-protobuf",
    ]);
    // code 14, UNAVAILABLE
    expect([...new Uint8Array(await refused.arrayBuffer()).subarray(0, 2)]).toEqual([8, 14]);
    expect((await post(litellm, "application/json", '{"model":"x"}')).status).toBe(503);
    await proxy.start();
    for (const _time of [1, 2]) expect((await post(traces, "application/x-protobuf", sent)).status).toBe(200);
    expect((await api.list("period=24h")).body.calls).toHaveLength(1);
  });
});
