import { createAnthropic } from "@ai-sdk/anthropic";
import * as anthropicModule from "@anthropic-ai/sdk";
import { AnthropicInstrumentation as OpenInference } from "@arizeai/openinference-instrumentation-anthropic";
import type { Tracer } from "@opentelemetry/api";
import { OTLPTraceExporter as HttpExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { AnthropicInstrumentation as OpenLlmetry } from "@traceloop/instrumentation-anthropic";
import { generateText, streamText } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startMessagesServer } from "@/tests/support/messages-server";
import { type OtlpReceiver, startOtlpReceiver } from "@/tests/support/otlp-receiver";

/** 2,048 fresh, 248 written (taken as 5 min), 1,800 read, 503 out on claude-opus-5. */
const ESTIMATED_USD = "0.025265";
/** The same with the split of the writes, 148 for 5 min and 100 for 1 h. */
const EXACT_USD = "0.02564";
const COUNTS = { input_tokens: 2048, cache_read_tokens: 1800, output_tokens: 503, model: "claude-opus-5" };

const Anthropic = anthropicModule.default;
/** OpenLLMetry also patches the text completions, which the client left behind with 1.0; without them it patches nothing. */
class Completions {
  create() {}
}
const withCompletions = {
  ...anthropicModule,
  Anthropic: { Completions, Messages: Anthropic.Messages, Beta: Anthropic.Beta },
};

type Exporter = "proto" | "json";

let provider: Awaited<ReturnType<typeof startMessagesServer>>;
let receiver: OtlpReceiver;

beforeAll(async () => {
  provider = await startMessagesServer();
  new NodeTracerProvider().register();
});
afterAll(() => provider.close());
beforeEach(async () => {
  receiver = await startOtlpReceiver();
  return () => receiver.close();
});

/** Runs some work under a tracer whose spans a real exporter sends, gzipped, and resolves when they have arrived. */
async function traced(exporter: Exporter, work: (tracer: Tracer, traces: NodeTracerProvider) => Promise<unknown>) {
  const options = {
    url: `${receiver.url}/v1/traces`,
    headers: { authorization: `Bearer ${receiver.key}` },
    compression: "gzip",
  } as ConstructorParameters<typeof ProtoExporter>[0];
  const traces = new NodeTracerProvider({
    resource: resourceFromAttributes({
      "service.name": "assistant",
      "tenant.id": "Northwind",
      "vcs.ref.head.revision": "a1b2c3d",
    }),
    spanProcessors: [
      new BatchSpanProcessor(exporter === "proto" ? new ProtoExporter(options) : new HttpExporter(options)),
    ],
  });
  await work(traces.getTracer("test"), traces);
  await traces.forceFlush();
  await traces.shutdown();
}

const client = () => new Anthropic({ apiKey: "none", baseURL: provider.url, maxRetries: 0 });
const ask = (content = "Hi") => ({
  model: "claude-opus-5",
  max_tokens: 1024,
  messages: [{ role: "user" as const, content }],
});
const stored = async () => (await receiver.list()).body.calls;

const anthropicOf = () => createAnthropic({ apiKey: "none", baseURL: `${provider.url}/v1` })("claude-opus-5");

