import { divide } from "@/lib/tasks/figures";
import { taskReport } from "./task-report";

/** What tasks cost by how they ended: `success`, `failure`, or `untold` where nobody said. */
export const costByOutcome = taskReport("cost-by-outcome", {
  label: "Cost by outcome",
  question: "What do failures cost?",
  byEnding: true,
  columns: [
    { key: "tasks", label: "Tasks", unit: "calls" },
    { key: "cost", label: "Cost", unit: "usd_picos" },
    { key: "cost_per_task", label: "Cost per task", unit: "usd_picos", missing: "gap" },
    { key: "unpriced_tasks", label: "Tasks without a price", unit: "calls" },
    { key: "calls", label: "Calls", unit: "calls" },
    { key: "turns_median", label: "Turns, median", unit: "calls", missing: "gap" },
    { key: "unpriced_calls", label: "Unpriced calls", unit: "calls" },
  ],
  row: ({ medianTurns, unpricedCalls, ...sums }) => ({
    tasks: sums.tasks,
    cost: sums.cost,
    cost_per_task: divide(sums.cost, sums.tasks - sums.unpricedTasks),
    unpriced_tasks: sums.unpricedTasks,
    calls: sums.calls,
    turns_median: medianTurns,
    unpriced_calls: unpricedCalls,
  }),
});
