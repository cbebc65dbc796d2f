import { expect, test } from "vitest";
import { type DeployPrefixes, judgeStability } from "@/lib/cache/stability";

const deploy = (name: string, day: number, calls: number, prefixes: number): DeployPrefixes => ({
  deploy: name,
  firstAt: new Date(Date.UTC(2026, 10, day)),
  calls,
  prefixes,
  tokensWritten: BigInt(calls),
});

test("unstable since the first deploy of the last unbroken row of unstable ones", () => {
  const judged = judgeStability([
    deploy("d", 4, 80, 80),
    deploy("a", 1, 60, 60),
    deploy("b", 2, 500, 3),
    deploy("c", 3, 51, 26),
  ]);
  expect(judged).toMatchObject({ verdict: "unstable", since: { deploy: "c" }, calls: 131, tokensWritten: 131n });
  expect(judged.deploys).toEqual(["c", "d"]);
});

test("two calls a prefix are enough, and so is one stable deploy after", () => {
  expect(judgeStability([deploy("a", 1, 50, 25)])).toMatchObject({ verdict: "stable", since: null });
  expect(judgeStability([deploy("a", 1, 50, 50), deploy("b", 2, 50, 1)])).toMatchObject({
    verdict: "stable",
    calls: 100,
  });
});

test("a deploy with few calls says nothing, neither against nor for", () => {
  expect(judgeStability([deploy("a", 1, 49, 49)])).toMatchObject({ verdict: "unknown", since: null });
  const judged = judgeStability([deploy("a", 1, 50, 50), deploy("b", 2, 49, 1)]);
  expect(judged).toMatchObject({ verdict: "unstable", since: { deploy: "a" }, calls: 99 });
  expect(judgeStability([])).toMatchObject({ verdict: "unknown", calls: 0 });
});
