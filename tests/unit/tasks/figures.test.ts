import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divide, ENDINGS, figuresOf, type TaskCell, TURN_STEPS } from "@/lib/tasks/figures";

const cell = (ending: TaskCell["ending"], turns: number, tasks: bigint, cost: bigint, grown = 0n): TaskCell => ({
  ...{ ending, turns, tasks, cost, grown },
  calls: tasks * BigInt(turns),
  unpricedTasks: 0n,
  unpricedCalls: 0n,
});

describe("figures of tasks", () => {
  test("a success costs what successes and failures cost together; the untold are in neither", () => {
    const figures = figuresOf([cell("success", 2, 3n, 60n), cell("failure", 9, 1n, 40n), cell("untold", 1, 5n, 1000n)]);
    expect(figures.costPerSuccess).toBe(33n);
    expect(figures.successRate).toBe(0.75);
    expect(figures.byEnding.untold).toEqual({
      tasks: 5n,
      unpricedTasks: 0n,
      calls: 5n,
      cost: 1000n,
      unpricedCalls: 0n,
    });
    expect(figures).toMatchObject({ tasks: 9n, cost: 1100n, medianTurns: 1, p95Turns: 9, maxTurns: 9 });
  });

  test("a success without a price is not one at nothing", () => {
    const unpriced = { ...cell("success", 1, 3n, 0n), unpricedTasks: 3n, unpricedCalls: 3n };
    const figures = figuresOf([cell("success", 2, 2n, 60n), unpriced]);
    expect([figures.costPerSuccess, figures.successRate, figures.byEnding.success.tasks]).toEqual([30n, 1, 5n]);
    expect(figuresOf([unpriced]).costPerSuccess).toBeNull();
  });

  test("turns are those of a task that there is", () => {
    const tasks = (counts: readonly bigint[]) =>
      figuresOf(counts.map((count, at) => cell("untold", at + 1, count, 0n)));
    expect([tasks([1n, 1n]).medianTurns, tasks([1n, 2n]).medianTurns, tasks([]).medianTurns]).toEqual([1, 2, null]);
    // 95 of 100, then one more.
    expect([tasks([95n, 5n]).p95Turns, tasks([94n, 6n]).p95Turns]).toEqual([1, 2]);
    expect(tasks([3n, 2n, 1n, 0n, 5n]).steps).toEqual([3n, 3n, 5n, 0n, 0n, 0n]);
  });

  test("nothing has no rate and no mean; half a picodollar is rounded up", () => {
    expect(figuresOf([])).toMatchObject({ tasks: 0n, successRate: null, costPerSuccess: null, maxTurns: null });
    expect(figuresOf([cell("failure", 1, 2n, 7n)])).toMatchObject({ successRate: 0, costPerSuccess: null });
    expect([divide(7n, 2n), divide(6n, 4n), divide(5n, 4n), divide(1n, 0n)]).toEqual([4n, 2n, 1n, null]);
  });

  const cells: fc.Arbitrary<TaskCell[]> = fc.array(
    fc
      .record({
        ending: fc.constantFrom(...ENDINGS),
        turns: fc.integer({ min: 1, max: 80 }),
        tasks: fc.bigInt({ min: 1n, max: 1000n }),
        cost: fc.bigInt({ min: 0n, max: 10n ** 18n }),
        unpricedCalls: fc.bigInt({ min: 0n, max: 9n }),
      })
      .map((one) => ({
        ...one,
        calls: one.tasks * BigInt(one.turns),
        unpricedTasks: one.tasks / 3n,
        grown: one.tasks / 2n,
      })),
    { maxLength: 30 },
  );
  const KEYS = ["tasks", "unpricedTasks", "calls", "cost", "unpricedCalls"] as const;

  test("however tasks are cut, the parts add up to the whole, and so do endings and steps", () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 5 }), (all, pieces) => {
        const whole = figuresOf(all);
        const parts = Array.from({ length: pieces }, (_, piece) =>
          figuresOf(all.filter((_, at) => at % pieces === piece)),
        );
        for (const key of KEYS) {
          expect(parts.reduce((sum, part) => sum + part[key], 0n)).toBe(whole[key]);
          expect(ENDINGS.reduce((sum, ending) => sum + whole.byEnding[ending][key], 0n)).toBe(whole[key]);
        }
        expect(whole.steps.reduce((sum, step) => sum + step, 0n)).toBe(whole.tasks);
        expect(whole.steps).toHaveLength(TURN_STEPS.length);
        const { success, failure } = whole.byEnding;
        if (whole.costPerSuccess !== null) {
          const priced = success.tasks - success.unpricedTasks;
          const off = whole.costPerSuccess * priced - success.cost - failure.cost;
          expect((off < 0n ? -off : off) * 2n <= priced).toBe(true);
        }
      }),
      { seed: 5 },
    );
  });

  test("half of the tasks, and 95 of 100, take no more turns, and no smaller number would do", () => {
    fc.assert(
      fc.property(cells, (all) => {
        const { tasks, medianTurns, p95Turns } = figuresOf(all);
        const upTo = (turns: number) => all.reduce((sum, one) => (one.turns <= turns ? sum + one.tasks : sum), 0n);
        for (const [turns, percent] of [
          [medianTurns, 50n],
          [p95Turns, 95n],
        ] as const) {
          if (turns === null) expect(tasks).toBe(0n);
          else
            expect([upTo(turns) * 100n >= tasks * percent, upTo(turns - 1) * 100n < tasks * percent]).toEqual([
              true,
              true,
            ]);
        }
      }),
      { seed: 5 },
    );
  });
});
