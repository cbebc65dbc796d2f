import type { Scope } from "@/lib/auth/scope";
import {
  type DeployPoint,
  exactLevelOf,
  findSteps,
  levelOf,
  type Segment,
  type StepMetric,
  type StepSearch,
} from "@/lib/deploys/bisect";
import { buildReport } from "./builder";
import type { MeasureKey } from "./catalogue";
import { type Deploy, listDeploys } from "./read-deploys";
import type { Report } from "./report";
import {
  type Cell,
  type Column,
  EVERY_ROW,
  type Filter,
  type ReportQuery,
  type ReportResult,
  type Row,
  type Unit,
} from "./schema";

type Metric = Readonly<{
  label: string;
  unit: Unit;
  /** Sums on both sides of the division. */
  over: readonly MeasureKey[];
  under: readonly MeasureKey[];
  /**
   * Told by first tries that succeeded: a storm of cheap retries, or of failures that cost nothing, would make the same
   * code look cheaper a call.
   */
  isOfFirstTries: boolean;
  isShareOfCalls?: boolean;
}>;

/** Every metric that can step: what it is over what. A cost per call leaves out calls without a price. */
export const STEP_METRIC_CATALOGUE: Readonly<Record<StepMetric, Metric>> = {
  cost_per_call: { label: "Cost per call", unit: "usd_picos", over: ["cost"], under: ["calls"], isOfFirstTries: true },
  input_tokens_per_call: {
    label: "Input tokens per call",
    unit: "tokens",
    over: ["prompt_tokens"],
    under: ["calls"],
    isOfFirstTries: true,
  },
  output_tokens_per_call: {
    label: "Output tokens per call",
    unit: "tokens",
    over: ["output_tokens"],
    under: ["calls"],
    isOfFirstTries: true,
  },
  cache_hit: {
    label: "Cache hit",
    unit: "ratio",
    over: ["cache_read_tokens"],
    under: ["prompt_tokens"],
    isOfFirstTries: true,
  },
  error_rate: {
    label: "Failed attempts",
    unit: "ratio",
    over: ["errors", "rate_limited"],
    under: ["calls"],
    isOfFirstTries: false,
    isShareOfCalls: true,
  },
  retry_share: {
    label: "Retries",
    unit: "ratio",
    over: ["retries"],
    under: ["calls"],
    isOfFirstTries: false,
    isShareOfCalls: true,
  },
};

export const metricOf = ({ metric = "cost_per_call" }: Pick<ReportQuery, "metric">): StepMetric => metric;

/** A series of deploys in order of first call, and the steps found in it; `feature` is null for all together. */
export type DeploySeries = Readonly<{ feature: string | null; points: readonly DeployPoint[] }> & StepSearch;

const FIRST_TRIES: Filter = { dimension: "attempt", op: "is", values: ["first"] };

function toPoint(row: Row, deploy: Deploy, metric: StepMetric): DeployPoint {
  const { over, under, isOfFirstTries } = STEP_METRIC_CATALOGUE[metric];
  const sum = (keys: readonly MeasureKey[]) =>
    keys.reduce((total, key) => total + ((row[key] as bigint | null) ?? 0n), 0n);
  const unpriced = metric === "cost_per_call" ? sum(["unpriced_calls"]) : 0n;
  const failed = isOfFirstTries && under.includes("calls") ? sum(["errors", "rate_limited"]) : 0n;
  const divisor = sum(under) - unpriced - failed;
  return {
    deploy: deploy.deploy,
    at: deploy.firstSeenAt,
    calls: sum(["calls"]),
    over: sum(over),
    under: divisor > 0n ? divisor : 0n,
  };
}

/**
 * The metric of the query by deploy, over the calls of its period, with the steps found; one series, or one a feature in
 * the order of their names.
 */
