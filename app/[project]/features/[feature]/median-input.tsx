import { prepareSeries, type SeriesRow } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { defaultBucket, listBuckets } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { deployMarks } from "../../panels/deploy-marks";
import { NoCalls } from "../../panels/no-calls";
import { Scanned } from "../../panels/scanned";
import { sumOf } from "../../panels/stack";
import { ratioOf } from "../../panels/summarize";
import { duringEach, exportMenu, type View } from "../../view";
import { meanInput, readInputPerCall } from "../read-input-per-call";

type Props = { scope: Scope; view: View; feature: string };

const COLORS = { median: "var(--chart-1)", mean: "var(--chart-2)", p95: "var(--chart-other)" };

/** The median input of one feature over time, beside its mean and the longest prompts: who of them grows? */
export function MedianInput(props: Props) {
  const { view } = props;
  const bucket = view.query.bucket ?? defaultBucket(view.query.period);
  return (
    <Panel
      title="Mean and median input"
      question="Does every prompt grow, or only the longest?"
      span={8}
      height={342}
      skeleton={<PanelSkeleton kind="bars" note="Reading the input of every call of the feature" />}
      menu={exportMenu(view, "input-percentiles", { bucket })}
    >
      <Scanned view={view} reads="aside">
        {() => draw(props)}
      </Scanned>
    </Panel>
  );
}

async function draw({ scope, view, feature }: Props) {
  const bucket = view.query.bucket ?? defaultBucket(view.query.period);
  const query = { ...view.query, compare: null, groupBy: ["feature" as const], bucket, sort: null };
  const [percentiles, means, deploys] = await Promise.all([
    runReport(scope, "input-percentiles", query),
    readInputPerCall(scope, { ...view, query: { ...view.query, compare: null } }, bucket, 1),
    deployMarks(scope, view),
  ]);
  const { rows, totals } = percentiles;
  const median = ratioOf(totals, "input_tokens_p50");
  if (median === null) return <NoCalls view={view} />;
  const buckets = listBuckets(view.query.period, bucket);
  const series = prepareSeries({
    rows: [
      ...linesOf(rows, "median", "input_tokens_p50"),
      ...linesOf(means.series.rows, "mean", "input_tokens_per_call"),
      ...linesOf(rows, "p95", "input_tokens_p95"),
    ],
    buckets,
    bucket,
    now: view.now,
    keys: ["median", "mean", "p95"],
  });
  const [row] = means.features;
  const mean = row ? meanInput(row) : null;
  return (
    <>
      <PanelBody>
        <TimeSeries
          series={series}
          kind="lines"
          unit="count"
          colors={COLORS}
          label={`Median, mean and p95 of the input tokens of a call of ${feature}, by the ${bucket}`}
          deploys={deploys}
          hrefs={duringEach(view, buckets, bucket)}
          hasLegend
        />
      </PanelBody>
      <PanelFoot>
        Median {formatCount(median)} tokens of {formatCount(sumOf(totals, "input_tokens_calls"))} calls that succeeded,
        p95 {formatCount(ratioOf(totals, "input_tokens_p95") ?? 0)}
        {mean !== null && `; mean of all calls ${formatCount(mean)}`}
      </PanelFoot>
    </>
  );
}

function linesOf(rows: readonly Row[], key: string, figure: string): readonly SeriesRow[] {
  return rows.flatMap((row) =>
    row.bucket instanceof Date ? [{ at: row.bucket, key, value: ratioOf(row, figure) }] : [],
  );
}
