import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { runReport } from "@/lib/reports/registry";
import { optionOf } from "@/lib/reports/schema";
import { figuresOf, type TaskFigures } from "@/lib/tasks/figures";
import { type CutCell, readTasks as readCells, type Task } from "@/lib/tasks/read-tasks";
import { mayScan } from "../panels/may-scan";
import { sumOf } from "../panels/stack";
import type { View } from "../view";

/** What the tables can be cut by; the first is the default. */
export const CUTS = ["feature", "deploy"] as const;
export type Cut = (typeof CUTS)[number];

/** Tasks of the table; the CSV has more. */
export const SHOWN_TASKS = 25;

export type TaskPage = Readonly<{
  /** Of all tasks of the period. */
  figures: TaskFigures;
  cells: Readonly<Record<Cut, readonly CutCell[]>>;
  dearest: readonly Task[];
}>;

export const growthTimes = (view: View): number => optionOf(view.query, "growth_times");

/** The tasks of the page's period and filters, cut both ways, and the dearest of them: one pass over the calls, once a request. */
export const readTasks = cache(async (scope: Scope, view: View): Promise<TaskPage> => {
  await mayScan(view, "main");
  const { cuts, top } = await readCells(scope, {
    ...view.query,
    cuts: CUTS.map((cut) => [cut]),
    top: SHOWN_TASKS,
    growthTimes: growthTimes(view),
  });
  const [feature = [], deploy = []] = cuts;
  return { figures: figuresOf(feature), cells: { feature, deploy }, dearest: top };
});

/** All that was spent in the period, and its calls: also those of no task. */
export const readSpend = cache(async (scope: Scope, view: View): Promise<Readonly<{ cost: bigint; calls: bigint }>> => {
  const asked = { ...view.query, compare: null, bucket: null, sort: null, groupBy: [], measures: ["cost", "calls"] };
  const { totals } = await runReport(scope, "usage-summary", asked);
  return { cost: sumOf(totals, "cost"), calls: sumOf(totals, "calls") };
});