export async function readDeploySteps(
  scope: Scope,
  query: ReportQuery,
  by: "all" | "feature",
  asOf: Date,
): Promise<Readonly<{ series: readonly DeploySeries[]; result: ReportResult }>> {
  const metric = metricOf(query);
  const { over, under, isOfFirstTries, isShareOfCalls = false } = STEP_METRIC_CATALOGUE[metric];
  const asked: ReportQuery = {
    ...query,
    compare: null,
    bucket: null,
    groupBy: by === "feature" ? ["deploy", "feature"] : ["deploy"],
    filters: isOfFirstTries ? [...query.filters, FIRST_TRIES] : query.filters,
    sort: null,
    limit: EVERY_ROW,
  };
  const measures: readonly MeasureKey[] = [
    ...new Set<MeasureKey>(["cost", "calls", "unpriced_calls", "errors", "rate_limited", ...over, ...under]),
  ];
  const [result, deploys] = await Promise.all([
    buildReport(scope, "deploy-steps", asked, measures, asOf),
    listDeploys(
      scope,
      query.filters.filter(({ dimension }) => dimension !== "deploy"),
    ),
  ]);
  const rows = new Map<string | null, Map<string, Row>>(by === "all" ? [[null, new Map()]] : []);
  for (const row of result.rows) {
    const feature = by === "feature" ? String(row.feature) : null;
    rows.set(feature, (rows.get(feature) ?? new Map()).set(String(row.deploy), row));
  }
  const series = [...rows].map(([feature, own]): DeploySeries => {
    const points = deploys.flatMap((deploy) => {
      const row = own.get(deploy.deploy);
      const point = row && toPoint(row, deploy, metric);
      return point && point.under > 0n ? [point] : [];
    });
    return { feature, points, ...findSteps(points, isShareOfCalls) };
  });
  return { series: series.sort((a, b) => ((a.feature ?? "") < (b.feature ?? "") ? -1 : 1)), result };
}

/** The level as a cell of its unit: money in whole picodollars, everything else a float. */
export function levelCell(level: Pick<Segment, "over" | "under">, metric: StepMetric): Cell {
  return STEP_METRIC_CATALOGUE[metric].unit === "usd_picos" ? exactLevelOf(level) : levelOf(level);
}

function columnsOf(metric: StepMetric): readonly Column[] {
  const { label, unit } = STEP_METRIC_CATALOGUE[metric];
  return [
    { key: "deploy", label: "Deploy", unit: "text" },
    { key: "first_seen", label: "First call", unit: "time" },
    { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
    { key: "value", label, unit, missing: "gap" },
    { key: "level", label: "Level between steps", unit, missing: "gap" },
    { key: "step", label: "Step", unit: "text" },
    { key: "deploy_before", label: "Deploy before", unit: "text" },
    { key: "level_before", label: "Level before the step", unit, missing: "gap" },
  ];
}

function toRows({ points, segments }: DeploySeries, metric: StepMetric): Row[] {
  return points.map((point, at) => {
    const index = segments.findIndex(({ from, to }) => from <= at && at < to);
    const [level, before] = [segments[index], segments[index - 1]];
    const isStep = before !== undefined && level?.from === at;
    return {
      deploy: point.deploy,
      first_seen: point.at,
      calls: point.calls,
      value: levelCell(point, metric),
      level: level ? levelCell(level, metric) : null,
      step: isStep ? (levelOf(level) > levelOf(before) ? "up" : "down") : null,
      deploy_before: points[at - 1]?.deploy ?? null,
      level_before: isStep ? levelCell(before, metric) : null,
    };
  });
}

/** A metric over deploys in order of their first call, with the deploys since which it is another: `metric` says which. */
export const deploySteps: Report = {
  label: "Deploy steps",
  question: "Since which deploy is it so?",
  dimensions: ["deploy"],
  groupable: [],
  measures: ["calls"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const metric = metricOf(query);
    const { series, result } = await readDeploySteps(scope, query, "all", asOf);
    const rows = series.flatMap((one) => toRows(one, metric));
    return {
      ...result,
      columns: columnsOf(metric),
      rows: rows.slice(-query.limit),
      rowCount: rows.length,
      totals: { cost: result.totals.cost ?? 0n, calls: result.totals.calls ?? 0n },
    };
  },
};
