import { describe, expect, test } from "vitest";
import {
  formatAgo,
  formatAxisCount,
  formatAxisUsd,
  formatChange,
  formatChangePoints,
  formatCompact,
  formatCount,
  formatDateTime,
  formatDuration,
  formatMinute,
  formatMs,
  formatPercent,
  formatSha,
  formatUsd,
  formatUsdParts,
  formatWeekday,
} from "@/lib/format";
import { parseUsd } from "@/lib/money";

describe("formatUsd", () => {
  test.each([
    ["1234.56", "$1,234.56"],
    ["32669.884999", "$32,669.88"],
    ["32669.885", "$32,669.89"],
    ["1", "$1.00"],
    ["0.99996", "$1.00"],
    ["0.99994", "$0.9999"],
    ["0.0421", "$0.0421"],
    ["0.5", "$0.5000"],
    ["0.0001", "$0.0001"],
    ["0.000042", "$0.000042"],
    ["0.0000996", "$0.0001"],
    ["0.0000000031", "$0.0000000031"],
    ["0.000000000001", "$0.000000000001"],
    ["0", "$0.00"],
    ["-2.58", "−$2.58"],
    ["123456789012.5", "$123,456,789,012.50"],
  ])("writes %s as %s", (usd, text) => {
    expect(formatUsd(parseUsd(usd))).toBe(text);
  });

  test("takes a fixed precision for a column, a projection and the lines of a call", () => {
    expect(formatUsd(parseUsd("0.4"), { places: 2 })).toBe("$0.40");
    expect(formatUsd(parseUsd("35999.5"), { places: 0 })).toBe("$36,000");
    expect(formatUsd(parseUsd("0.019123"), { places: 6 })).toBe("$0.019123");
  });

  test("puts the sign before the dollar, and none before nothing", () => {
    expect(formatUsd(parseUsd("958.44"), { signed: true })).toBe("+$958.44");
    expect(formatUsd(parseUsd("-2.58"), { signed: true })).toBe("−$2.58");
    expect(formatUsd(parseUsd("-0.004"), { signed: true, places: 2 })).toBe("$0.00");
  });

  test("parts a figure into dollars and cents", () => {
    expect(formatUsdParts(parseUsd("25592.86"))).toEqual({ main: "$25,592", small: ".86" });
    expect(formatUsdParts(parseUsd("0.01"))).toEqual({ main: "$0.0100", small: "" });
  });
});

describe("counts and ratios", () => {
  test("writes counts in full and token sums short", () => {
    expect(formatCount(4_552_607n)).toBe("4,552,607");
    expect(formatCount(0)).toBe("0");
    expect(formatCount(-37_428)).toBe("−37,428");
    expect(formatCompact(31_170_000_000n)).toBe("31.2B");
    expect(formatCompact(136_600_000)).toBe("136.6M");
    expect(formatCompact(999_960)).toBe("1.0M");
    expect(formatCompact(12_345)).toBe("12.3k");
    expect(formatCompact(9_999)).toBe("9,999");
  });

  test("writes percents with one place, error rates with two", () => {
    expect(formatPercent(0.523)).toBe("52.3%");
    expect(formatPercent(0.0035, 2)).toBe("0.35%");
    expect(formatPercent(-0.0001)).toBe("0.0%");
    expect(formatPercent(-0.156)).toBe("−15.6%");
    expect(formatPercent(12.345)).toBe("1,234.5%");
  });
});

describe("formatChange", () => {
  test.each([
    [1339n, 1000n, "up", "+33.9%", true],
    [690n, 1000n, "down", "−31.0%", true],
    [1142n, 1000n, "up", "+14.2%", false],
    [1200n, 1000n, "up", "+20.0%", true],
    [996n, 1000n, "flat", "−0.4%", false],
    [1000n, 1000n, "flat", "+0.0%", false],
    [99_999n, 100_000n, "flat", "+0.0%", false],
    [0n, 1000n, "down", "−100.0%", true],
    [7n, 0n, "new", "new", false],
    [7n, null, "new", "new", false],
    [0n, 0n, "none", "none", false],
  ] as const)("%s after %s is %s %s", (now, before, kind, text, isLoud) => {
    expect(formatChange(now, before)).toEqual({ kind, text, isLoud });
  });

  test("counts ratios in points, loud from five on", () => {
    expect(formatChangePoints(0.523, 0.679)).toEqual({ kind: "down", text: "−15.6 pt", isLoud: true });
    expect(formatChangePoints(0.7, 0.676)).toEqual({ kind: "up", text: "+2.4 pt", isLoud: false });
    expect(formatChangePoints(0.7, 0.7)).toEqual({ kind: "flat", text: "+0.0 pt", isLoud: false });
    expect(formatChangePoints(0.0117, 0.0119).text).toBe("+0.0 pt");
    expect(formatChangePoints(0.7, null)).toEqual({ kind: "new", text: "new", isLoud: false });
    expect(formatChangePoints(null, 0.7)).toEqual({ kind: "none", text: "none", isLoud: false });
  });
});

describe("times, always UTC", () => {
  const at = new Date("2026-11-21T14:31:57.840Z");

  test("writes moments and days", () => {
    expect(formatDateTime(at)).toBe("21 Nov 2026, 14:31:57.840 UTC");
    expect(formatMinute(at)).toBe("21 Nov 14:31");
    expect(formatWeekday(new Date("2026-11-20T23:59:59Z"))).toBe("Fri 20 Nov");
  });

  test.each([
    [842, "842 ms"],
    [999.6, "1.00 s"],
    [1_910, "1.91 s"],
    [59_996, "1 min"],
    [252_000, "4 min 12 s"],
    [192_720_000, "53 h 32 min"],
    [1_051_200_000, "12 d 4 h"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  test("writes how long ago and how long", () => {
    expect(formatAgo(new Date(at.getTime() - 2_000), at)).toBe("2 s ago");
    expect(formatAgo(new Date(at.getTime() - 1_800_000), at)).toBe("30 min ago");
    expect(formatAgo(new Date(at.getTime() - 170_000_000), at)).toBe("47 h ago");
    expect(formatAgo(new Date(at.getTime() + 5_000), at)).toBe("0 s ago");
    expect(formatDuration(38_000)).toBe("38 s");
  });
});

test("axis labels are short", () => {
  expect([0, 500, 1000, 1500].map((usd) => formatAxisUsd(usd, 500))).toEqual(["$0", "$500", "$1.0k", "$1.5k"]);
  expect([0, 0.0025, 0.005].map((usd) => formatAxisUsd(usd, 0.0025))).toEqual(["$0", "$0.0025", "$0.0050"]);
  expect([0.01, 0.02].map((usd) => formatAxisUsd(usd, 0.01))).toEqual(["$0.01", "$0.02"]);
  expect(formatAxisUsd(2.5, 2.5)).toBe("$2.50");
  expect([0, 250, 4000, 1_500_000].map(formatAxisCount)).toEqual(["0", "250", "4k", "1.5M"]);
});

test("a sha has seven characters, a version tag all of its own", () => {
  expect(formatSha("a1b2c3d4e5f60718293a4b5c6d7e8f9012345678")).toBe("a1b2c3d");
  expect(formatSha("release-2026-11-21")).toBe("release-2026-11-21");
});
