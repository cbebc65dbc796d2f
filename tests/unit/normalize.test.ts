import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NormalizeInput, normalizeUsage } from "@/lib/ingest/normalize";
import type { Usage } from "@/lib/pricing/schema";

const MODEL = "claude-opus-5";

function normalize(input: Partial<NormalizeInput>): Usage {
  const result = normalizeUsage({ model: MODEL, provider: "anthropic", ...input });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.usage;
}

function errorsOf(input: Partial<NormalizeInput>) {
  const result = normalizeUsage({ model: MODEL, provider: "anthropic", ...input });
  return result.ok ? [] : result.errors;
}

/** fresh / 5m / 1h / read / out of each part, with its model and what else is special. */
function sketch(usage: Usage) {
  return usage.parts.map(({ model, tokens: t, billable, largestPromptTokens, notes = [] }) => ({
    model,
    tokens: [t.input, t.cacheCreate5m, t.cacheCreate1h, t.cacheRead, t.output],
    ...(billable ? {} : { billable }),
    ...(largestPromptTokens === undefined ? {} : { largestPromptTokens }),
    ...(notes.length ? { notes } : {}),
  }));
}

const iteration = (type: string, input: number, output: number, more: object = {}) => ({
  type,
  input_tokens: input,
  output_tokens: output,
  ...more,
});

describe("Anthropic Messages", () => {
  test("the split of cache writes; what the total has beyond it is 5 min", () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 5,
      cache_creation_input_tokens: 500,
      cache_read_input_tokens: null,
      cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 300 },
      output_tokens_details: { thinking_tokens: 4 },
      something_new: { nested: true },
    };
    expect(sketch(normalize({ usage }))).toEqual([
      { model: MODEL, tokens: [10, 200, 300, 0, 5], notes: ["ttl_split_incomplete:rest_5m"] },
    ]);
  });

  test("tier, speed and geography are the response's; the call's own fields stand in", () => {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const said = { ...usage, service_tier: "priority", speed: "standard", inference_geo: "us" };
    const asked = { service_tier: "standard", speed: "fast", inference_geo: "global" };
    expect(normalize({ usage: said, ...asked })).toMatchObject({
      serviceTier: "priority",
      speed: "standard",
      inferenceGeo: "us",
    });
    expect(normalize({ usage, ...asked })).toMatchObject({
      serviceTier: "standard",
      speed: "fast",
      inferenceGeo: "global",
    });
    expect(normalize({ usage })).toMatchObject({ serviceTier: "standard", speed: "standard", inferenceGeo: null });
    expect(normalize({ usage, service_tier: "Default" }).serviceTier).toBe("standard");
    expect(normalize({ usage: { ...usage, service_tier: "standard" }, service_tier: "batch" }).serviceTier).toBe(
      "batch",
    );
  });

  test("the samplings of one request are one part, an advisor and a compaction stand alone", () => {
    const usage = {
      input_tokens: 300,
      output_tokens: 30,
      iterations: [
        iteration("compaction", 5_000, 50),
        iteration("message", 100, 10),
        iteration("advisor_message", 40, 4, { model: "claude-opus-5-5" }),
        iteration("message", 200, 20),
      ],
    };
    expect(sketch(normalize({ usage }))).toEqual([
      { model: MODEL, tokens: [300, 0, 0, 0, 30], largestPromptTokens: 200 },
      { model: MODEL, tokens: [5_000, 0, 0, 0, 50] },
      { model: "claude-opus-5-5", tokens: [40, 0, 0, 0, 4] },
    ]);
  });

  test("the fallback that answered comes first; who declined before any output is not billed", () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      iterations: [
        iteration("message", 10, 0, { model: "claude-fable-5" }),
        iteration("fallback_message", 20, 7, { model: "claude-sonnet-5" }),
        iteration("fallback_message", 1, 2, { model: "claude-opus-4-8" }),
      ],
    };
    expect(sketch(normalize({ usage, model: "claude-fable-5" }))).toEqual([
      { model: "claude-opus-4-8", tokens: [1, 0, 0, 0, 2], largestPromptTokens: 1 },
      { model: "claude-sonnet-5", tokens: [20, 0, 0, 0, 7], largestPromptTokens: 20 },
      { model: "claude-fable-5", tokens: [10, 0, 0, 0, 0], billable: false },
    ]);
  });

  test("no output is no decline without a fallback, nor for the last that was asked", () => {
    const quiet = {
      input_tokens: 0,
      output_tokens: 0,
      iterations: [iteration("message", 8, 0), iteration("message", 9, 0)],
    };
    expect(sketch(normalize({ usage: quiet }))).toEqual([
      { model: MODEL, tokens: [17, 0, 0, 0, 0], largestPromptTokens: 9 },
    ]);
    const asked = [iteration("message", 8, 1, { model: "claude-fable-5" }), iteration("fallback_message", 9, 0)];
    expect(sketch(normalize({ usage: { ...quiet, iterations: asked } }))).toEqual([
      { model: MODEL, tokens: [9, 0, 0, 0, 0], largestPromptTokens: 9 },
      { model: "claude-fable-5", tokens: [8, 0, 0, 0, 1], largestPromptTokens: 8 },
    ]);
  });

  test("after a mere compaction the top level is the answer", () => {
    const usage = { input_tokens: 0, output_tokens: 0, iterations: [iteration("compaction", 8, 3)] };
    expect(sketch(normalize({ usage }))).toEqual([
      { model: MODEL, tokens: [0, 0, 0, 0, 0] },
      { model: MODEL, tokens: [8, 0, 0, 0, 3] },
    ]);
  });

  test("a split greater than its total is refused", () => {
    const split = { cache_creation: { ephemeral_5m_input_tokens: 6, ephemeral_1h_input_tokens: 5 } };
    const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 10, ...split };
    expect(errorsOf({ usage })).toEqual([
      { path: "usage.cache_creation_input_tokens", message: "must not be less than its split: 10 < 11" },
    ]);
    expect(sketch(normalize({ usage: { ...usage, cache_creation_input_tokens: undefined } }))[0]?.tokens).toEqual([
      1, 6, 5, 0, 1,
    ]);
  });

  test("iterations without a split take the top level's when it speaks of the same writes", () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      iterations: [iteration("message", 1, 2, { cache_creation_input_tokens: 30 })],
    };
    const other = { ...usage, iterations: [iteration("message", 1, 2, { cache_creation_input_tokens: 29 })] };
    expect(sketch(normalize({ usage: other }))[0]?.notes).toEqual(["no_ttl_split:assumed_5m"]);
    expect(sketch(normalize({ usage }))).toEqual([
      { model: MODEL, tokens: [1, 10, 20, 0, 2], largestPromptTokens: 31 },
    ]);
  });

  test("a stream cut short is marked, a refused one is not billed", () => {
    const start = { type: "message_start", message: { usage: { input_tokens: 9, output_tokens: 1 } } };
    const delta = {
      type: "message_delta",
      delta: { stop_reason: "refusal" },
      usage: { output_tokens: 0, input_tokens: null },
    };
    const silent = { type: "message_delta", delta: { stop_reason: "end_turn" } };
    expect(normalize({ usage: { stream_events: [start] } }).notes).toEqual(["incomplete_stream"]);
    expect(normalize({ usage: { stream_events: [start, silent] } }).notes).toEqual(["incomplete_stream"]);
    const refused = normalize({ usage: { stream_events: [start, delta] } });
    expect(refused.notes).toEqual([]);
    expect(sketch(refused)).toEqual([{ model: MODEL, tokens: [9, 0, 0, 0, 0], billable: false }]);
  });
});

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
