import { describe, expect, it } from "vitest";
import { hashContent } from "@/lib/ingest/content-hash";
import { callSchema } from "@/lib/ingest/schema";
import { buildCall } from "@/tests/support/calls";

const sent = buildCall({ usage: { input_tokens: 1, output_tokens: 2, cache_creation: { a: 1, b: [1, 2] } } });
const hashOf = (call: object, environment = "production") => hashContent(environment, callSchema.parse(call));

describe("hashContent", () => {
  it("is the same for the same content: whatever the order of keys, null or absent, fields that are ignored", () => {
    const reversed = Object.fromEntries(Object.entries(sent).reverse());
    const usage = { cache_creation: { b: [1, 2], c: null, a: 1 }, output_tokens: 2, input_tokens: 1 };
    for (const same of [reversed, { ...sent, usage }, { ...sent, session_id: null, colour: "red" }]) {
      expect(hashOf(same)).toBe(hashOf(sent));
    }
    expect(hashOf(sent)).toMatch(/^[0-9a-f]{32}$/);
  });

  it("differs with any content, wherever it stands", () => {
    const others = [
      { ...sent, attempt: 2 },
      { ...sent, latency_ms: 2 },
      { ...sent, user_id: "a" },
      { ...sent, user_id: "b" },
      { ...sent, session_id: "a" },
      { ...sent, speed: "a" },
      { ...sent, occurred_at: "2026-11-20T12:00:00.001Z" },
      { ...sent, usage: { input_tokens: 1, output_tokens: 2, cache_creation: { a: 1, b: [2, 1] } } },
      { ...sent, usage: { input_tokens: 1, output_tokens: 2, cache_creation: { a: 1, b: [1, "2"] } } },
      { ...sent, usage: { input_tokens: 1, output_tokens: 2, cache_creation: JSON.parse('{"__proto__":{"a":1}}') } },
      { ...sent, usage: { input_tokens: 1, output_tokens: 2, cache_creation: {} } },
    ];
    const hashes = [hashOf(sent), hashOf(sent, "staging"), ...others.map((call) => hashOf(call))];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
