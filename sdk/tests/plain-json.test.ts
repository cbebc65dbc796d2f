import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainJson } from "../src/plain-json.js";

describe("a plain copy", () => {
  test("leaves a provider's usage as it is", () => {
    const usage = { input_tokens: 12, cache_creation: { ephemeral_5m_input_tokens: 3 }, details: [1, null, "a", true] };
    expect(plainJson(usage)).toEqual(usage);
  });

  test.each([
    [10n, 10],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [undefined, undefined],
    [Symbol("x"), undefined],
    [() => 1, undefined],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    ["long ".repeat(201), "long ".repeat(200)],
    [{ a: undefined, b: () => 1, c: 1 }, { c: 1 }],
    [
      [undefined, 1],
      [null, 1],
    ],
  ])("of %s", (value, copy) => {
    expect(plainJson(value)).toEqual(copy);
  });

  test("keeps a member called __proto__ as one", () => {
    const copy = plainJson(JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":1}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const wide: unknown[] = [];
  wide.push(wide, wide, wide);
  const deep = JSON.parse(`${"[".repeat(17)}${"]".repeat(17)}`);

  test.each([
    ["a cycle", cycle],
    ["a cycle that branches", wide],
    ["17 levels", deep],
    ["2,001 values", Array.from({ length: 2_001 }, () => 1)],
    ["a length that is a lie", new Array(1e9)],
    ["bytes", new Uint8Array(1e8)],
    ["a date that is none", new Date(Number.NaN)],
    [
      "a getter that throws",
      {
        get a() {
          throw new Error("no");
        },
      },
    ],
  ])("throws on %s, and at once", (_, value) => {
    const startedAt = performance.now();
    expect(() => plainJson(value)).toThrow();
    expect(performance.now() - startedAt).toBeLessThan(50);
  });

  test("is what JSON makes of anything that is plain and small", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.stringify(plainJson(value))).toBe(JSON.stringify(value));
      }),
      { numRuns: 300 },
    );
  });
});
