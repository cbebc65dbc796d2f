import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stormSpan, stormStory } from "@/app/[project]/panels/storm-words";
import { groupAttempts } from "@/app/[project]/prompts/attempt-groups";
import { stripOf } from "@/lib/reports/prompt-bars";
import type { StormDetails } from "@/lib/reports/prompt-storms";

const storm: StormDetails = {
  ...{ prompt: "9c41e07b2f6ad815", calls: 812, cost: 40n, unpricedCalls: 0n, repeats: 811n, wasted: 39n },
  ...{ startedAt: new Date("2026-11-21T03:14:07Z"), endedAt: new Date("2026-11-21T03:18:19Z"), unpricedRepeats: 0n },
  ...{ tenant: "Fabrikam", tenants: 1, feature: "agent-run", features: 1, deploy: "a1b2c3d", deploys: 1 },
  ...{ model: "claude-opus-5-5", models: 1, attempt: 38, cut: 812, maxTokens: 2048, rateLimited: 0, errors: 0 },
};

describe("a storm in words", () => {
  test("who sent how much, and how the calls ended", () => {
    expect(stormStory(storm)).toBe(
      "One prompt, one tenant: 812 calls within 4 min 12 s, up to attempt 38. All of them stopped at max_tokens (2,048).",
    );
    const mixed = { ...storm, tenants: 1234, attempt: 1, cut: 3, maxTokens: null, rateLimited: 700, errors: 2 };
    expect(stormStory({ ...mixed, unpricedCalls: 5n })).toBe(
      "One prompt, 1,234 tenants: 812 calls within 4 min 12 s. 3 of them stopped at max_tokens. 700 were refused with 429, 2 failed. 5 have no price and are in no amount here.",
    );
  });

  test("it runs while another call would still belong to it", () => {
    const at = (time: string) => stormSpan(storm, new Date(`2026-11-21T${time}Z`), 5);
    expect(at("03:23:18")).toBe("21 Nov, 03:14:07 – 03:18:19 UTC, still running");
    expect(at("03:23:19")).toBe("21 Nov, 03:14:07 – 03:18:19 UTC, ended");
    const overnight = { ...storm, startedAt: new Date("2026-11-20T23:59:00Z") };
    expect(stormSpan(overnight, new Date("2026-11-22"), 5)).toBe("20 Nov, 23:59:00 – 21 Nov, 03:18:19 UTC, ended");
  });
});

test("a strip holds the storm with room on both sides, in at most a hundred bars on whole steps", () => {
  const storms = fc.record({
    start: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
    length: fc.integer({ min: 0, max: 86_400_000 }),
  });
  fc.assert(
    fc.property(storms, ({ start, length }) => {
      const { period, stepMs } = stripOf(new Date(start), new Date(start + length));
      const bars = (period.to.getTime() - period.from.getTime()) / stepMs;
      expect(period.from.getTime() % stepMs).toBe(0);
      expect(Number.isInteger(bars)).toBe(true);
      expect(bars).toBeLessThanOrEqual(100);
      expect(period.from.getTime()).toBeLessThan(start);
      expect(period.to.getTime()).toBeGreaterThan(start + length);
    }),
    { seed: 5 },
  );
  expect(stripOf(storm.startedAt, storm.endedAt).stepMs).toBe(5_000);
  expect(stripOf(storm.startedAt, new Date(storm.startedAt.getTime() + 5_000)).stepMs).toBe(1_000);
});

describe("attempts in groups", () => {
  const row = (attempt: number) => ({ attempt: String(attempt), calls: 1n, cost: BigInt(attempt), unpriced_calls: 0n });

  test("the third alone, those up to the tenth, and all beyond, named by what there is", () => {
    const { first, further } = groupAttempts([1, 2, 3, 4, 7, 11, 38].map(row));
    expect(first).toEqual({ name: "Attempt 1", calls: 1n, cost: 1n, unpricedCalls: 0n });
    expect(further.map(({ name, cost }) => [name, cost])).toEqual([
      ["Attempt 2", 2n],
      ["Attempt 3", 3n],
      ["Attempt 4 – 7", 11n],
      ["Attempt 11 – 38", 49n],
    ]);
    expect(groupAttempts([row(1), row(4)]).further.map(({ name }) => name)).toEqual(["Attempt 4"]);
  });

  test("they add up to all attempts", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 })), (attempts) => {
        const { first, further } = groupAttempts(attempts.map(row));
        const sum = [first, ...further].reduce((total, { cost }) => total + cost, 0n);
        expect(sum).toBe(attempts.reduce((total, attempt) => total + BigInt(attempt), 0n));
      }),
      { seed: 5 },
    );
  });
});