describe.each<Exporter>(["proto", "json"])("through the real exporter of OTLP %s", (exporter) => {
  it("stores what @traceloop/instrumentation-anthropic 0.27.0 tells: fresh input alone, streamed or not, and a 429", async () => {
    await traced(exporter, async (_tracer, traces) => {
      const instrumentation = new OpenLlmetry();
      instrumentation.setTracerProvider(traces);
      instrumentation.manuallyInstrument(withCompletions as never);
      await client().messages.create(ask());
      for await (const _event of await client().messages.create({ ...ask(), stream: true })) void _event;
      await client()
        .messages.create(ask("too much"))
        .catch(() => undefined);
      instrumentation.disable();
      unpatch(withCompletions.Anthropic.Messages, withCompletions.Anthropic.Beta.Messages);
    });
    const calls = await stored();
    expect(calls.map(({ status_code, cost_usd }) => [status_code, cost_usd])).toEqual([
      [429, "0"],
      [200, ESTIMATED_USD],
      [200, ESTIMATED_USD],
    ]);
    for (const call of calls.slice(1)) {
      expect(call).toMatchObject({
        ...COUNTS,
        cache_create_5m_tokens: 248,
        usage_convention: "exclusive",
        usage_source: "telemetry",
        pricing_status: "estimated",
        pricing_notes: ["no_ttl_split:assumed_5m"],
        source: "otlp/@traceloop/instrumentation-anthropic 0.27.0",
        ...{ provider: "anthropic", platform: "anthropic", max_tokens: 1024 },
        ...{ tenant_id: "Northwind", feature: "assistant", deploy_sha: "a1b2c3d" },
      });
    }
  });

  it("stores what OpenInference 0.2.8 tells: all input, of which some cached", async () => {
    await traced(exporter, async (_tracer, traces) => {
      const instrumentation = new OpenInference({ tracerProvider: traces });
      instrumentation.manuallyInstrument(Anthropic as never);
      await client().messages.create(ask());
      for await (const _event of await client().messages.create({ ...ask(), stream: true })) void _event;
      await client()
        .messages.create(ask("too much"))
        .catch(() => undefined);
      instrumentation.disable();
      unpatch(Anthropic.Messages, Anthropic.Beta.Messages);
    });
    const calls = await stored();
    expect(calls.map(({ status_code, cost_usd }) => [status_code, cost_usd])).toEqual([
      [429, "0"],
      [200, ESTIMATED_USD],
      [200, ESTIMATED_USD],
    ]);
    for (const call of calls.slice(1)) {
      expect(call).toMatchObject({
        ...COUNTS,
        cache_create_5m_tokens: 248,
        usage_convention: "inclusive",
        usage_source: "telemetry",
        source: "otlp/@arizeai/openinference-instrumentation-anthropic 0.2.8",
      });
    }
  });

  it("stores each step of the AI SDK once, exactly, by the object that the provider sent", async () => {
    await traced(exporter, async (tracer) => {
      const metadata = { tenantId: "Contoso", userId: "u-1", sessionId: "s-1" };
      const experimental_telemetry = { isEnabled: true, tracer, functionId: "draft-reply", metadata };
      await generateText({ model: anthropicOf(), prompt: "Hi", maxRetries: 0, experimental_telemetry });
      await streamText({ model: anthropicOf(), prompt: "Hi", maxRetries: 0, experimental_telemetry }).consumeStream();
      await generateText({ model: anthropicOf(), prompt: "too much", maxRetries: 0, experimental_telemetry }).catch(
        () => undefined,
      );
    });
    const calls = await stored();
    expect(calls.map(({ status_code, cost_usd }) => [status_code, cost_usd])).toEqual([
      // Its spans tell that a call failed, not that it was refused.
      [599, null],
      [200, EXACT_USD],
      [200, EXACT_USD],
    ]);
    for (const call of calls.slice(1)) {
      expect(call).toMatchObject({
        ...COUNTS,
        ...{ cache_create_5m_tokens: 148, cache_create_1h_tokens: 100 },
        ...{ usage_source: "provider", usage_convention: null, pricing_status: "priced" },
        ...{ tenant_id: "Contoso", user_id: "u-1", session_id: "s-1", feature: "draft-reply" },
        ...{ provider: "anthropic", platform: "anthropic", source: "otlp/test" },
        request_id: expect.stringMatching(/^msg_test_\d+$/),
      });
    }
  });

  it("counts nested spans once: an agent and a workflow that sum the calls inside them, a gateway around its provider", async () => {
    const usage = { "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100 };
    const chat = { ...usage, "gen_ai.operation.name": "chat", "gen_ai.response.model": "claude-sonnet-5-5" };
    await traced(exporter, async (tracer) => {
      const inSpan = (name: string, attributes: Record<string, string | number>, inner: () => void = () => undefined) =>
        tracer.startActiveSpan(name, { attributes }, (span) => {
          inner();
          span.end();
        });
      inSpan("workflow", { ...chat, "traceloop.span.kind": "workflow", "gen_ai.operation.name": "" }, () =>
        inSpan("agent", { ...chat, "gen_ai.operation.name": "invoke_agent" }, () => {
          inSpan("first", chat);
          inSpan("gateway", chat, () => inSpan("second", chat));
          inSpan("tool", { "gen_ai.operation.name": "execute_tool" });
        }),
      );
      inSpan("undeclared", { ...usage, "gen_ai.request.model": "claude-sonnet-5-5" });
    });
    const calls = await stored();
    expect(calls.map(({ cost_usd }) => cost_usd)).toEqual(["0.003", "0.003", "0.003"]);
  });
});

describe("an exporter", () => {
  it("is told in its own encoding which span was refused, and its neighbours are stored", async () => {
    const usage = {
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 1,
      "gen_ai.request.model": "claude-sonnet-5-5",
    };
    for (const exporter of ["proto", "json"] as const) {
      await traced(exporter, async (tracer) => {
        tracer.startSpan("good", { attributes: usage }).end();
        tracer.startSpan("bad", { attributes: { ...usage, "gen_ai.usage.output_tokens": -5 } }).end();
      });
    }
    expect(await stored()).toHaveLength(2);
    const [proto, inJson] = receiver.exchanges;
    const message =
      '1 refused: #1 "bad": output_tokens (gen_ai.usage.output_tokens) must be an integer from 0 to 1000000000.';
    expect([proto?.status, proto?.headers["content-type"], proto?.headers["content-encoding"]]).toEqual([
      200,
      "application/x-protobuf",
      "gzip",
    ]);
    expect(proto?.body.toString("latin1")).toContain(message);
    expect(JSON.parse(String(inJson?.body))).toEqual({ partialSuccess: { rejectedSpans: "1", errorMessage: message } });
  });
});

/** Takes off what an instrumentation put around the methods of the client: the next one would stand around it. */
function unpatch(...classes: readonly { prototype: { create: unknown } }[]): void {
  for (const { prototype } of classes) {
    const isPatched = (method: unknown): method is { __original: unknown } =>
      Object.hasOwn(Object(method), "__original");
    while (isPatched(prototype.create)) prototype.create = prototype.create.__original;
  }
}
