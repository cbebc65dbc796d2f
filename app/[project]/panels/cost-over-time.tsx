import { ChartWithLegend } from "@/components/charts/chart-with-legend";
import { LegendTable } from "@/components/charts/legend-table";
import { prepareSeries } from "@/components/charts/prepare-series";
import { type SeriesColors, STACKED } from "@/components/charts/series-color";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { CoverageNote } from "@/components/shell/coverage-note";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatUsd } from "@/lib/format";
import { type Bucket, defaultBucket, formatPeriod, listBuckets } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { ReportResult } from "@/lib/reports/schema";
import { choose, compareName, duringEach, exportMenu, here, unpricedHref, type View } from "../view";
import { deployMarks } from "./deploy-marks";
import { entityColors } from "./entity-colors";
import { legendRows } from "./legend-rows";
import { NoCalls } from "./no-calls";
import { KINDS, readStack, type Stack, stackLabel, stackPlural, valueLabel } from "./stack";

const LEGEND_ROWS = 8;
const MAX_ROWS = 100_000;

export type CostOverTimeProps = {
  scope: Scope;
  view: View;
  /** What it can be stacked by; the first is the default. The choice is `group` in the URL. */
  stacks: readonly [Stack, ...Stack[]];
  question?: string;
  span?: 12 | 8;
  /** False where the panel is too narrow for the table: the names stand under the chart. */
  hasTable?: boolean;
};

/**
 * Money over time, stacked by a dimension or by token kind, against the comparison, with the deploys above and a legend
 * table that adds up. A bar leads to its bucket, a row to its entity.
 */
export function CostOverTime(props: CostOverTimeProps) {
  const { view, stacks, question = "What did we spend, and is that normal?", span } = props;
  const stack = choose(view, "group", stacks);
  const suggested = defaultBucket(view.query.period);
  const bucket = view.query.bucket ?? suggested;
  const menu =
    stack === "token_kind"
      ? exportMenu(view, "cost-by-token-kind", { bucket })
      : exportMenu(view, "cost-over-time", { bucket, group: stack });
  const options = stacks.map((option, at) => ({
    value: option,
    label: stackLabel(option),
    href: here(view, { group: at === 0 ? null : option }),
  }));
  return (
    <Panel
      title="Cost over time"
      question={question}
      span={span}
      height={366}
      skeleton={<PanelSkeleton kind="bars" />}
      menu={menu}
      right={
        <>
          {options.length > 1 && (
            <Segmented label="Stack by" value={stack} options={options} className="max-phone:max-w-[46vw]" />
          )}
          <BucketSelect value={bucket} suggested={suggested} />
        </>
      }
    >
      <StackedCost {...props} stack={stack} bucket={bucket} />
    </Panel>
  );
}

async function StackedCost({
  scope,
  view,
  stack,
  bucket,
  hasTable = true,
}: CostOverTimeProps & { stack: Stack; bucket: Bucket }) {
  const ask = { ...view.query, bucket, sort: null };
  const [result, deploys] = await Promise.all([
    stack === "token_kind"
      ? runReport(scope, "cost-by-token-kind", { ...ask, limit: MAX_ROWS })
      : runReport(scope, "cost-over-time", {
          ...ask,
          groupBy: [stack],
          measures: ["cost", "calls", "unpriced_calls"],
          limit: LEGEND_ROWS,
        }),
    deployMarks(scope, view),
  ]);
  if (result.rows.length === 0) return <NoCalls view={view} />;

  const series = readStack(result, stack);
  const named = stack === "token_kind" ? series.keys : series.keys.slice(0, STACKED);
  const colors: SeriesColors =
    stack === "token_kind"
      ? Object.fromEntries(Object.entries(KINDS).map(([key, { color }]) => [key, color]))
      : await entityColors(scope, stack, named, view.now);
  const buckets = listBuckets(view.query.period, bucket);
  const prepared = prepareSeries({
    rows: series.rows,
    buckets,
    bucket,
    now: view.now,
    keys: named,
    compare: result.compare ? { rows: series.compareRows, buckets: compareBuckets(result, buckets) } : undefined,
  });
  const chart = (
    <TimeSeries
      series={prepared}
      unit="usd"
      colors={colors}
      label={`Cost per ${bucket} by ${stackLabel(stack)}, ${formatPeriod(view.query.period, view.now)}`}
      labels={Object.fromEntries(series.keys.map((key) => [key, valueLabel(stack, key)]))}
      compareLabel={compareLabel(view, result)}
      deploys={deploys}
      hrefs={duringEach(view, buckets, bucket)}
      hasLegend={!hasTable}
    />
  );
  return (
    <div className="flex flex-1 flex-col overflow-x-clip">
      {hasTable ? (
        <ChartWithLegend chart={chart} legend={<Legend {...{ view, stack, result, series, colors }} />} />
      ) : (
        <PanelBody>{chart}</PanelBody>
      )}
      <PanelFoot>
        <CoverageNote coverage={result.coverage} unpricedHref={unpricedHref(view)} />
      </PanelFoot>
    </div>
  );
}

/** Bucket n of the comparison is the one that bucket n of the period is held against. */
function compareBuckets({ period, compare }: ReportResult, buckets: readonly Date[]): readonly Date[] {
  const shift = compare ? period.from.getTime() - compare.from.getTime() : 0;
  return buckets.map((at) => new Date(at.getTime() - shift));
}

function compareLabel(view: View, { totals }: ReportResult): string | undefined {
  const name = compareName(view);
  const before = totals.compare_cost;
  return name ? `${name}, ${typeof before === "bigint" ? formatUsd(before) : "no calls"}` : undefined;
}

function Legend({
  view,
  stack,
  result,
  series,
  colors,
}: {
  view: View;
  stack: Stack;
  result: ReportResult;
  series: ReturnType<typeof readStack>;
  colors: SeriesColors;
}) {
  const { cost, compare_cost: before } = result.totals;
  const count = stack === "token_kind" ? series.keys.length : result.rowCount;
  const all = typeof cost === "bigint" ? cost : 0n;
  return (
    <LegendTable
      heading={stackLabel(stack).replace(/^./, (first) => first.toUpperCase())}
      rows={legendRows(view, stack, series, colors, count)}
      total={{
        name: count === 1 ? "Total" : `All ${count} ${stackPlural(stack)}`,
        value: formatUsd(all, { places: 2 }),
        change: result.compare ? formatChange(all, typeof before === "bigint" ? before : null) : null,
      }}
    />
  );
}
