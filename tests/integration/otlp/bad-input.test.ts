import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as postLogs } from "@/app/api/otlp/v1/logs/route";
import { POST as postMetrics } from "@/app/api/otlp/v1/metrics/route";
import { POST } from "@/app/api/otlp/v1/traces/route";
import { metrics } from "@/lib/metrics";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { type AttributeValue, type SpanBody, tracesInJson, tracesInProtobuf } from "@/tests/support/otlp-bodies";

const NOW = "2026-11-21T12:00:00.000Z";
const COUNT = "must be an integer from 0 to 1000000000";
const INPUT = "gen_ai.usage.input_tokens";

let serial = 0;

/** A call of 1,000 fresh and 100 output tokens on claude-sonnet-5-5: 3,000 micro-dollars. */
function span(attributes: Record<string, AttributeValue | null> = {}, more: Partial<SpanBody> = {}): SpanBody {
  serial += 1;
  const all = {
    "gen_ai.operation.name": "chat",
    "gen_ai.response.model": "claude-sonnet-5-5",
    [INPUT]: 1000,
    "gen_ai.usage.output_tokens": 100,
    "tenant.id": "Northwind",
    ...attributes,
  };
  const told = Object.entries(all).filter(([, value]) => value !== null) as [string, AttributeValue][];
  return {
    name: "chat",
    traceId: "5b8efff798038103d269b633813fc60c",
    spanId: serial.toString(16).padStart(16, "0"),
    start: new Date("2026-11-20T12:00:00.000Z"),
    ms: 1500,
    attributes: Object.fromEntries(told),
    ...more,
  };
}

