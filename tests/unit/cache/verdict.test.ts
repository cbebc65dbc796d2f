import { expect, test } from "vitest";
import { findLoser } from "@/app/[project]/cache/cached-features";
import { verdictOf } from "@/app/[project]/cache/verdict";
import type { PromptLengths } from "@/lib/cache/read-lengths";
import type { Row } from "@/lib/reports/schema";

const steady: Row = {
  feature: "agent-run",
  cache_hit: 0.8,
  compare_cache_hit: 0.81,
  cache_read_tokens: 80n,
  cache_create_5m_tokens: 5n,
  net_saving: 7n,
};
const idle: Row = { feature: "moderation", cache_hit: 0, compare_cache_hit: 0, input_tokens: 702n };
const none = { lengths: [] };

const length = (change: Partial<PromptLengths>): PromptLengths => ({
  feature: "moderation",
  model: "m",
  calls: 10,
  promptTokens: 7020n,
  uncached: 10,
  minimum: 4096,
  tooShort: 10,
  ...change,
});

test("the worst comes first", () => {
  const lost = { ...steady, cache_hit: 0.1 };
  expect(verdictOf(lost, { ...none, stability: "unstable" })).toEqual({
    text: "new prefix on nearly every call",
    isBad: true,
  });
  expect(verdictOf(lost, none)).toEqual({ text: "fell under 20%", isBad: true });
  expect(verdictOf({ ...steady, cache_hit: 0.7 }, none).text).toBe("reads less than before");
  expect(verdictOf({ ...lost, compare_cache_hit: null }, none).text).toBe("under 20%");
  expect(verdictOf({ ...steady, net_saving: -1n }, none).text).toBe("writes cost more than reads save");
  expect(verdictOf(steady, { ...none, advice: "1h" })).toEqual({ text: "1h would hold more reads", isBad: false });
  expect(verdictOf(steady, { ...none, advice: "as_is" })).toEqual({ text: "steady", isBad: false });
});

test("what does not cache says why, as far as that is known", () => {
  expect(verdictOf(idle, { lengths: [length({})] }).text).toBe("702 tokens, below the 4,096 minimum");
  expect(verdictOf(idle, { lengths: [length({ tooShort: 8 })] }).text).toBe("702 tokens a call, all fresh");
  expect(verdictOf(idle, { lengths: [length({ minimum: null, tooShort: null })] }).text).toBe(
    "702 tokens a call, all fresh; minimum not known",
  );
  expect(verdictOf(idle, none).text).toBe("does not cache");
});

test("the loser is who lost most, else the lowest under 20 %, and nobody when all is well", () => {
  const low = { ...steady, feature: "low", cache_hit: 0.1, compare_cache_hit: 0.1 };
  const fell = { ...steady, feature: "fell", cache_hit: 0.7 };
  expect(findLoser([steady, low, fell])).toBe("fell");
  expect(findLoser([steady, low, idle])).toBe("low");
  expect(findLoser([steady, idle])).toBeNull();
});
