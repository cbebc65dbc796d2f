import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { NO_TOKENS } from "@/lib/ingest/normalize-count";
import { errorsOf, iteration, MODEL, normalize, sketch } from "@/tests/support/normalize";

describe("other providers", () => {
  test("OpenAI responses: details are parts of the whole", () => {
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 15 },
    };
    expect(sketch(normalize({ usage, model: "gpt-6-sol" }))).toEqual([
      { model: "gpt-6-sol", tokens: [10, 30, 0, 60, 20] },
    ]);
  });

  test("xAI: reasoning that the total shows beside the completion is output", () => {
    const of = (total_tokens: number | undefined) =>
      normalize({
        usage: {
          prompt_tokens: 32,
          completion_tokens: 9,
          completion_tokens_details: { reasoning_tokens: 94 },
          total_tokens,
        },
        model: "grok-4.6",
      });
    expect(sketch(of(135))).toEqual([{ model: "grok-4.6", tokens: [32, 0, 0, 0, 103] }]);
    expect(sketch(of(41))).toEqual([{ model: "grok-4.6", tokens: [32, 0, 0, 0, 9] }]);
    expect(sketch(of(undefined))).toEqual([{ model: "grok-4.6", tokens: [32, 0, 0, 0, 9] }]);
  });

  test("OpenAI: more cached than prompt is refused", () => {
    const usage = { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 11 } };
    expect(errorsOf({ usage })).toEqual([
      {
        path: "usage.prompt_tokens",
        message: "must not be less than the cached tokens that are a part of it: 10 < 11",
      },
    ]);
  });

  test("audio has no price here", () => {
    const usage = { prompt_tokens: 10, completion_tokens: 1, completion_tokens_details: { audio_tokens: 1 } };
    expect(normalize({ usage }).parts[0]?.unpricedReason).toBe("audio_not_priced");
    const gemini = { promptTokenCount: 9, promptTokensDetails: [{ modality: "AUDIO", tokenCount: 9 }] };
    expect(normalize({ usage: gemini }).parts[0]?.unpricedReason).toBe("audio_not_priced");
    const drawn = { promptTokenCount: 9, candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: 1 }] };
    expect(normalize({ usage: drawn }).parts[0]?.unpricedReason).toBe("image_not_priced");
    const text = { promptTokenCount: 9, promptTokensDetails: [{ modality: "TEXT", tokenCount: 9 }] };
    expect(normalize({ usage: text }).parts[0]?.unpricedReason).toBeUndefined();
  });

  test("Bedrock Converse without cacheDetails: 5 min is assumed", () => {
    const usage = { inputTokens: 1, outputTokens: 2, cacheWriteInputTokens: 3, cacheReadInputTokens: 4 };
    expect(sketch(normalize({ usage }))).toEqual([
      { model: MODEL, tokens: [1, 3, 0, 4, 2], notes: ["no_ttl_split:assumed_5m"] },
    ]);
  });

  test("Bedrock Converse with more 1 h writes than writes is refused", () => {
    const usage = {
      inputTokens: 1,
      outputTokens: 2,
      cacheWriteInputTokens: 3,
      cacheDetails: [{ ttl: "1h", inputTokens: 4 }],
    };
    expect(errorsOf({ usage })).toEqual([
      { path: "usage.cacheWriteInputTokens", message: "must not be less than its 1h writes: 3 < 4" },
    ]);
  });

  test("the Vercel AI SDK's summary looks like Converse and is refused", () => {
    const usage = { inputTokens: 10, outputTokens: 2, cachedInputTokens: 5 };
    expect(errorsOf({ usage }).map(({ path }) => path)).toEqual(["usage"]);
  });
});

describe("plain counts", () => {
  test("are taken as they are", () => {
    const counts = { input_tokens: 1, cache_create_5m_tokens: 2, cache_create_1h_tokens: 3, cache_read_tokens: 4 };
    const usage = normalize({ ...counts, output_tokens: 5, web_search_requests: 6 });
    expect(sketch(usage)).toEqual([{ model: MODEL, tokens: [1, 2, 3, 4, 5] }]);
    expect(usage.webSearchRequests).toBe(6);
  });

  test("writes of unknown lifetime are 5 min and marked", () => {
    expect(sketch(normalize({ cache_create_tokens: 7 }))).toEqual([
      { model: MODEL, tokens: [0, 7, 0, 0, 0], notes: ["no_ttl_split:assumed_5m"] },
    ]);
  });

  test("must agree with a usage object beside them", () => {
    const usage = { input_tokens: 10, output_tokens: 5 };
    expect(errorsOf({ usage, input_tokens: 10, output_tokens: 5 })).toEqual([]);
    expect(errorsOf({ usage, input_tokens: 11, web_search_requests: 2 })).toEqual([
      { path: "input_tokens", message: "must equal what usage says, or be left out: 11 ≠ 10" },
    ]);
    expect(normalize({ usage, web_search_requests: 2 }).webSearchRequests).toBe(2);
  });

  test("or a usage object are required, but for a failed attempt", () => {
    expect(errorsOf({}).map(({ path }) => path)).toEqual(["usage"]);
    expect(sketch(normalize({ status_code: 529 }))).toEqual([{ model: MODEL, tokens: [0, 0, 0, 0, 0] }]);
  });
});

