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
    { key: "calls", label: "Calls", unit: "calls" },
    { key: "turns_median", label: "Turns, median", unit: "calls", missing: "gap" },
    { key: "unpriced_calls", label: "Unpriced calls", unit: "calls" },
  ],
  row: ({ tasks, cost, calls, medianTurns, unpricedCalls }) => ({
    tasks,
    cost,
    cost_per_task: divide(cost, tasks),
    calls,
    turns_median: medianTurns,
    unpriced_calls: unpricedCalls,
  }),
});
