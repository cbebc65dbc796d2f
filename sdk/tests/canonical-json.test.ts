import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../src/canonical-json.js";
import type { Json } from "../src/plain-json.js";

/** RFC 8785, appendix B: the bits of a double, and how it is written. */
const NUMBERS = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
] as const;

const fromBits = (bits: string) => Buffer.from(bits, "hex").readDoubleBE();

describe("canonical JSON as RFC 8785 has it", () => {
  test("the example of section 3.2, to the byte", () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const bytes =
      "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a " +
      "5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 " +
      "5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d";
    expect(Buffer.from(canonicalJson(JSON.parse(text))).toString("hex")).toBe(bytes.replaceAll(" ", ""));
  });

  test("the order of names of section 3.2.3", () => {
    const object = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect(Object.values(object)).not.toEqual(canonicalJson(object).match(/(?<=:")[^"]+/g));
    expect(canonicalJson(object).match(/(?<=:")[^"]+/g)).toEqual([
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]);
  });

  test.each(NUMBERS)("the number %s of appendix B is %s", (bits, text) => {
    expect(canonicalJson(fromBits(bits))).toBe(text);
  });

  test.each(["7fffffffffffffff", "7ff0000000000000"])("the number %s of appendix B is an error", (bits) => {
    expect(() => canonicalJson([fromBits(bits)])).toThrow();
  });

  test.each(["\ud800", "a\udfffb", "\ude00\ud83d"])("half of a surrogate pair is an error, in names too", (text) => {
    expect(() => canonicalJson([text])).toThrow();
    expect(() => canonicalJson({ [text]: 1 })).toThrow();
  });

  test("no member is lost, whatever its name", () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"x":null},"":[]}'))).toBe(
      '{"":[],"__proto__":{"x":null},"b":1}',
    );
  });

  test("says the same as JSON, whatever order and space it was written with", () => {
    const json = fc.jsonValue({ stringUnit: "grapheme-composite" }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(json, fc.nat(8), (value, indent) => {
        const canonical = canonicalJson(value);
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(JSON.stringify(turned(value), null, indent)))).toBe(canonical);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The same value with all members in the opposite order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}
