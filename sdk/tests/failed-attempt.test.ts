import { describe, expect, test } from "vitest";
import { describeFailure } from "../src/failed-attempt.js";

const coded = (code: string, message = "") => Object.assign(new Error(message), { code });
const failed = (cause?: unknown) => new TypeError("fetch failed", { cause });
const named = (name: string) => Object.assign(new Error("x"), { name });

describe("an attempt that no answer came to", () => {
  test.each<[string, unknown]>([
    ["Node, refused", failed(coded("ECONNREFUSED"))],
    ["Node, refused at all addresses", failed(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }))],
    ["Node, no such host", failed(coded("ENOTFOUND"))],
    ["Node, not connected in time", failed(coded("UND_ERR_CONNECT_TIMEOUT"))],
    ["Node, an expired certificate", failed(coded("CERT_HAS_EXPIRED"))],
    ["Bun", coded("ECONNREFUSED", "ECONNREFUSED: Unable to connect.")],
    ["Deno", failed(new Error("error sending request for url (http://x/): client error (Connect): tcp connect error"))],
  ])("never left: %s", (_, error) => {
    expect(describeFailure(error, null)).toEqual({ status_code: 599 });
  });

  test.each<[string, unknown]>([
    ["reset", failed(coded("ECONNRESET"))],
    ["closed by the other side", failed(coded("UND_ERR_SOCKET", "other side closed"))],
    ["no headers in time", failed(coded("UND_ERR_HEADERS_TIMEOUT"))],
    ["no cause", failed()],
    ["no error at all", "broken"],
    ["nothing", undefined],
  ])("may have been billed: %s", (_, error) => {
    expect(describeFailure(error, null)).toEqual({ status_code: 599, incomplete: true });
  });

  test("that is its own cause is still one", () => {
    const error = new Error("round");
    error.cause = error;
    expect(describeFailure(error, null)).toEqual({ status_code: 599, incomplete: true });
  });

  test.each<[string, unknown, AbortSignal | null]>([
    ["a time limit", named("TimeoutError"), null],
    ["an abort", named("AbortError"), null],
    ["a signal with a reason of its own", "enough", AbortSignal.abort("enough")],
  ])("was given up by the host: %s", (_, error, signal) => {
    expect(describeFailure(error, signal)).toEqual({ status_code: 499, incomplete: true });
  });
});
