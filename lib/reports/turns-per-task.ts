import { TURN_STEPS } from "@/lib/tasks/figures";
import { taskReport } from "./task-report";

/**
 * How many turns tasks take: median, 95th percentile and longest, tasks by turns, and how many grew (the input of the last
 * call at least `growth_times` times that of the first).
 */
export const turnsPerTask = taskReport("turns-per-task", {
  label: "Turns per task",
  question: "How many turns does a task take, and does its input grow?",
  columns: [
    { key: "tasks", label: "Tasks", unit: "calls" },
    { key: "cost", label: "Cost", unit: "usd_picos" },
    { key: "turns_median", label: "Turns, median", unit: "calls", missing: "gap" },
    { key: "turns_p95", label: "Turns, 95th percentile", unit: "calls", missing: "gap" },
    { key: "turns_max", label: "Turns, most", unit: "calls", missing: "gap" },
    ...TURN_STEPS.map(({ key, label }) => ({
      key: `tasks_of_${key}`,
      label: `Tasks of ${label} ${key === "1" ? "turn" : "turns"}`,
      unit: "calls" as const,
    })),
    { key: "grown_tasks", label: "Tasks whose input grew", unit: "calls" },
    { key: "grown_share", label: "Share whose input grew", unit: "ratio", missing: "gap" },
  ],
  row: ({ tasks, cost, medianTurns, p95Turns, maxTurns, steps, grown }) => ({
    tasks,
    cost,
    turns_median: medianTurns,
    turns_p95: p95Turns,
    turns_max: maxTurns,
    ...Object.fromEntries(TURN_STEPS.map(({ key }, at) => [`tasks_of_${key}`, steps[at] ?? 0n])),
    grown_tasks: grown,
    grown_share: tasks === 0n ? null : Number(grown) / Number(tasks),
  }),
});