describe("an answer that was cut", () => {
  test("keeps what was counted until then, marked", () => {
    const usage = normalize({ usage: { input_tokens: 10, output_tokens: 1 }, incomplete: true });
    expect(sketch(usage)).toEqual([{ model: MODEL, tokens: [10, 0, 0, 0, 1] }]);
    expect(usage.notes).toEqual(["incomplete_stream"]);
  });

  test("is not free where nobody counted", () => {
    const usage = normalize({ incomplete: true });
    expect(usage.parts).toEqual([{ model: MODEL, billable: true, tokens: NO_TOKENS, unpricedReason: "usage_unknown" }]);
    expect(usage.notes).toEqual(["incomplete_stream"]);
    expect(errorsOf({ incomplete: false }).map(({ path }) => path)).toEqual(["usage"]);
  });

  test("is marked once where its events tell it too", () => {
    const start = { type: "message_start", message: { usage: { input_tokens: 5, output_tokens: 1 } } };
    expect(normalize({ usage: { stream_events: [start] }, incomplete: true }).notes).toEqual(["incomplete_stream"]);
  });

  test("that failed is a failure: nothing was billed", () => {
    expect(normalize({ incomplete: true, status_code: 529 }).parts[0]?.unpricedReason).toBeUndefined();
  });

  test.each([499, 599])("of which no answer came (%i) may have been billed, unless it never left", (status_code) => {
    expect(normalize({ incomplete: true, status_code }).parts[0]?.unpricedReason).toBe("usage_unknown");
    expect(normalize({ status_code }).parts[0]?.unpricedReason).toBeUndefined();
  });
});

test("where the counts are from is the provider unless the call says otherwise", () => {
  const counts = { input_tokens: 1, output_tokens: 1 };
  expect(normalize(counts).source).toBe("provider");
  expect(normalize({ ...counts, usage_source: "telemetry" }).source).toBe("telemetry");
});

describe("what breaks a rule is refused with its path and value", () => {
  test.each<[unknown, string]>([
    [-1, "got -1"],
    [1.5, "got 1.5"],
    [Number.NaN, "got NaN"],
    [Number.POSITIVE_INFINITY, "got Infinity"],
    [2 ** 53, "got 9007199254740992"],
    [1_000_000_001, "got 1000000001"],
    ["12", 'got "12"'],
    [true, "got true"],
    [[1], "got [1]"],
  ])("%s", (value, got) => {
    expect(errorsOf({ usage: { input_tokens: value, output_tokens: 1 } })).toEqual([
      { path: "usage.input_tokens", message: `must be an integer from 0 to 1000000000, ${got}` },
    ]);
  });

  test("several at once, and deep ones", () => {
    const usage = {
      input_tokens: 1,
      cache_creation: { ephemeral_1h_input_tokens: -2 },
      server_tool_use: { web_search_requests: 1_000_001 },
      iterations: [iteration("message", 1, 1), iteration("message", -1, 1)],
      service_tier: "a\0b",
      speed: "x".repeat(65),
    };
    expect(errorsOf({ usage }).map(({ path }) => path)).toEqual([
      "usage.cache_creation.ephemeral_1h_input_tokens",
      "usage.output_tokens",
      "usage.iterations[1].input_tokens",
      "usage.server_tool_use.web_search_requests",
      "usage.service_tier",
      "usage.speed",
    ]);
  });

  test.each([["text"], [5], [[]], [{}], [{ tokens: 5 }], [{ stream_events: "x" }]])("usage %j", (usage) => {
    expect(errorsOf({ usage })[0]?.path).toMatch(/^usage(\.stream_events)?$/);
  });

  test("sums that would overflow a column", () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 1,
      iterations: [iteration("message", 900_000_000, 1), iteration("compaction", 900_000_000, 1)],
    };
    expect(errorsOf({ usage }).map(({ path }) => path)).toEqual(["usage"]);
  });

  test("nothing that JSON can hold makes it throw", () => {
    const keys = ["input_tokens", "output_tokens", "cache_creation", "iterations", "prompt_tokens", "stream_events"];
    const json = fc.jsonValue();
    const usage = fc.oneof(json, fc.dictionary(fc.constantFrom(...keys, "inputTokens", "cacheDetails"), json));
    fc.assert(
      fc.property(usage, (value) => {
        const result = normalizeUsage({ model: MODEL, usage: value });
        expect(result.ok || result.errors.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
