import { OUTCOMES } from "./schema";

/** How a task ended, as far as anybody told. */
export const ENDINGS = [...OUTCOMES, "untold"] as const;
export type Ending = (typeof ENDINGS)[number];

/** What tasks can be cut by: of a task with several deploys or features, that of its first call. */
export const TASK_DIMENSIONS = ["feature", "deploy", "tenant", "environment"] as const;
export type TaskDimension = (typeof TASK_DIMENSIONS)[number];

/** Tasks that are alike in how they ended and in their turns; cost in picodollars. */
export type TaskCell = Readonly<{
  ending: Ending;
  /** Calls that are no retry, of each of them. */
  turns: number;
  tasks: bigint;
  /** Of whose calls none has a price: a mean cost is not over them. */
  unpricedTasks: bigint;
  calls: bigint;
  cost: bigint;
  /** Calls without a price: not in the cost. */
  unpricedCalls: bigint;
  /** Those whose last input was many times their first. */
  grown: bigint;
}>;

/** Sums of some tasks; costs in picodollars. */
export type TaskSums = Readonly<{
  tasks: bigint;
  unpricedTasks: bigint;
  calls: bigint;
  cost: bigint;
  unpricedCalls: bigint;
}>;

/** Turns a task up to and including `to`; the last step has no end. */
export const TURN_STEPS = [
  { key: "1", label: "1", from: 1, to: 1 },
  { key: "2_3", label: "2 – 3", from: 2, to: 3 },
  { key: "4_7", label: "4 – 7", from: 4, to: 7 },
  { key: "8_15", label: "8 – 15", from: 8, to: 15 },
  { key: "16_31", label: "16 – 31", from: 16, to: 31 },
  { key: "32_up", label: "32 and more", from: 32, to: Number.POSITIVE_INFINITY },
] as const;

export type TaskFigures = TaskSums &
  Readonly<{
    byEnding: Readonly<Record<Ending, TaskSums>>;
    /** Of tasks with an outcome; null without any. */
    successRate: number | null;
    /** What all tasks with an outcome cost, failures too, over the successes that have a price; null without one. Half a picodollar is rounded up. */
    costPerSuccess: bigint | null;
    /** Turns: half, and 95 of 100, of the tasks took no more; null without tasks. */
    medianTurns: number | null;
    p95Turns: number | null;
    maxTurns: number | null;
    /** Tasks by turns, in the order of `TURN_STEPS`. */
    steps: readonly bigint[];
    grown: bigint;
  }>;

const NONE: TaskSums = { tasks: 0n, unpricedTasks: 0n, calls: 0n, cost: 0n, unpricedCalls: 0n };

function addUp(cells: readonly TaskCell[]): TaskSums {
  return cells.reduce(
    (sums, cell) => ({
      tasks: sums.tasks + cell.tasks,
      unpricedTasks: sums.unpricedTasks + cell.unpricedTasks,
      calls: sums.calls + cell.calls,
      cost: sums.cost + cell.cost,
      unpricedCalls: sums.unpricedCalls + cell.unpricedCalls,
    }),
    NONE,
  );
}

/** The turns that `share` of the tasks do not exceed: those of a task that there is, never between two. */
function turnsOf(cells: readonly TaskCell[], tasks: bigint, share: number): number | null {
  // In thousandths, so that counts of tasks stay whole.
  const wanted = (tasks * BigInt(Math.round(share * 1000)) + 999n) / 1000n;
  let seen = 0n;
  for (const { turns, tasks: count } of [...cells].sort((a, b) => a.turns - b.turns)) {
    seen += count;
    if (count > 0n && seen >= wanted) return turns;
  }
  return null;
}

/** What some tasks come to: sums, and what a successful one costs. */
export function figuresOf(cells: readonly TaskCell[]): TaskFigures {
  const sums = addUp(cells);
  const of = (ending: Ending) => addUp(cells.filter((cell) => cell.ending === ending));
  const byEnding = { success: of("success"), failure: of("failure"), untold: of("untold") };
  const { success, failure } = byEnding;
  const told = success.tasks + failure.tasks;
  const turns = cells.filter(({ tasks }) => tasks > 0n).map((cell) => cell.turns);
  return {
    ...sums,
    byEnding,
    successRate: told === 0n ? null : Number(success.tasks) / Number(told),
    costPerSuccess: divide(success.cost + failure.cost, pricedOf(success)),
    medianTurns: turnsOf(cells, sums.tasks, 0.5),
    p95Turns: turnsOf(cells, sums.tasks, 0.95),
    maxTurns: turns.length === 0 ? null : turns.reduce((most, one) => Math.max(most, one), 0),
    steps: TURN_STEPS.map(({ from, to }) =>
      cells.reduce((sum, cell) => (cell.turns >= from && cell.turns <= to ? sum + cell.tasks : sum), 0n),
    ),
    grown: cells.reduce((sum, { grown }) => sum + grown, 0n),
  };
}

/** Tasks that cost something is known of: those that a mean is over. */
export const pricedOf = ({ tasks, unpricedTasks }: TaskSums): bigint => tasks - unpricedTasks;

/** A mean in whole picodollars; null of nothing. */
export function divide(cost: bigint, count: bigint): bigint | null {
  return count === 0n ? null : (cost * 2n + count) / (count * 2n);
}
