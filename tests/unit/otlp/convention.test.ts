import { describe, expect, it } from "vitest";
import { isExclusive, type ToldCounts, toDisjoint } from "@/lib/otlp/convention";

const OPENLLMETRY = "@traceloop/instrumentation-anthropic";
const OTHER = { name: "opentelemetry.instrumentation.anthropic", version: "0.60.0" };

function told(counts: Partial<ToldCounts>): ToldCounts {
  return { input: null, output: null, cacheRead: null, cacheWrite: null, reasoning: null, total: null, ...counts };
}

describe("isExclusive", () => {
  it.each([
    ["0.27.0", true],
    ["0.26.3", true],
    ["0.9.0", true],
    ["", true],
    ["0.27.1", false],
    ["0.28.0", false],
    ["0.270.0", false],
    ["1.0.0", false],
  ])("says of OpenLLMetry %s: %s", (version, exclusive) => {
    expect(isExclusive({ name: OPENLLMETRY, version })).toBe(exclusive);
  });

  it("says no of any other scope", () => {
    expect(isExclusive({ name: "@traceloop/instrumentation-openai", version: "0.1.0" })).toBe(false);
  });
});

describe("toDisjoint", () => {
  const cached = told({ input: 4096, output: 503, cacheRead: 1800, cacheWrite: 248 });

  it("takes cached tokens out of an inclusive input", () => {
    expect(toDisjoint(cached, OTHER)).toEqual({
      input: 2048,
      output: 503,
      convention: "inclusive",
      contradiction: null,
    });
  });

  it("leaves the input of an exclusive scope as it is, however large", () => {
    const counts = toDisjoint(cached, { name: OPENLLMETRY, version: "0.27.0" });
    expect(counts).toEqual({ input: 4096, output: 503, convention: "exclusive", contradiction: null });
  });

  it("infers fresh input where it is smaller than its cached tokens; equal is inclusive", () => {
    const small = { ...cached, input: 2047 };
    expect(toDisjoint(small, OTHER)).toEqual({ input: 2047, output: 503, convention: "inferred", contradiction: null });
    expect(toDisjoint({ ...cached, input: 2048 }, OTHER)).toMatchObject({ input: 0, convention: "inclusive" });
  });

  it("infers fresh input where only that explains the total", () => {
    const total = 4096 + 503 + 2048;
    expect(toDisjoint({ ...cached, total }, OTHER)).toMatchObject({
      input: 4096,
      convention: "inferred",
      contradiction: null,
    });
    expect(toDisjoint({ ...cached, total: 4096 + 503 }, OTHER)).toMatchObject({ input: 2048, convention: "inclusive" });
  });

  it("adds reasoning that the total says is apart from the output", () => {
    const counts = told({ input: 100, output: 10, reasoning: 90, total: 200 });
    expect(toDisjoint(counts, OTHER)).toEqual({
      input: 100,
      output: 100,
      convention: "inclusive",
      contradiction: null,
    });
    expect(toDisjoint({ ...counts, output: 95, total: 195 }, OTHER)).toMatchObject({ output: 95, contradiction: null });
  });

  it("names a total that nothing explains", () => {
    expect(toDisjoint({ ...cached, total: 1 }, OTHER)).toEqual({
      ...{ input: 2048, output: 503, convention: "inclusive" },
      contradiction: "total 1 is not explained by input 4096, cached 2048 and output 503",
    });
  });

  it("names a total that counts more cached tokens inside than there is input", () => {
    const counts = told({ input: 10, output: 5, cacheRead: 100, total: 15 });
    expect(toDisjoint(counts, OTHER)).toEqual({
      ...{ input: 10, output: 5, convention: "inferred" },
      contradiction:
        "input 10 is less than the 100 cached tokens that its total 15 counts inside: read as fresh input only",
    });
  });

  it("keeps unknown what is not told", () => {
    expect(toDisjoint(told({ output: 5 }), OTHER)).toMatchObject({ input: null, output: 5 });
    expect(toDisjoint(told({ input: 5 }), OTHER)).toMatchObject({ input: 5, output: null });
  });
});
