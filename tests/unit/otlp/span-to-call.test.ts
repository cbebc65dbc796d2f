import { describe, expect, it } from "vitest";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import type { Span } from "@/lib/otlp/record";
import { readSpan } from "@/lib/otlp/span-to-call";

const TOKENS = { "gen_ai.usage.input_tokens": 100_000, "gen_ai.usage.output_tokens": 2_000 };
const NO_TOKENS = { "gen_ai.usage.input_tokens": 0, "gen_ai.usage.output_tokens": 0 };
const HTTP = "http.response.status_code";

const TRACE_AND_SPAN = "5b8efff798038103d269b633813fc60c:00f067aa0ba902b7";
const TEXT_128 = "must be text of 1 to 128 characters";

function read(attributes: Record<string, unknown>, more: Partial<Span> = {}) {
  const all = { "gen_ai.operation.name": "chat", "gen_ai.response.model": "claude-opus-5", ...attributes };
  const span: Span = {
    ...{ traceId: "5b8efff798038103d269b633813fc60c", spanId: "00f067aa0ba902b7", parentSpanId: "", name: "chat" },
    ...{ startMs: Date.parse("2026-11-20T12:00:00Z"), endMs: Date.parse("2026-11-20T12:00:01.500Z") },
    ...{ attributes: new Map(Object.entries(all)), resource: new Map(), scope: { name: "test", version: "1" } },
    ...{ isError: false, errorStatus: null },
    ...more,
  };
  const reading = readSpan(span, DEFAULT_MAPPINGS.otlp);
  if (reading.kind !== "call") throw new Error(reading.reason);
  return reading;
}

describe("a call that failed after tokens were used", () => {
  it.each([
    ["an error in the middle of a stream", { ...TOKENS, "error.type": "overloaded_error" }, { isError: true }],
    ["an error after HTTP 200", { ...TOKENS, [HTTP]: 200, "error.type": "overloaded_error" }, { isError: true }],
    ["a message that begins with a status", TOKENS, { isError: true, errorStatus: 529 }],
    ["a status of an error on a span that is none", { ...TOKENS, [HTTP]: 500 }, {}],
    ["an error that names nothing", TOKENS, { isError: true }],
  ])("is kept with them as the least that it was: %s", (_name, attributes, more) => {
    const { call, hasUsage } = read(attributes, more);
    expect([call.status_code, call.incomplete, call.input_tokens, call.output_tokens, hasUsage]).toEqual([
      ...[undefined, true, 100_000, 2_000, true],
    ]);
  });

  it("is kept with the provider's own object too", () => {
    const usage = { input_tokens: 100_000, output_tokens: 2_000 };
    const attributes = { "spendtrace.usage": JSON.stringify(usage), "error.type": "overloaded_error" };
    expect(read(attributes, { isError: true }).call).toMatchObject({ usage, incomplete: true });
    expect(read(attributes, { isError: true }).call.status_code).toBeUndefined();
  });
});

it.each([
  ["none", {}],
  ["zeros", NO_TOKENS],
])("keeps a refused attempt by its status where its tokens are told as %s", (_name, tokens) => {
  const { call, hasUsage } = read({ ...tokens, "error.type": "overloaded_error" }, { isError: true });
  expect([call.status_code, call.incomplete, call.input_tokens, hasUsage]).toEqual([529, undefined, undefined, false]);
});

it("keeps the status of an answer, and zeros of one that did not fail", () => {
  const { call } = read({ ...NO_TOKENS, [HTTP]: 200 });
  expect([call.status_code, call.incomplete, call.input_tokens]).toEqual([200, undefined, 0]);
});

describe("a call that failed without tokens", () => {
  it.each([
    ["the name of an error of Bedrock", { "error.type": "ThrottlingException" }, {}, 429],
    ["the name of an error with its package", { "error.type": "anthropic.RateLimitError" }, {}, 429],
    ["a status of HTTP", { [HTTP]: 400 }, {}, 400],
    ["the message", { "error.type": "Error" }, { errorStatus: 503 }, 503],
  ])("costs nothing where it was refused, told by %s", (_name, attributes, more, status) => {
    const { call } = read(attributes, { isError: true, ...more });
    expect([call.status_code, call.incomplete]).toEqual([status, undefined]);
  });

  it.each([
    ["nothing tells a status", {}, 599],
    ["the connection broke", { "error.type": "APIConnectionError" }, 599],
    ["it broke after HTTP 200", { [HTTP]: 200, "error.type": "overloaded_error" }, 599],
    ["the client gave up", { [HTTP]: 499 }, 499],
  ])("may have been billed where %s", (_name, attributes, status) => {
    const { call } = read(attributes, { isError: true });
    expect([call.status_code, call.incomplete]).toEqual([status, true]);
  });
});

