import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AwsEventStream, type EventStreamMessage } from "../src/event-stream.js";
import { awsMessage } from "./support/aws-messages.js";

function read(bytes: Uint8Array, cut: () => number = () => bytes.length) {
  const messages: EventStreamMessage[] = [];
  const stream = new AwsEventStream((message) => void messages.push(message));
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(1, cut());
    const part = Buffer.from(bytes.subarray(at, at + size));
    stream.push(part);
    // The buffer is the host's, who may use it again.
    part.fill(0);
    at += size;
  }
  return messages.map(({ headers, payload }) => [Object.fromEntries(headers), new TextDecoder().decode(payload)]);
}

/** A prelude of two lengths and a checksum, a header `abcd` of type 7 (text) with the value "123", the payload, a checksum. */
const BY_HAND = "0000001d0000000b00000000" + "0461626364070003313233" + "7b7d" + "00000000";

describe("messages of an AWS event stream", () => {
  test("by their lengths, headers and payload", () => {
    expect(read(Buffer.from(BY_HAND, "hex"))).toEqual([[{ abcd: "123" }, "{}"]]);
  });

  test("are the same however the bytes are cut", () => {
    const sent = fc.array(
      fc.tuple(fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string()), fc.string()),
    );
    fc.assert(
      fc.property(sent, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (messages, sizes) => {
        const known = messages.map(([headers, payload]) => [Object.fromEntries(Object.entries(headers)), payload]);
        const bytes = Buffer.concat(messages.map(([headers, payload]) => awsMessage(headers, payload)));
        expect(read(bytes, () => sizes.next().value ?? 1)).toEqual(known);
      }),
    );
  });

  test("are passed over from where they are none", () => {
    const good = awsMessage({ a: "b" }, "payload");
    const bytes = Buffer.concat([good, Buffer.from("<html>no such thing at all</html>"), good, good]);
    expect(read(bytes, () => good.length)).toEqual([[{ a: "b" }, "payload"]]);
  });

  test("are looked for in any bytes without harm", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (parts) => {
        const stream = new AwsEventStream(() => {});
        try {
          for (const part of parts) stream.push(part);
        } catch (error) {
          // Broken headers may throw, which the observer of the body swallows.
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
