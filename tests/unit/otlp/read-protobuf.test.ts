import fc from "fast-check";
import { expect, it } from "vitest";
import { readTraces as readJson } from "@/lib/otlp/read-json";
import { readTraces } from "@/lib/otlp/read-protobuf";
import { type AttributeValue, tracesInJson, tracesInProtobuf } from "@/tests/support/otlp-bodies";

const everything = () => true;

const scalar = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const id = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((all) => Buffer.from(all).toString("hex"));
const span = fc.record({
  name: fc.string({ unit: "grapheme" }),
  traceId: id(16),
  spanId: id(8),
  start: fc.date({ min: new Date("2001-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
  ms: fc.nat(100_000),
  attributes: fc.dictionary(fc.string({ unit: "grapheme", minLength: 1 }), value, { maxKeys: 5 }),
});
const batch = fc.record({
  spans: fc.array(span, { maxLength: 4 }),
  resource: fc.dictionary(fc.string({ minLength: 1 }), scalar),
});

it("reads from protobuf what it reads from JSON", () => {
  fc.assert(
    fc.property(batch, (sent) => {
      const fromJson = readJson(JSON.stringify(tracesInJson(sent)), everything);
      expect(readTraces(tracesInProtobuf(sent), everything)).toEqual(fromJson);
      expect(fromJson.map(({ name, attributes }) => [name, Object.fromEntries(attributes)])).toEqual(
        sent.spans.map(({ name, attributes }) => [name, { ...attributes }]),
      );
    }),
  );
});

it("holds no attribute that is not wanted, of a span or its resource", () => {
  const attributes = { model: "claude-opus-5", "gen_ai.prompt.0.content": "private" };
  const ids = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
  const sent = { resource: attributes, spans: [{ name: "chat", ...ids, start: new Date(0), ms: 1, attributes }] };
  const wants = (attribute: string) => attribute === "model";
  const wanted = new Map([["model", "claude-opus-5"]]);
  for (const spans of [
    readTraces(tracesInProtobuf(sent), wants),
    readJson(JSON.stringify(tracesInJson(sent)), wants),
  ]) {
    expect(spans).toMatchObject([{ attributes: wanted, resource: wanted }]);
    expect(spans[0]?.attributes.size).toBe(1);
    expect(spans[0]?.resource.size).toBe(1);
  }
});

it("reads damaged bytes or says that they are damaged, and nothing else happens", () => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
  fc.assert(
    fc.property(batch, fc.array(change, { maxLength: 8 }), fc.nat(), (sent, changes, cut) => {
      const bytes = Buffer.from(tracesInProtobuf(sent));
      for (const { at, byte } of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      try {
        readTraces(bytes.subarray(0, bytes.length - (cut % 4)), everything);
      } catch (error) {
        expect([Error, RangeError]).toContain((error as Error).constructor);
      }
    }),
    { numRuns: 500 },
  );
});
