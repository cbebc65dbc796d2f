import { expect, test } from "vitest";
import type { UsagePart } from "@/lib/pricing/schema";
import { readParts, storeParts } from "@/lib/pricing/stored-parts";

const tokens = { input: 1, cacheCreate5m: 2, cacheCreate1h: 3, cacheRead: 4, output: 5 };
const plain: UsagePart = { model: "claude-opus-5", tokens, billable: true };
const others = { input: 10, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 50 };

test("one plain part is its row's columns", () => {
  expect(storeParts([plain])).toBeNull();
  expect(readParts(null, tokens, "claude-opus-5")).toEqual([plain]);
  expect(storeParts([])).toBeNull();
});

test.each<[string, UsagePart[], object[]]>([
  ["several", [plain, { ...plain, tokens: others }], [{ tokens: [1, 2, 3, 4, 5] }, { tokens: [10, 0, 0, 0, 50] }]],
  [
    "a sum of samplings",
    [{ ...plain, largestPromptTokens: 7 }],
    [{ tokens: [1, 2, 3, 4, 5], largest_prompt_tokens: 7 }],
  ],
  [
    "tokens without a price",
    [{ ...plain, unpricedReason: "audio_not_priced" }],
    [{ tokens: [1, 2, 3, 4, 5], unpriced_reason: "audio_not_priced" }],
  ],
])("%s are kept beside the row and read back", (_, parts, stored) => {
  const kept = storeParts(parts);
  // To the letter: an absent key is no key.
  expect(kept).toStrictEqual(stored);
  expect(readParts(kept, tokens, "claude-opus-5")).toStrictEqual(parts);
});

test("notes and names of parts are the row's", () => {
  const sent: UsagePart = { ...plain, model: "us.anthropic.claude-opus-5", notes: ["no_ttl_split:assumed_5m"] };
  expect(storeParts([sent])).toBeNull();
  expect(readParts(storeParts([sent, sent]), tokens, "claude-opus-5")).toStrictEqual([plain, plain]);
});
