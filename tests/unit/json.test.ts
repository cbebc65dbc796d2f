import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, JsonError, parseJson } from "@/lib/json";

describe("parseJson", () => {
  it("gives what JSON.parse gives, without repeated keys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value, null, 1);
        expect(parseJson(text, 32)).toEqual({ value: JSON.parse(text), duplicateKeys: [] });
      }),
    );
  });

  it("finds a repeated key by its path, also when escaped, quoted or beside colons in strings", () => {
    const paths = (text: string) => parseJson(text, 32).duplicateKeys.map((path) => path.join("."));
    expect(paths('{"a":1,"a":2}')).toEqual(["a"]);
    expect(paths('{"calls":[{"x":{"y":1}},{"usage":{"n":1,"b":[{},{"n":":"}],"n":2}}]}')).toEqual(["calls.1.usage.n"]);
    expect(paths('{"a:b":"{\\"a\\":1","\\u0061":1,"a":2}')).toEqual(["a"]);
    expect(paths('{"__proto__":1,"__proto__":2}')).toEqual(["__proto__"]);
    expect(paths('[{"a":1},{"a":1}]')).toEqual([]);
  });

  it("refuses depth before it builds anything, and at once", () => {
    const started = performance.now();
    for (const text of ["[".repeat(100_000), "[".repeat(100_000) + "]".repeat(100_000), '{"a":'.repeat(100_000)]) {
      expect(() => parseJson(text, 32)).toThrow(new JsonError("nested deeper than 32 levels"));
    }
    expect(performance.now() - started).toBeLessThan(200);
    expect(parseJson(`${"[".repeat(32)}${"]".repeat(32)}`, 32).duplicateKeys).toEqual([]);
    expect(() => parseJson(`${"[".repeat(33)}${"]".repeat(33)}`, 32)).toThrow(JsonError);
  });

  it("names where the text breaks and never repeats it", () => {
    expect(() => parseJson('{"secret":NaN}', 32)).toThrow(new JsonError("not valid JSON: unexpected N"));
    expect(() => parseJson('{"secret":"x', 32)).toThrow(new JsonError("not valid JSON: the text ends too early"));
    expect(() => parseJson("", 32)).toThrow(JsonError);
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order of keys, on absent and null members", () => {
    expect(canonicalJson({ b: [{ d: null, c: 1 }], a: undefined })).toBe('{"b":[{"c":1}]}');
    expect(canonicalJson({ x: 1, y: { b: 2, a: 1 } })).toBe(canonicalJson({ y: { a: 1, b: 2 }, x: 1 }));
  });

  it("tells different content apart, __proto__ included", () => {
    const [one, two] = [JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":2}}')];
    expect(canonicalJson(one)).not.toBe(canonicalJson(two));
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  });
});
