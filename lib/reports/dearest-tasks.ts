import { figuresOf } from "@/lib/tasks/figures";
import { readTasks, type Task } from "@/lib/tasks/read-tasks";
import type { Report } from "./report";
import { optionOf, type Row } from "./schema";
import { frameOf, MAX_DEAREST } from "./task-report";

/** By how much the input grew from the first to the last call that had any; null without one. */
export function growthOf(first: bigint | null, last: bigint | null): number | null {
  return first === null || last === null || first === 0n ? null : Number(last) / Number(first);
}

function toRow(task: Task): Row {
  return {
    task: task.taskId,
    tenant: task.tenant,
    environment: task.environment,
    feature: task.feature,
    deploy: task.deploy,
    outcome: task.ending,
    cost: task.cost,
    calls: task.calls,
    turns: BigInt(task.turns),
    first_seen: task.firstAt,
    duration: Number(task.durationMs),
    first_input_tokens: task.firstInputTokens,
    last_input_tokens: task.lastInputTokens,
    input_growth: growthOf(task.firstInputTokens, task.lastInputTokens),
    unpriced_calls: task.unpricedCalls,
  };
}

/** The tasks that cost most with the calls that they made in the period; of one with several features or deploys, those of its first call. */
export const dearestTasks: Report = {
  label: "Dearest tasks",
  question: "Which tasks cost most?",
  dimensions: ["task", "tenant", "environment"],
  groupable: [],
  measures: [],
  selectable: [],
  options: ["growth_times"],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const limit = Math.min(query.limit, MAX_DEAREST);
    const [{ cuts, top }, frame] = await Promise.all([
      readTasks(scope, { ...query, cuts: [[]], top: limit, growthTimes: optionOf(query, "growth_times") }),
      frameOf(scope, "dearest-tasks", query, asOf),
    ]);
    const { tasks, cost, calls, unpricedCalls } = figuresOf(cuts[0] ?? []);
    return {
      ...frame,
      columns: [
        { key: "task", label: "Task", unit: "text" },
        { key: "tenant", label: "Tenant", unit: "text" },
        { key: "environment", label: "Environment", unit: "text" },
        { key: "feature", label: "Feature", unit: "text" },
        { key: "deploy", label: "Deploy", unit: "text" },
        { key: "outcome", label: "Outcome", unit: "text" },
        { key: "cost", label: "Cost", unit: "usd_picos" },
        { key: "calls", label: "Calls", unit: "calls" },
        { key: "turns", label: "Turns", unit: "calls" },
        { key: "first_seen", label: "First call", unit: "time" },
        { key: "duration", label: "Duration", unit: "ms" },
        { key: "first_input_tokens", label: "Input of the first call", unit: "tokens", missing: "gap" },
        { key: "last_input_tokens", label: "Input of the last call", unit: "tokens", missing: "gap" },
        { key: "input_growth", label: "Input, last over first", unit: "ratio", missing: "gap" },
        { key: "unpriced_calls", label: "Unpriced calls", unit: "calls" },
      ],
      rows: top.map(toRow),
      rowCount: Number(tasks),
      totals: { cost, calls, unpriced_calls: unpricedCalls },
    };
  },
};
