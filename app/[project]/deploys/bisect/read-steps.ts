import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { levelOf, type Segment, type StepMetric } from "@/lib/deploys/bisect";
import {
  type FormattedChange,
  formatChange,
  formatChangePoints,
  formatCount,
  formatPercent,
  formatUsd,
} from "@/lib/format";
import {
  type DeploySeries,
  levelCell,
  metricOf,
  readDeploySteps,
  STEP_METRIC_CATALOGUE,
} from "@/lib/reports/deploy-steps";
import type { View } from "../../view";

/** All deploys of the period as one series; and apart by feature. Once a request each. */
export const readSteps = cache(async (scope: Scope, view: View): Promise<DeploySeries | null> => {
  const { series } = await readDeploySteps(scope, view.query, "all", view.now);
  return series[0] ?? null;
});
export const readFeatureSteps = cache(async (scope: Scope, view: View): Promise<readonly DeploySeries[]> => {
  // The one that is chosen stands among the others.
  const filters = view.query.filters.filter(({ dimension, op }) => dimension !== "feature" || op !== "is");
  return (await readDeploySteps(scope, { ...view.query, filters }, "feature", view.now)).series;
});

export const metricOfView = (view: View): StepMetric => metricOf(view.query);
export const metricLabel = (metric: StepMetric): string => STEP_METRIC_CATALOGUE[metric].label;

/** "$0.0457", "48,112", "81.2%"; shares of calls in two places. */
export function formatLevel(level: Pick<Segment, "over" | "under">, metric: StepMetric): string {
  const cell = levelCell(level, metric);
  if (typeof cell === "bigint") return formatUsd(cell);
  const { unit, isShareOfCalls } = STEP_METRIC_CATALOGUE[metric];
  return unit === "ratio" ? formatPercent(Number(cell), isShareOfCalls ? 2 : 1) : formatCount(Number(cell));
}

/** The change from one level to another: of a ratio in points. */
export function changeOfLevels(after: Segment, before: Segment, metric: StepMetric): FormattedChange {
  const format = STEP_METRIC_CATALOGUE[metric].unit === "ratio" ? formatChangePoints : formatChange;
  return format(levelOf(after), levelOf(before));
}

/** A rise is worse, but for the cache. */
export const isWorse = (before: Segment, after: Segment, metric: StepMetric): boolean =>
  levelOf(after) > levelOf(before) !== (metric === "cache_hit");

/** One step: the last deploy at the level before, and the first at the level after. */
export type FoundStep = Readonly<{ last: string; first: string; at: Date; before: Segment; after: Segment }>;

/** The steps of a series, the latest first. */
export function stepsOf({ points, segments }: DeploySeries): readonly FoundStep[] {
  return segments
    .flatMap((after, index): FoundStep[] => {
      const [before, first, last] = [segments[index - 1], points[after.from], points[after.from - 1]];
      return before && first && last ? [{ last: last.deploy, first: first.deploy, at: first.at, before, after }] : [];
    })
    .reverse();
}
