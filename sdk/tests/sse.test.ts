import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ServerSentEvents } from "../src/sse.js";

function read(parts: readonly (string | Uint8Array)[]): string[] {
  const data: string[] = [];
  const events = new ServerSentEvents((text) => void data.push(text));
  for (const part of parts) events.push(typeof part === "string" ? new TextEncoder().encode(part) : part);
  events.end();
  return data;
}

describe("the data of server-sent events", () => {
  test.each([
    ["one event", "event: a\ndata: {}\n\n", ["{}"]],
    ["no space behind the colon", "data:x\n\n", ["x"]],
    ["one space is dropped, not two", "data:  x\n\n", [" x"]],
    ["CRLF", "data: 1\r\n\r\ndata: 2\r\n\r\n", ["1", "2"]],
    ["CR", "data: 1\r\rdata: 2\r\r", ["1", "2"]],
    ["line ends in every mixture", "data: 1\r\n\ndata: 2\n\r\ndata: 3\r\r\ndata: 4\n\r", ["1", "2", "3", "4"]],
    ["several lines", "data: a\ndata: b\n\n", ["a\nb"]],
    [
      "comments, other fields and empty events",
      ": ping\n\nid: 1\nretry: 5\ndataset: x\n\nevent: y\n\ndata: z\n\n",
      ["z"],
    ],
    ["a byte order mark", "\ufeffdata: 1\n\n", ["1"]],
    ["an end without an empty line", "data: 1\n\ndata: 2", ["1", "2"]],
    ["nothing", "", []],
  ])("%s", (_, text, expected) => {
    expect(read([text])).toEqual(expected);
  });

  test("is the same however the bytes are cut, within characters and line ends too", () => {
    const line = fc.constantFrom("data: ä€😀", "data:", "data: {}", ": c", "event: e", "", "");
    const end = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(fc.array(fc.tuple(line, end)), fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (lines, sizes) => {
        const bytes = new TextEncoder().encode(lines.flat().join(""));
        const parts: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value ?? 1;
          parts.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(read(parts)).toEqual(read([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  test("of an event too large to keep is left out; the next one is not", () => {
    const piece = new TextEncoder().encode("x".repeat(1_000_000));
    expect(read(["data: ", ...Array(17).fill(piece), "\n\ndata: next\n\n"])).toEqual(["next"]);
  });

  test("of a huge line is found in time that grows with it alone", () => {
    const piece = new TextEncoder().encode("x".repeat(1000));
    const started = performance.now();
    expect(read(["data: ", ...Array(12_000).fill(piece), "\n\n"])[0]?.length).toBe(12_000_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("is found in any bytes without a word", () => {
    fc.assert(fc.property(fc.array(fc.uint8Array()), (parts) => void read(parts)));
  });
});
