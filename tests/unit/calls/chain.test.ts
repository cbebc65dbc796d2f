import { describe, expect, test } from "vitest";
import { attemptsOf, countTurns, type Linked, turnOf } from "@/lib/calls/chain";

/** "a1 a2 b1": prompt and attempt. */
const calls = (text: string): (Linked & { name: string })[] =>
  text.split(" ").map((name) => ({
    name,
    feature: "support-reply",
    promptHash: name[0] === "-" ? null : String(name[0]),
    attempt: Number(name.slice(1)),
  }));

const attempts = (text: string, at: number) =>
  attemptsOf(calls(text), at)
    .map(({ name }) => name)
    .join(" ");

describe("the attempts of an operation", () => {
  test.each([
    ["a1", 0, "a1"],
    ["a1 a2 a3", 0, "a1 a2 a3"],
    ["a1 a2 a3", 1, "a1 a2 a3"],
    ["a1 a2 a3", 2, "a1 a2 a3"],
    ["a1 a2 a1 a2", 3, "a1 a2"],
    ["a1 a1 a1", 1, "a1"],
    ["a1 b1 a2 b2", 0, "a1 a2"],
    ["a1 b1 a2 b2", 3, "b1 b2"],
    ["a2 a3", 1, "a2 a3"],
    ["a1 a3", 0, "a1 a3"],
    ["a1 a2 a2", 2, "a2"],
    ["-1 -2", 1, "-1 -2"],
    ["a1 -2", 1, "-2"],
  ])("of %s the one at %i is among %s", (text, at, expected) => {
    expect(attempts(text, at)).toBe(expected);
  });

  test("a prompt of another feature is another operation", () => {
    const [first, second] = calls("a1 a2");
    if (!first || !second) throw new Error("two calls");
    expect(attemptsOf([first, { ...second, feature: "agent-run" }], 0)).toEqual([first]);
  });
});

test("a retry belongs to the turn that it repeats", () => {
  const session = calls("a1 b1 b2 b3 c1");
  expect(session.map((_, at) => turnOf(session, at))).toEqual([1, 2, 2, 2, 3]);
  expect(countTurns(session)).toBe(3);
  expect(turnOf(calls("a2 a3"), 0)).toBe(1);
});
