import { SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter as HttpExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtoExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { beforeEach, describe, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "@/tests/support/otlp-receiver";

type Attributes = Record<string, string | number | boolean>;

/** What claude 2.1.330 sends with each event when nothing but its own variables is set. */
const STANDARD = {
  "user.id": "c1bf14e6aa6e65b5",
  "session.id": "53cf2780-8ec8-44ec-bfab-6cabbfef6c57",
  "anthropic.provider": "firstParty",
  "terminal.type": "non-interactive",
  "prompt.id": "83fcd2e6-5c79-41cc-af16-d5b63e776e31",
  ...{ effort: "high", speed: "normal", query_source: "sdk", model: "claude-opus-5" },
};
const REQUEST = {
  ...STANDARD,
  ...{ "event.name": "api_request", "event.sequence": 5 },
  ...{ input_tokens: 2048, output_tokens: 503, cache_read_tokens: 1800, cache_creation_tokens: 248 },
  ...{ cache_creation_5m_tokens: 148, cache_creation_1h_tokens: 100 },
  ...{ cost_usd: 0.02564, cost_usd_micros: 25_640, duration_ms: 1080, ttft_ms: 400, request_id: "req_011CV" },
};

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startOtlpReceiver();
  return () => receiver.close();
});

const stored = async () => (await receiver.list()).body.calls;

/** Sends events through a real exporter, as Claude Code does, and resolves when they have arrived. */
async function emit(exporter: "proto" | "json", resource: Attributes, ...events: Attributes[]) {
  const options = { url: `${receiver.url}/v1/logs`, headers: { authorization: `Bearer ${receiver.key}` } };
  const logs = new LoggerProvider({
    resource: resourceFromAttributes({ "service.name": "claude-code", "service.version": "2.1.330", ...resource }),
    processors: [
      new BatchLogRecordProcessor({
        exporter: exporter === "proto" ? new ProtoExporter(options) : new HttpExporter(options),
      }),
    ],
  });
  const logger = logs.getLogger("com.anthropic.claude_code.events", "2.1.330");
  for (const attributes of events) {
    const body = `claude_code.${attributes["event.name"]}`;
    logger.emit({
      timestamp: new Date("2026-11-20T12:00:01.080Z"),
      severityNumber: SeverityNumber.INFO,
      body,
      attributes,
    });
  }
  await logs.forceFlush();
  await logs.shutdown();
}

describe.each(["proto", "json"] as const)("the events of Claude Code in OTLP %s", (exporter) => {
  it("become calls with the split of their cache writes, and sending them again changes nothing", async () => {
    const prompt = { ...STANDARD, "event.name": "user_prompt", "event.sequence": 4, prompt_length: 9 };
    await emit(exporter, {}, prompt, REQUEST);
    await emit(exporter, {}, prompt, REQUEST);
    expect(receiver.exchanges.map(({ status, body }) => [status, String(body)])).toEqual(
      Array(2).fill([200, exporter === "proto" ? "" : "{}"]),
    );
    const calls = await stored();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      ...{ occurred_at: "2026-11-20T12:00:00.000Z", latency_ms: 1080, ttft_ms: 400, request_id: "req_011CV" },
      ...{ input_tokens: 2048, cache_create_5m_tokens: 148, cache_create_1h_tokens: 100 },
      ...{ cache_read_tokens: 1800, output_tokens: 503, cost_usd: "0.02564", reported_cost_usd: "0.02564" },
      ...{ model: "claude-opus-5", provider: "anthropic", platform: "anthropic", speed: "standard" },
      ...{ usage_convention: "exclusive", usage_source: "telemetry", pricing_status: "estimated" },
      ...{ tenant_id: "c1bf14e6aa6e65b5", feature: "claude-code", user_id: "c1bf14e6aa6e65b5" },
      ...{ session_id: STANDARD["session.id"], task_id: STANDARD["prompt.id"] },
      source: "otlp/com.anthropic.claude_code.events 2.1.330",
    });
  });

  it("are read in their older form: no split, numbers as text, a team in OTEL_RESOURCE_ATTRIBUTES, Bedrock", async () => {
    const {
      cache_creation_5m_tokens: _5m,
      cache_creation_1h_tokens: _1h,
      cost_usd_micros: _micros,
      ...older
    } = REQUEST;
    const asText = Object.fromEntries(Object.entries(older).map(([key, value]) => [key, String(value)]));
    const event = {
      ...asText,
      "anthropic.provider": "bedrock",
      model: "eu.anthropic.claude-opus-5",
      "user.email": "ada@example.org",
    };
    await emit(exporter, { "team.id": "platform" }, event);
    expect(await stored()).toMatchObject([
      {
        ...{ tenant_id: "platform", user_id: "ada@example.org", platform: "bedrock" },
        ...{ cache_create_5m_tokens: 248, cache_create_1h_tokens: 0, pricing_status: "estimated" },
        ...{ reported_cost_usd: "0.02564" },
      },
    ]);
  });

  it("keep failed attempts, by the status that they tell", async () => {
    const failed = { ...STANDARD, "event.name": "api_error", duration_ms: 33 };
    await emit(
      exporter,
      {},
      { ...failed, "event.sequence": 1, error: "429 rate_limit_error", status_code: "429", attempt: 1 },
      { ...failed, "event.sequence": 2, error: "Repeated 529 Overloaded errors", attempt: 3 },
      { ...failed, "event.sequence": 3, error: "Connection error.", status_code: "undefined" },
      { ...failed, "event.sequence": 4, "event.name": "api_retries_exhausted", total_attempts: 3 },
    );
    const calls = await stored();
    const told = calls.map((call) => [
      String(call.request_id).split(":")[1],
      call.status_code,
      call.attempt,
      call.cost_usd,
    ]);
    expect(told.sort()).toEqual([
      ["1", 429, 1, "0"],
      ["2", 529, 3, "0"],
      ["3", 599, 1, null],
    ]);
  });
});
