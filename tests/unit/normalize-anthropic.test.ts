import { describe, expect, test } from "vitest";
import { errorsOf, iteration, MODEL, normalize, sketch } from "@/tests/support/normalize";

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