/** What is wrong with a span → how the answer names it. */
const BROKEN: Record<string, [Record<string, AttributeValue | null>, Partial<SpanBody>, string]> = {
  "negative tokens": [{ [INPUT]: -5 }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "half a token": [{ [INPUT]: 1.5 }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "NaN tokens": [{ [INPUT]: Number.NaN }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "infinite tokens": [{ [INPUT]: Number.POSITIVE_INFINITY }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "tokens beyond 2^53": [{ [INPUT]: 9_007_199_254_740_993n }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "tokens as words": [{ [INPUT]: "many" }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "tokens as a list": [{ [INPUT]: [1, 2] }, {}, `input_tokens (${INPUT}) ${COUNT}`],
  "a tenant of 1 MB": [
    { "tenant.id": "x".repeat(1_000_000) },
    {},
    "tenant_id (tenant.id) must be text of 1 to 128 characters",
  ],
  "a tenant that is a list": [
    { "tenant.id": ["a", "b"] },
    {},
    "tenant_id (tenant.id) must be text of 1 to 128 characters",
  ],
  "NUL in a tenant": [
    { "tenant.id": "a\0b" },
    {},
    "tenant_id (tenant.id) must not contain NUL or an unpaired surrogate",
  ],
  "a call without a model": [{ "gen_ai.response.model": null }, {}, "model is required"],
  "a call that nothing identifies": [{}, { traceId: "", spanId: "" }, "request_id is required"],
  "a clock that is an hour ahead": [
    {},
    { start: new Date("2026-11-21T13:00:00.000Z") },
    `occurred_at (startTimeUnixNano) must not be more than 5 minutes ahead of the server, whose time is ${NOW}`,
  ],
  "a clock that begins in 1970": [
    {},
    { start: new Date(1000) },
    "occurred_at (startTimeUnixNano) must not be before 2024-10-21T12:00:00.000Z: older calls are out of retention",
  ],
  "an error named __proto__": [
    { [INPUT]: null, "gen_ai.usage.output_tokens": null, "error.type": "__proto__", "tenant.id": "" },
    { error: "x", start: new Date(1000) },
    "occurred_at (startTimeUnixNano) must not be before 2024-10-21T12:00:00.000Z: older calls are out of retention",
  ],
  "raw usage a hundred thousand levels deep": [
    { "spendtrace.usage": `{"input_tokens":${"[".repeat(100_000)}${"]".repeat(100_000)}}` },
    {},
    "usage (spendtrace.usage) must be the usage object of the provider's response",
  ],
  "raw usage that is no JSON": [
    { "spendtrace.usage": "{broken" },
    {},
    "usage (spendtrace.usage) must be the usage object of the provider's response",
  ],
};

const ENCODINGS = {
  protobuf: { type: "application/x-protobuf", encode: tracesInProtobuf },
  json: {
    type: "application/json; charset=utf-8",
    encode: (batch: object) => JSON.stringify(tracesInJson(batch as never)),
  },
} as const;
type Encoding = keyof typeof ENCODINGS;

describe("POST /api/otlp/v1/traces with bad input", () => {
  let api: CallsApi;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(NOW) });
    api = await createCallsApi();
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  async function post(body: string | Uint8Array, headers: Record<string, string>, route = POST) {
    const request = new Request("http://localhost/api/otlp/v1/traces", {
      method: "POST",
      headers: { authorization: `Bearer ${api.key}`, ...headers },
      body: body as BodyInit,
    });
    const response = await route(request);
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  }
  const send = (encoding: Encoding, spans: readonly SpanBody[], more: object = {}) => {
    const { type, encode } = ENCODINGS[encoding];
    return post(encode({ spans, ...more }), { "content-type": type });
  };
  const storedOf = async (one: SpanBody) => {
    const query = `from=2024-01-01&to=2027-01-01&filter.request=${one.traceId}:${one.spanId}`;
    return (await api.list(query)).body.calls;
  };
  const ignored = async (reason: string) =>
    (await metrics.recordsIgnored.get()).values.find(({ labels }) => labels.reason === reason)?.value ?? 0;

  describe.each(Object.keys(ENCODINGS) as Encoding[])("in %s", (encoding) => {
    it.each(Object.entries(BROKEN))(
      "refuses %s by attribute and rule, and stores the neighbours",
      async (_name, broken) => {
        const [attributes, more, rule] = broken;
        const spans = [span(), span(attributes, more), span()];
        const { status, body } = await send(encoding, spans);
        expect(status).toBe(200);
        const message = `1 refused: #1 "chat": ${rule}.`;
        if (encoding === "json") {
          expect(JSON.parse(String(body))).toEqual({ partialSuccess: { rejectedSpans: "1", errorMessage: message } });
        } else {
          // partial_success { rejected_spans: 1, error_message }
          expect(body.includes(Buffer.from([0x08, 0x01, 0x12]))).toBe(true);
          expect(String(body)).toContain(message);
        }
        for (const one of [spans[0], spans[2]] as SpanBody[])
          expect(await storedOf(one)).toMatchObject([{ cost_usd: "0.003" }]);
      },
    );

    it("takes 10,000 attributes, prompts among them, and reads none but the known", async () => {
      const noise = Object.fromEntries(
        Array.from({ length: 10_000 }, (_, i) => [`gen_ai.prompt.${i}.content`, "private"]),
      );
      const one = span(noise);
      expect(await send(encoding, [one])).toMatchObject({ status: 200 });
      const [call] = await storedOf(one);
      expect(call).toMatchObject({ cost_usd: "0.003" });
      expect(JSON.stringify(call)).not.toContain("private");
    });

    it("leaves spans that tell of no call, and counts them by reason", async () => {
      const before = [await ignored("not_a_model_call"), await ignored("no_usage")];
      const none = { [INPUT]: null, "gen_ai.usage.output_tokens": null };
      const spans = [
        span({ ...none, "gen_ai.operation.name": null }),
        span({ "gen_ai.operation.name": "invoke_agent" }),
        span({ "openinference.span.kind": "CHAIN" }),
        span(none),
      ];
      const { status, body } = await send(encoding, spans);
      expect([status, String(body)]).toEqual([200, encoding === "json" ? "{}" : ""]);
      expect(
        [await ignored("not_a_model_call"), await ignored("no_usage")].map((n, at) => n - (before[at] ?? 0)),
      ).toEqual([3, 1]);
    });

    it("leaves the spans of Claude Code, whose log records tell the same calls", async () => {
      const [tokens, failed] = [span(), span({ [INPUT]: null, "gen_ai.usage.output_tokens": null }, { error: "529" })];
      const scope = { name: "com.anthropic.claude_code.tracing", version: "1.0.0" };
      expect(await send(encoding, [tokens, failed], { scope })).toMatchObject({ status: 200 });
      expect([await storedOf(tokens), await storedOf(failed)]).toEqual([[], []]);
    });

    it("takes what contradicts itself as the parts say, and warns", async () => {
      const odd = span({ "gen_ai.usage.total_tokens": 7777 });
      const inside = span({ "gen_ai.usage.cache_read.input_tokens": 5000, "gen_ai.usage.total_tokens": 1100 });
      const { status, body } = await send(encoding, [odd, inside]);
      const message =
        '2 taken although contradictory: #0 "chat": total 7777 is not explained by input 1000, cached 0 and output 100; ' +
        '#1 "chat": input 1000 is less than the 5000 cached tokens that its total 1100 counts inside: read as fresh input only.';
      expect(status).toBe(200);
      expect(String(body).replaceAll("\\", "")).toContain(message);
      expect(await storedOf(odd)).toMatchObject([{ cost_usd: "0.003", usage_convention: "inclusive" }]);
      expect(await storedOf(inside)).toMatchObject([
        { cost_usd: "0.0035", usage_convention: "inferred", input_tokens: 1000 },
      ]);
    });

    it("takes a span without a field that breaks its rule, and says so", async () => {
      const one = span({ "user.id": "x".repeat(129), "gen_ai.response.id": "x".repeat(200) });
      const both = span({ "user.id": "x".repeat(129), [INPUT]: -5 });
      const { status, body } = await send(encoding, [one, both]);
      const message =
        `1 refused: #1 "chat": input_tokens (${INPUT}) ${COUNT}. 1 taken without a field that breaks its rule: ` +
        '#0 "chat": user_id (user.id) must be text of 1 to 128 characters.';
      expect([status, String(body).replaceAll("\\", "")]).toEqual([200, expect.stringContaining(message)]);
      expect(await storedOf(one)).toMatchObject([{ cost_usd: "0.003", user_id: null }]);
    });

    it("takes 18 MB with the prompts of its spans", async () => {
      const one = span({ "gen_ai.prompt.0.content": "private".repeat(2_600_000) });
      expect(await send(encoding, [one])).toMatchObject({ status: 200 });
      expect(await storedOf(one)).toMatchObject([{ cost_usd: "0.003" }]);
    });

    it("stores the same spans once, however often they are sent", async () => {
      const spans = [span(), span()];
      const answers = [await send(encoding, spans), await send(encoding, spans)];
      expect(answers.map(({ status, body }) => [status, String(body)])).toEqual(
        Array(2).fill([200, encoding === "json" ? "{}" : ""]),
      );
      expect(await storedOf(spans[0] as SpanBody)).toHaveLength(1);
    });
  });

  it("tells both encodings apart by nothing: one span gives the same call", async () => {
    const one = span({
      "gen_ai.response.finish_reasons": ["end_turn"],
      "gen_ai.request.max_tokens": 512,
      "user.id": 7,
    });
    await send("protobuf", [one], { resource: { "service.name": "assistant" } });
    expect(await send("json", [one], { resource: { "service.name": "assistant" } })).toMatchObject({ status: 200 });
    expect(await storedOf(one)).toMatchObject([
      {
        stop_reason: "end_turn",
        max_tokens: 512,
        user_id: "7",
        feature: "assistant",
        latency_ms: 1500,
        source: "otlp/test 1",
      },
    ]);
  });

  it("keeps failed calls by the status that they tell, and tokens of a broken answer as the least that it was", async () => {
    const none = { [INPUT]: null, "gen_ai.usage.output_tokens": null };
    const byType = span({ ...none, "error.type": "429" }, { error: "x" });
    const byName = span({ ...none, "error.type": "anthropic.OverloadedError" }, { error: "x" });
    const byMessage = span(none, { error: '503 {"type":"error"}' });
    const unknown = span(none, { error: "Connection error." });
    const broken = span({}, { error: "stream closed" });
    await send("protobuf", [byType, byName, byMessage, unknown, broken]);
    const calls = await Promise.all([byType, byName, byMessage, unknown, broken].map(storedOf));
    expect(calls.flat().map((call) => [call.status_code, call.cost_usd, call.pricing_notes])).toEqual([
      [429, "0", expect.anything()],
      [529, "0", expect.anything()],
      [503, "0", expect.anything()],
      [599, null, ["incomplete_stream"]],
      [200, "0.003", ["incomplete_stream"]],
    ]);
  });

  it.each([
    ["truncated gzip", gzipSync(tracesInProtobuf({ spans: [span()] })).subarray(0, -4), { "content-encoding": "gzip" }],
    ["truncated protobuf", tracesInProtobuf({ spans: [span()] }).subarray(0, -7), {}],
    ["a JSON body named protobuf", Buffer.from(JSON.stringify(tracesInJson({ spans: [span()] }))), {}],
    ["random bytes", Buffer.from("f3a9d2c0ffee0012ab", "hex"), {}],
    ["lists in lists, thousands deep, cut short", nested(50_000), {}],
  ])("answers 400 to %s, as google.rpc.Status", async (_name, body, headers: Record<string, string>) => {
    const answer = await post(body, { "content-type": "application/x-protobuf", ...headers });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/x-protobuf"]);
    // code 3, INVALID_ARGUMENT, and a message
    expect([...answer.body.subarray(0, 3)]).toEqual([0x08, 3, 0x12]);
  });

  it.each([
    ["no JSON", "{resourceSpans"],
    ["a list", "[]"],
    ["spans that are no list", '{"resourceSpans":{}}'],
    ["depth 100,000", `{"resourceSpans":${"[".repeat(100_000)}`],
  ])("answers 400 to %s, as google.rpc.Status in JSON", async (_name, body) => {
    const answer = await post(body, { "content-type": "application/json" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/json"]);
    expect(JSON.parse(String(answer.body))).toEqual({
      code: 3,
      message: expect.stringMatching(/^The body is no Export/),
    });
  });

  it("answers 413 to five million empty spans, without building them", async () => {
    const spans = Buffer.alloc(9_900_000);
    for (let at = 0; at < spans.length; at += 2) spans[at] = 0x12;
    const around = (field: number, bytes: Buffer) => {
      const length = [0, 7, 14, 21].map((shift) => ((bytes.length >> shift) & 127) | (shift < 21 ? 128 : 0));
      return Buffer.concat([Buffer.from([(field << 3) | 2, ...length]), bytes]);
    };
    const answer = await post(around(1, around(2, spans)), { "content-type": "application/x-protobuf" });
    expect([answer.status, String(answer.body)]).toEqual([
      413,
      expect.stringContaining("at most 50000 spans or log records"),
    ]);
  });

  it("takes an empty request, and strange items in a sound one", async () => {
    expect(await post(new Uint8Array(), { "content-type": "application/x-protobuf" })).toMatchObject({ status: 200 });
    const strange = {
      resourceSpans: [null, { scopeSpans: [{ spans: [null, 5, { attributes: [null, { key: 7 }] }] }] }],
    };
    const answer = await post(JSON.stringify(strange), { "content-type": "application/json" });
    expect([answer.status, String(answer.body)]).toEqual([200, "{}"]);
  });

  it("answers 415, 413, 401 and 403 in the terms of OTLP", async () => {
    const json = (answer: { body: Buffer }) => JSON.parse(String(answer.body)) as { code: number; message: string };
    const wrong = await post("x", { "content-type": "text/plain" });
    expect([wrong.status, json(wrong).code]).toEqual([415, 3]);
    const large = await post(`"${"x".repeat(21_000_000)}"`, { "content-type": "application/json" });
    expect([large.status, json(large).code]).toEqual([413, 8]);
    const stranger = await post("{}", { "content-type": "application/json", authorization: "Bearer st_live_none" });
    expect([stranger.status, json(stranger).code, stranger.headers.get("www-authenticate")]).toEqual([
      401,
      16,
      "Bearer",
    ]);
  });

  it("takes a key whose space arrives percent-encoded, as Claude Code leaves it", async () => {
    const headers = { "content-type": "application/json", authorization: `Bearer%20${api.key}` };
    expect(await post("{}", headers)).toMatchObject({ status: 200 });
  });

  it("says to senders of metrics how to stop", async () => {
    const answer = await post("{}", { "content-type": "application/json" }, postMetrics);
    expect([answer.status, JSON.parse(String(answer.body))]).toEqual([
      404,
      { code: 5, message: "Spendtrace takes traces and logs, no metrics: set OTEL_METRICS_EXPORTER=none." },
    ]);
  });

  it("ignores log records that are no event of Claude Code", async () => {
    const record = {
      body: { stringValue: "api_request" },
      attributes: [{ key: "input_tokens", value: { intValue: 5 } }],
    };
    const logs = { resource_logs: [{ scope_logs: [{ log_records: [record] }] }] };
    const answer = await post(JSON.stringify(logs), { "content-type": "application/json" }, postLogs);
    expect([answer.status, String(answer.body)]).toEqual([200, "{}"]);
  });
});

/** An attribute whose value is a list in a list in a list… */
function nested(levels: number): Uint8Array {
  let value = Buffer.alloc(0);
  const around = (field: number, bytes: Buffer) => {
    const length: number[] = [];
    for (let rest = bytes.length; ; rest >>>= 7) {
      length.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) break;
    }
    return Buffer.concat([Buffer.from([(field << 3) | 2, ...length]), bytes]);
  };
  for (let level = 0; level < levels && value.length < 60_000; level += 1) value = around(5, around(1, value));
  const broken = Buffer.concat([value, Buffer.from([0x0a])]);
  const attribute = Buffer.concat([around(1, Buffer.from("tenant.id")), around(2, broken)]);
  return around(1, around(2, around(2, around(9, attribute))));
}
