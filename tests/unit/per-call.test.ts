import { describe, expect, test } from "vitest";
import { toPerCall } from "@/app/[project]/deploys/[sha]/per-call";
import { decompose } from "@/lib/deploys/decompose";
import type { UsageCell } from "@/lib/deploys/schema";

const NONE = { input: 0n, cacheCreate5m: 0n, cacheCreate1h: 0n, cacheRead: 0n, output: 0n, webSearch: 0n };

const cell = (feature: string, calls: bigint, tokens: bigint, cost: bigint): UsageCell => ({
  feature,
  model: "m standard",
  isRetry: false,
  calls,
  tokens: { ...NONE, input: tokens },
  cost: { ...NONE, input: cost },
});

describe("a change for one call", () => {
  test("holds the parts for one call, and they add up", () => {
    const before = [cell("a", 10n, 1000n, 5000n)];
    const after = [cell("a", 20n, 4000n, 20_000n)];
    const perCall = toPerCall(decompose(before, after).total);
    expect(perCall).toMatchObject({ before: 500n, after: 1000n });
    expect(perCall?.parts).toMatchObject({ volume: 0n, freshInput: 500n, price: 0n });
  });

  test("calls it a mix of features when calls moved to dearer ones", () => {
    const before = [cell("dear", 1n, 100n, 1000n), cell("cheap", 9n, 90n, 900n)];
    const after = [cell("dear", 9n, 900n, 9000n), cell("cheap", 1n, 10n, 100n)];
    const perCall = toPerCall(decompose(before, after).total);
    expect(perCall).toMatchObject({ before: 190n, after: 910n });
    expect(perCall?.parts.volume).toBe(720n);
  });

  test("adds up to the last picodollar where nothing divides", () => {
    const before = [cell("a", 7n, 1000n, 5003n), cell("b", 3n, 17n, 101n)];
    const after = [cell("a", 11n, 3001n, 20_011n), cell("b", 2n, 5n, 31n)];
    const perCall = toPerCall(decompose(before, after).total);
    const sum = Object.values(perCall?.parts ?? {}).reduce((all, part) => all + part, 0n);
    expect(sum).toBe((perCall?.after ?? 0n) - (perCall?.before ?? 0n));
  });

  test("is not to be had without calls on both sides", () => {
    expect(toPerCall(decompose([], [cell("a", 1n, 1n, 1n)]).total)).toBeNull();
  });
});
