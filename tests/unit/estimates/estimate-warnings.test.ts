import { expect, test } from "vitest";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { estimateWarnings, promptOf } from "@/lib/pricing/estimate-warnings";
import type { TokenCounts, Usage, UsagePart } from "@/lib/pricing/schema";

const NONE: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };

function warnings(id: string, tokens: Partial<TokenCounts>, { wantsCache = false, at = "2026-11-20", more = {} } = {}) {
  const part: UsagePart = { model: id, billable: true, tokens: { ...NONE, ...tokens }, ...more };
  const usage: Usage = {
    ...{ webSearchRequests: 0, serviceTier: "standard", speed: "standard", inferenceGeo: null, notes: [] },
    ...{ source: "provider", parts: [part] },
  };
  const model = PRICE_BOOK.models.find((known) => known.id === id) ?? null;
  return estimateWarnings(model, usage, wantsCache, new Date(`${at}T12:00:00Z`));
}

test("a prompt that is cached must be long enough for it", () => {
  const short = (promptTokens: number) => [{ kind: "short_prompt", promptTokens, minimum: 512 }];
  expect(warnings("claude-opus-5", { input: 511 })).toEqual([]);
  expect(warnings("claude-opus-5", { input: 511 }, { wantsCache: true })).toEqual(short(511));
  expect(warnings("claude-opus-5", { input: 512 }, { wantsCache: true })).toEqual([]);
  expect(warnings("claude-opus-5", { output: 9 }, { wantsCache: true })).toEqual([]);
  for (const kind of ["cacheCreate5m", "cacheCreate1h", "cacheRead"]) {
    expect(warnings("claude-opus-5", { input: 500, [kind]: 11 })).toEqual(short(511));
    expect(warnings("claude-opus-5", { input: 500, [kind]: 12 })).toEqual([]);
  }
  expect(warnings("gpt-5", { input: 1 }, { wantsCache: true })).toEqual([]);
});

test("a prompt must fit into the window, of several samplings the longest", () => {
  const over = (promptTokens: number) => [{ kind: "over_window", promptTokens, window: 200_000 }];
  expect(warnings("claude-haiku-4-5-20251001", { input: 200_000, output: 9 })).toEqual([]);
  expect(warnings("claude-haiku-4-5-20251001", { input: 200_001 })).toEqual(over(200_001));
  const sampled = { more: { largestPromptTokens: 200_000 } };
  expect(warnings("claude-haiku-4-5-20251001", { input: 900_000 }, sampled)).toEqual([]);
  expect(warnings("claude-haiku-4-5-20251001", { input: 1 }, { more: { largestPromptTokens: 200_002 } })).toEqual(
    over(200_002),
  );
});

test("a model is gone from its day of retirement on", () => {
  const opus = (at: string) => warnings("claude-opus-4-1-20250805", { input: 2_000 }, { at });
  expect(opus("2026-08-04")).toEqual([]);
  expect(opus("2026-08-05")).toEqual([{ kind: "retired", on: "2026-08-05" }]);
  expect(opus("2026-08-06")).toEqual([{ kind: "retired", on: "2026-08-05" }]);
});

test("nothing is said of a model that the book does not know", () => {
  expect(warnings("in-house-1", { input: 9_000_000 }, { wantsCache: true })).toEqual([]);
});

test("the prompt is all that is sent", () => {
  const tokens = { input: 1, cacheCreate5m: 20, cacheCreate1h: 300, cacheRead: 4_000, output: 50_000 };
  expect(promptOf({ model: "m", billable: true, tokens })).toBe(4_321);
});
