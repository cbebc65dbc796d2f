import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonFields } from "../src/json-fields.js";

const WANTED = new Set(["usage", "model", "choices.0.finish_reason", "service_tier.type"]);

function read(text: string | Uint8Array, cut: (length: number) => number = (length) => length) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const fields = new JsonFields(WANTED);
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(1, cut(bytes.length - at));
    const part = Buffer.from(bytes.subarray(at, at + size));
    fields.push(part);
    // The buffer is the host's, who may use it again.
    part.fill(0);
    at += size;
  }
  return fields.take();
}

const found = (text: string) => Object.fromEntries(read(text).values);

describe("members picked out of passing JSON", () => {
  test("by their path", () => {
    const answer = {
      id: "x",
      model: "gpt-4o",
      choices: [
        { index: 0, message: { content: 'a "usage": {} {[' }, finish_reason: "stop" },
        { index: 1, finish_reason: "length" },
      ],
      usage: { prompt_tokens: 3, prompt_tokens_details: { cached_tokens: 1 }, list: [1, { a: "}" }] },
      service_tier: { type: "flex" },
    };
    expect(found(JSON.stringify(answer, null, 2))).toEqual({
      model: "gpt-4o",
      "choices.0.finish_reason": "stop",
      usage: answer.usage,
      "service_tier.type": "flex",
    });
  });

  test("not from deeper down, nor out of texts", () => {
    expect(
      found('{"a":{"usage":1,"b":{"c":{"d":{"usage":2}}}},"text":"{\\"usage\\":3}","list":[{"usage":4}]}'),
    ).toEqual({});
  });

  test("of a list's elements the last one that has it", () => {
    expect(found('[{"usage":{"n":1},"model":"a"},\n{"usage":{"n":2}},{"x":1}]')).toEqual({
      usage: { n: 2 },
      model: "a",
    });
  });

  test("whatever stands around a value, and whatever the value is", () => {
    expect(found('\ufeff{ "usage" : null , "model":"\\ud83d\\ude00\\"\\\\" }')).toEqual({
      usage: null,
      model: '😀"\\',
    });
  });

  test("too large a member is left out, its neighbours are not", () => {
    expect(found(`{"usage":"${"x".repeat(300_000)}","model":"m"}`)).toEqual({ model: "m" });
  });

  test.each([
    ['{"usage":{"n":1},"model":"m"', { usage: { n: 1 } }],
    ['{"usage":{"n":1', {}],
    ['{"model":"m","usage":nope}', { model: "m" }],
    ["<html>502</html>", {}],
    ['data: {"usage":{"n":1}}', {}],
    ['{"usage":{"n":1}}{"usage":{"n":2}}', {}],
    ['{"usage":{"n":1}} and more', {}],
    ["", {}],
    ["]]}}:::,,,", {}],
  ])("of text that is cut or no JSON what is there: %s", (text, expected) => {
    const { values, isWhole } = read(text);
    expect(Object.fromEntries(values)).toEqual(expected);
    expect(isWhole).toBe(text === '{"model":"m","usage":nope}');
  });

  test("however the bytes are cut, what JSON.parse finds", () => {
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constant('\\"\\\\"'));
    const object = fc.dictionary(
      fc.oneof(fc.constantFrom("usage", "model", "choices", "service_tier", "type"), fc.string()),
      value,
    );
    fc.assert(
      fc.property(object, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), fc.nat(3), (answer, sizes, indent) => {
        const text = JSON.stringify(answer, null, indent);
        const { values, isWhole } = read(text, () => sizes.next().value ?? 1);
        const parsed = JSON.parse(text);
        expect(isWhole).toBe(true);
        for (const name of ["usage", "model"]) {
          expect(values.has(name)).toBe(Object.hasOwn(parsed, name));
          if (values.has(name)) expect(values.get(name)).toEqual(parsed[name]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("any bytes at all disturb nobody", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 40 }),
            fc.constantFrom('{"usage":', '"', "\\", "[", "}").map((text) => new TextEncoder().encode(text)),
          ),
        ),
        (pieces) => {
          const fields = new JsonFields(WANTED);
          for (const piece of pieces) fields.push(piece);
          fields.take();
        },
      ),
      { numRuns: 500 },
    );
  });
});
