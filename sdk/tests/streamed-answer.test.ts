import { describe, expect, test } from "vitest";
import type { Answer } from "../src/answer.js";
import { createAnswerReader } from "../src/answer-reader.js";
import * as answers from "./support/answers.js";
import { awsMessage, converseMessage, invokeMessage } from "./support/aws-messages.js";

const SSE = "text/event-stream; charset=utf-8";
const AWS = "application/vnd.amazon.eventstream";

const encode = (text: string) => new TextEncoder().encode(text);
const asData = (events: readonly (object | string)[]) =>
  events.map((event) => encode(typeof event === "string" ? event : `data: ${JSON.stringify(event)}\n\n`));

function read(contentType: string, parts: readonly Uint8Array[]): Answer & { contentAt: number; overAt: number } {
  const reader = createAnswerReader(contentType);
  let [contentAt, overAt] = [-1, -1];
  for (const [index, part] of parts.entries()) {
    reader.push(part);
    if (reader.hasContent && contentAt === -1) contentAt = index;
    if (reader.isOver && overAt === -1) overAt = index;
  }
  return { ...JSON.parse(JSON.stringify(reader.end())), contentAt, overAt };
}

const ANTHROPIC = {
  model: "claude-sonnet-5-5",
  usage: {
    input_tokens: 50,
    cache_creation_input_tokens: 248,
    cache_read_input_tokens: 1800,
    cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
    output_tokens: 503,
    server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
    service_tier: "standard",
    inference_geo: "us",
    speed: "fast",
  },
};
const CHAT = {
  model: "gpt-4o",
  usage: {
    prompt_tokens: 2006,
    completion_tokens: 300,
    total_tokens: 2306,
    prompt_tokens_details: { cached_tokens: 1920 },
  },
};
const RESPONSES = {
  model: "gpt-6-sol",
  usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 60 }, output_tokens: 10, total_tokens: 110 },
};
const GEMINI = {
  model: "gemini-2.5-flash",
  usage: { promptTokenCount: 5000, cachedContentTokenCount: 4000, candidatesTokenCount: 300, thoughtsTokenCount: 700 },
};
const CONVERSE = {
  model: "",
  usage: { inputTokens: 200, outputTokens: 300, totalTokens: 500, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
};

const STREAMS: [string, string, Uint8Array[], object][] = [
  ["Anthropic", SSE, asData(answers.anthropicEvents(ANTHROPIC)), answers.anthropicMessage(ANTHROPIC)],
  ["OpenAI chat", SSE, asData(answers.chatChunks(CHAT)), answers.chatCompletion(CHAT)],
  ["OpenAI responses", SSE, asData(answers.responseEvents(RESPONSES)), answers.modelResponse(RESPONSES)],
  ["Gemini", SSE, asData(answers.geminiChunks(GEMINI)), answers.geminiAnswer(GEMINI)],
  [
    "Bedrock Converse",
    AWS,
    answers.converseEvents(CONVERSE).map(([type, event]) => converseMessage(type, event)),
    answers.converseAnswer(CONVERSE),
  ],
  [
    "Bedrock InvokeModel",
    AWS,
    answers.anthropicEvents(ANTHROPIC).map(invokeMessage),
    answers.anthropicMessage(ANTHROPIC),
  ],
];

describe("a streamed answer says what the plain one says", () => {
  test.each(STREAMS)("%s", (_, contentType, parts, plain) => {
    const { contentAt, overAt, ...streamed } = read(contentType, parts);
    const { contentAt: __, overAt: ___, ...whole } = read("application/json", [encode(JSON.stringify(plain))]);
    expect(streamed).toEqual(whole);
    expect(streamed).toMatchObject({ isComplete: true, usage: expect.anything(), stopReason: expect.anything() });
    expect(contentAt).toBeGreaterThanOrEqual(0);
    expect(contentAt).toBeLessThan(parts.length - 1);
  });

  test.each(STREAMS)("%s, byte by byte", (_, contentType, parts) => {
    const bytes = Buffer.concat(parts);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const { contentAt: _a, overAt: _b, ...slow } = read(contentType, single);
    const { contentAt: _c, overAt: _d, ...fast } = read(contentType, parts);
    expect(slow).toEqual(fast);
  });

  test.each(STREAMS)("%s, cut anywhere, is not final before its usage is", (_, contentType, parts) => {
    const whole = read(contentType, parts);
    for (let count = 0; count < parts.length; count++) {
      const { isComplete, usage } = read(contentType, parts.slice(0, count));
      if (isComplete) expect([count, usage]).toEqual([count, whole.usage]);
    }
    expect(read(contentType, parts.slice(0, 1)).isComplete).toBe(false);
  });
});

describe("Anthropic's stream", () => {
  test("replaces what the deltas tell and keeps the rest", () => {
    const events = [
      {
        type: "message_start",
        message: {
          model: "claude-opus-5",
          usage: { input_tokens: 2679, cache_read_input_tokens: 5, output_tokens: 3 },
        },
      },
      {
        type: "message_delta",
        delta: { stop_reason: null },
        usage: { input_tokens: 5000, output_tokens: 100, cache_read_input_tokens: null },
      },
      {
        type: "message_delta",
        delta: { stop_reason: "end_turn" },
        usage: { input_tokens: 10_682, output_tokens: 510, server_tool_use: { web_search_requests: 1 } },
      },
    ];
    expect(read(SSE, asData(events.slice(0, 2)))).toMatchObject({
      isComplete: false,
      usage: { input_tokens: 5000, output_tokens: 100, cache_read_input_tokens: 5 },
    });
    expect(read(SSE, asData(events))).toMatchObject({
      isComplete: true,
      stopReason: "end_turn",
      usage: {
        input_tokens: 10_682,
        output_tokens: 510,
        cache_read_input_tokens: 5,
        server_tool_use: { web_search_requests: 1 },
      },
    });
  });

  test("names the model that served after a fallback", () => {
    const usage = {
      input_tokens: 412,
      output_tokens: 264,
      iterations: [
        { type: "message", model: "claude-fable-5", input_tokens: 535, output_tokens: 0 },
        { type: "fallback_message", model: "claude-opus-4-8", input_tokens: 412, output_tokens: 264 },
      ],
    };
    const [start, ...rest] = answers.anthropicEvents({ model: "claude-fable-5", usage });
    expect(read(SSE, asData([start as object, ...rest]))).toMatchObject({
      model: "claude-opus-4-8",
      usage,
      isComplete: true,
    });
    const plain = answers.anthropicMessage({ model: "claude-fable-5", usage });
    expect(read("application/json", [encode(JSON.stringify(plain))])).toMatchObject({ model: "claude-opus-4-8" });
  });

  test("that is nothing but malformed is unknown", () => {
    const events = ["data: {\n\n", "data: []\n\n", "data: null\n\n", 'data: {"type":"message_start","message":7}\n\n'];
    expect(read(SSE, asData(events))).toMatchObject({ isComplete: false });
  });

  test("with one malformed event keeps the others", () => {
    const events = answers.anthropicEvents(ANTHROPIC);
    expect(read(SSE, asData([...events.slice(0, 3), "data: {{{\n\n", ...events.slice(3)]))).toMatchObject({
      isComplete: true,
      usage: ANTHROPIC.usage,
    });
  });
});

describe("OpenAI's chat stream", () => {
  test("without include_usage ends without being known", () => {
    const chunks = answers
      .chatChunks(CHAT)
      .filter((chunk) => typeof chunk === "string" || !("usage" in chunk) || chunk.usage === null);
    const { usage, isComplete, stopReason, model } = read(SSE, asData(chunks));
    expect([usage, isComplete, stopReason, model]).toEqual([undefined, false, "stop", "gpt-4o"]);
  });

  test("with usage in every chunk is final with the last", () => {
    const chunk = (completion_tokens: number, finish_reason: string | null) => ({
      model: "grok-4",
      choices: [{ index: 0, delta: { content: "x" }, finish_reason }],
      usage: { prompt_tokens: 7, completion_tokens },
    });
    expect(read(SSE, asData([chunk(1, null), chunk(2, null)]))).toMatchObject({
      isComplete: false,
      usage: { completion_tokens: 2 },
    });
    expect(read(SSE, asData([chunk(1, null), chunk(2, null), chunk(3, "stop")]))).toMatchObject({
      isComplete: true,
      usage: { completion_tokens: 3 },
    });
  });

  test("whose chunks say that there is no error has none", () => {
    const chunks = answers
      .chatChunks(CHAT)
      .map((chunk) => (typeof chunk === "string" ? chunk : { ...chunk, error: null }));
    expect(read(SSE, asData(chunks))).toMatchObject({ ...CHAT, stopReason: "stop", isComplete: true });
  });

  test("that talks of usage in its text is not misled", () => {
    const text = '"usage": {"prompt_tokens": 1} [DONE] "finish_reason": "stop"';
    expect(read(SSE, asData(answers.chatChunks({ ...CHAT, text })))).toMatchObject({
      usage: CHAT.usage,
      isComplete: true,
    });
  });
});

test("OpenAI's response that was cut short says why", () => {
  const events = answers.responseEvents(RESPONSES);
  const last = events.at(-1) as { response: object };
  const incomplete = {
    type: "response.incomplete",
    response: { ...last.response, status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
  };
  expect(read(SSE, asData([...events.slice(0, -1), incomplete]))).toMatchObject({
    isComplete: true,
    stopReason: "max_output_tokens",
    usage: RESPONSES.usage,
  });
});

test("Gemini's answer as a list of chunks, without SSE, has the usage of the last", () => {
  const list = JSON.stringify(answers.geminiChunks(GEMINI), null, 1);
  expect(read("application/json", [encode(list)])).toMatchObject({
    isComplete: true,
    usage: GEMINI.usage,
    stopReason: "STOP",
  });
  expect(read("application/json", [encode(list.slice(0, -3))])).toMatchObject({ isComplete: false });
});

describe("Bedrock's stream", () => {
  test("that fails in the middle names the exception", () => {
    const messages = answers
      .converseEvents(CONVERSE)
      .slice(0, 2)
      .map(([type, event]) => converseMessage(type, event));
    const failure = awsMessage(
      { ":message-type": "exception", ":exception-type": "modelStreamErrorException" },
      '{"message":"x"}',
    );
    expect(read(AWS, [...messages, failure])).toMatchObject({
      isComplete: false,
      stopReason: "modelStreamErrorException",
    });
  });

  test("of other makers' models counts by its metrics", () => {
    const metrics = { inputTokenCount: 12, outputTokenCount: 34, invocationLatency: 5, firstByteLatency: 2 };
    const messages = [
      { generation: "Hi" },
      { generation: "", stop_reason: "stop", "amazon-bedrock-invocationMetrics": metrics },
    ];
    expect(read(AWS, messages.map(invokeMessage))).toMatchObject({
      isComplete: true,
      counts: { input_tokens: 12, output_tokens: 34 },
    });
  });

  test("tells the tier and the optimised latency, which have prices of their own", () => {
    const metadata = {
      usage: CONVERSE.usage,
      serviceTier: { type: "flex" },
      performanceConfig: { latency: "optimized" },
    };
    expect(read(AWS, [converseMessage("metadata", metadata)])).toMatchObject({
      serviceTier: "flex",
      speed: "optimized",
    });
    const plain = { ...answers.converseAnswer(CONVERSE), ...metadata };
    expect(read("application/json", [encode(JSON.stringify(plain))])).toMatchObject({
      serviceTier: "flex",
      speed: "optimized",
    });
  });
});

test("usage of no known shape is none", () => {
  const answer = { model: "m", usage: { billed_units: { input_tokens: 3 } } };
  expect(read("application/json", [encode(JSON.stringify(answer))])).toMatchObject({ isComplete: false, model: "m" });
});
