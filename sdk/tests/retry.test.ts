import { describe, expect, test } from "vitest";
import { backoffMs, retryAfterMs, verdictOn } from "../src/retry.js";

describe("what an answer is worth", () => {
  test.each([
    [200, "taken"],
    [422, "taken"],
    [0, "retry"],
    [408, "retry"],
    [429, "retry"],
    [500, "retry"],
    [502, "retry"],
    [503, "retry"],
    [504, "retry"],
    [529, "retry"],
    [301, "terminal"],
    [400, "terminal"],
    [401, "terminal"],
    [403, "terminal"],
    [404, "terminal"],
    [413, "terminal"],
    [415, "terminal"],
  ])("%i: %s", (status, verdict) => {
    expect(verdictOn(status)).toBe(verdict);
  });
});

describe("backoff", () => {
  test("doubles from a second up to half a minute", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100, 5_000].map((attempt) => backoffMs(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000,
    ]);
  });

  test("is spread over its last half", () => {
    expect([0, 0.5, 1].map((random) => backoffMs(3, random))).toEqual([2_000, 3_000, 4_000]);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");

  test.each([
    ["7", 7_000],
    [" 7 ", 7_000],
    ["0", 0],
    ["1.5", 1_500],
    ["86400", 600_000],
    ["Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
    ["Sat, 21 Nov 2026 11:00:00 GMT", 0],
    ["Sat, 21 Nov 2027 12:00:00 GMT", 600_000],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%j waits %s ms", (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });
});
