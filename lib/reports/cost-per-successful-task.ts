import { taskReport } from "./task-report";

/**
 * What a successful task costs: all tasks with an outcome, failures too, over the successes that have a price. Tasks whose outcome nobody told
 * are counted apart, and in none of the other columns but `tasks` and `cost`. Rows add up to the totals (docs/outcomes.md).
 */
export const costPerSuccessfulTask = taskReport("cost-per-successful-task", {
  label: "Cost per successful task",
  question: "What does a successful task cost, failures included?",
  columns: [
    { key: "tasks", label: "Tasks", unit: "calls" },
    { key: "cost", label: "Cost", unit: "usd_picos" },
    { key: "successes", label: "Successes", unit: "calls" },
    { key: "failures", label: "Failures", unit: "calls" },
    { key: "success_rate", label: "Success rate", unit: "ratio" },
    { key: "success_cost", label: "Cost of successes", unit: "usd_picos" },
    { key: "failure_cost", label: "Cost of failures", unit: "usd_picos" },
    { key: "cost_per_success", label: "Cost per successful task", unit: "usd_picos", missing: "gap" },
    { key: "unpriced_successes", label: "Successes without a price", unit: "calls" },
    { key: "untold_tasks", label: "Tasks without outcome", unit: "calls" },
    { key: "untold_cost", label: "Cost of tasks without outcome", unit: "usd_picos" },
    { key: "unpriced_calls", label: "Unpriced calls", unit: "calls" },
  ],
  row: ({ tasks, cost, byEnding: { success, failure, untold }, ...figures }) => ({
    tasks,
    cost,
    successes: success.tasks,
    failures: failure.tasks,
    success_rate: figures.successRate,
    success_cost: success.cost,
    failure_cost: failure.cost,
    cost_per_success: figures.costPerSuccess,
    unpriced_successes: success.unpricedTasks,
    untold_tasks: untold.tasks,
    untold_cost: untold.cost,
    unpriced_calls: figures.unpricedCalls,
  }),
});