describe("a paid call", () => {
  it.each([
    ["x".repeat(128), "x".repeat(128), "gen_ai.response.id"],
    ["x".repeat(129), TRACE_AND_SPAN, "traceId and spanId"],
    ["a\0b", TRACE_AND_SPAN, "traceId and spanId"],
    [7, TRACE_AND_SPAN, "traceId and spanId"],
  ])("of response id %j is known by what fits", (id, expected, origin) => {
    const { call, origins } = read({ ...TOKENS, "gen_ai.response.id": id });
    expect([call.request_id, origins.request_id]).toEqual([expected, origin]);
  });

  it("keeps a response id that breaks its rule where nothing else identifies it, for the rule to be named", () => {
    const { call } = read({ ...TOKENS, "gen_ai.response.id": "x".repeat(129) }, { traceId: "" });
    expect(call.request_id).toBe("x".repeat(129));
  });

  it("keeps the first 64 characters of its deploy", () => {
    const resource = new Map([["service.version", `sha256:${"ab".repeat(32)}`]]);
    const { call, leftOut } = read(TOKENS, { resource });
    expect([call.deploy_sha, leftOut]).toEqual([`sha256:${"ab".repeat(28)}a`, []]);
    const wide = new Map([["service.version", `v${"😀".repeat(70)}`]]);
    expect(read(TOKENS, { resource: wide }).call.deploy_sha).toBe(`v${"😀".repeat(63)}`);
  });

  it.each([
    ["user_id", { "user.id": "x".repeat(129) }, TEXT_128],
    ["session_id", { "session.id": "x".repeat(129) }, TEXT_128],
    ["task_id", { "task.id": ["a"] }, TEXT_128],
    ["deploy_sha", { deploy_sha: ["a"] }, "must be text of 1 to 64 characters"],
    ["stop_reason", { "gen_ai.response.finish_reasons": ["x".repeat(65)] }, "must be text of 1 to 64 characters"],
    ["max_tokens", { "gen_ai.request.max_tokens": 0.5 }, "must be an integer from 0 to 1000000000"],
    ["attempt", { "http.request.resend_count": -1 }, "must be an integer from 1 to 32767"],
    ["ttft_ms", { "ai.response.msToFirstChunk": -1 }, "must be an integer from 0 to 2147483647"],
    ["cost_usd_micros", { "gen_ai.usage.cost": "dear" }, "must be a number of micro-dollars"],
  ])("is taken without its %s where that breaks the rule", (path, attributes, message) => {
    const { call, leftOut } = read({ ...TOKENS, ...attributes });
    expect([call[path], leftOut]).toEqual([undefined, [{ path, message }]]);
    expect(call).toMatchObject({ input_tokens: 100_000, output_tokens: 2_000 });
  });

  it("is an estimate without its service tier", () => {
    const usage = '{"input_tokens":1,"output_tokens":1}';
    const tier = { "spendtrace.usage": usage, "openai.response.service_tier": "x".repeat(65) };
    expect(read({ "spendtrace.usage": usage }).call.usage_source).toBeUndefined();
    expect(read(tier).call).toMatchObject({ usage_source: "telemetry" });
    expect(read(tier).call).not.toHaveProperty("service_tier");
  });

  it("is not taken without its tenant", () => {
    const { call, leftOut } = read({ ...TOKENS, "tenant.id": "x".repeat(129) });
    expect([call.tenant_id, leftOut]).toEqual(["x".repeat(129), []]);
  });
});

describe("the cache writes of the AI SDK with Bedrock", () => {
  const counts = {
    ...{ "ai.usage.inputTokens": 4096, "ai.usage.outputTokens": 503 },
    ...{ "ai.usage.inputTokenDetails.cacheReadTokens": 1800, "ai.usage.inputTokenDetails.cacheWriteTokens": 248 },
  };
  const withDetails = (cacheDetails: unknown) => {
    const metadata = { bedrock: { usage: { cacheWriteInputTokens: 248, cacheDetails } } };
    const { call, origins } = read({ ...counts, "ai.response.providerMetadata": JSON.stringify(metadata) });
    expect(call).toMatchObject({ input_tokens: 2048, cache_read_tokens: 1800, output_tokens: 503 });
    return { writes: [call.cache_create_5m_tokens, call.cache_create_1h_tokens, call.cache_create_tokens], origins };
  };
  const of5m = { ttl: "5m", inputTokens: 148 };

  it("keep how long each holds", () => {
    const { writes, origins } = withDetails([{ ttl: "1h", inputTokens: 60 }, of5m, { ttl: "1h", inputTokens: 40 }]);
    expect(writes).toEqual([148, 100, undefined]);
    expect(origins.cache_create_1h_tokens).toBe("ai.response.providerMetadata");
  });

  it.each([
    ["of another sum", [of5m]],
    ["of a time that has no price", [of5m, { ttl: "24h", inputTokens: 100 }]],
    ["of no number", [of5m, { ttl: "1h" }]],
    ["that are none", "1h"],
    ["that are empty", []],
  ])("stay one count beside details %s", (_name, details) => {
    expect(withDetails(details).writes).toEqual([undefined, undefined, 248]);
  });
});
