import { ChartWithLegend } from "@/components/charts/chart-with-legend";
import { LegendTable } from "@/components/charts/legend-table";
import { prepareSeries, type SeriesRow } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent } from "@/lib/format";
import { defaultBucket, type FineBucket, listBuckets, nextBucket, toPeriodParams } from "@/lib/period";
import { errorBucket } from "@/lib/reports/error-rates";
import { runReport } from "@/lib/reports/registry";
import type { ReportResult, Row } from "@/lib/reports/schema";
import { deployMarks } from "../panels/deploy-marks";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { sumOf } from "../panels/stack";
import { ratioOf } from "../panels/summarize";
import { choose, during, exportMenu, here, there, type View } from "../view";

type Props = { scope: Scope; view: View };
type Unit = "share" | "count";

/** How attempts fail: figures of the report, colour (429 and errors as they are on every page), and the calls behind. */
const KINDS = [
  {
    key: "429 rate limited",
    count: "rate_limited",
    rate: "rate_limited_rate",
    color: "var(--warn-fill)",
    is: "429",
    not: null,
  },
  {
    key: "529 overloaded",
    count: "overloaded",
    rate: "overloaded_rate",
    color: "var(--chart-4)",
    is: "529",
    not: null,
  },
  {
    key: "other errors",
    count: "other_errors",
    rate: "other_error_rate",
    color: "var(--firing)",
    is: "error",
    not: "529",
  },
] as const;
const NAMES = KINDS.map(({ key }) => key);
const COLORS = Object.fromEntries(KINDS.map(({ key, color }) => [key, color]));

/** 429, 529 and other errors over time: by the minute in a few hours, each as a share of all calls or counted. */
export function ErrorsOverTime({ scope, view }: Props) {
  const unit = choose<Unit>(view, "unit", ["share", "count"]);
  const bucket = errorBucket(view.query.period, view.query.bucket);
  return (
    <Panel
      title="Errors over time"
      question={`When did attempts fail, and how? ${unit === "share" ? "Of all calls" : "Calls"} by the ${bucket}`}
      height={360}
      skeleton={<PanelSkeleton kind="bars" note="Counting the attempts that failed, one by one" />}
      menu={exportMenu(view, "error-rates", { bucket: view.query.bucket })}
      right={
        <>
          <Segmented
            label="Unit"
            value={unit}
            options={[
              { value: "share", label: "share", href: here(view, { unit: null }) },
              { value: "count", label: "count", href: here(view, { unit: "count" }) },
            ]}
          />
          {bucket !== "minute" && <BucketSelect value={bucket} suggested={defaultBucket(view.query.period)} />}
        </>
      }
    >
      <Scanned view={view}>{() => draw(scope, view, unit, bucket)}</Scanned>
    </Panel>
  );
}

async function draw(scope: Scope, view: View, unit: Unit, bucket: FineBucket) {
  const [result, deploys] = await Promise.all([
    runReport(scope, "error-rates", { ...view.query, compare: null, sort: null }),
    deployMarks(scope, view),
  ]);
  if (result.rows.length === 0) return <NoCalls view={view} />;
  const buckets = listBuckets(view.query.period, bucket);
  const series = prepareSeries({ rows: toLines(result, unit), buckets, bucket, now: view.now, keys: NAMES });
  const { totals } = result;
  const failed = KINDS.reduce((sum, { count }) => sum + sumOf(totals, count), 0n);
  const chart = (
    <TimeSeries
      series={series}
      kind={unit === "share" ? "lines" : "stack"}
      unit={unit === "share" ? "ratio" : "count"}
      colors={COLORS}
      label={`Failed attempts, ${unit === "share" ? "of all calls" : "counted"}, ${one(bucket)} a point`}
      deploys={deploys}
      hrefs={buckets.map((from) => hrefOf(view, from, bucket))}
    />
  );
  const legend = (
    <LegendTable
      heading="Failed with"
      valueHeading="Attempts"
      rows={KINDS.map(({ key, count, rate, color, is, not }) => ({
        key,
        name: key,
        color,
        value: sumOf(totals, count) === 0n ? "none" : formatCount(sumOf(totals, count)),
        share: formatPercent(ratioOf(totals, rate) ?? 0, 2),
        href: there(view, "/calls", { "filter.status": is, "not.status": not }),
      }))}
      total={{ name: "All that failed", value: formatCount(failed) }}
    />
  );
  return (
    <>
      <ChartWithLegend chart={chart} legend={legend} />
      <PanelFoot>
        Of {formatCount(sumOf(totals, "calls"))} calls {formatPercent(ratioOf(totals, "failed_rate") ?? 0, 2)} failed. A
        gap is {one(bucket)} without calls;{" "}
        {bucket === "minute" ? "a click opens its calls" : "up to six hours are drawn by the minute"}.
      </PanelFoot>
    </>
  );
}

const one = (bucket: FineBucket) => (bucket === "hour" ? "an hour" : `a ${bucket}`);

function toLines({ rows }: ReportResult, unit: Unit): readonly SeriesRow[] {
  const value = (row: Row, { count, rate }: (typeof KINDS)[number]) =>
    unit === "share" ? ratioOf(row, rate) : sumOf(row, count);
  return rows.flatMap((row) =>
    row.bucket instanceof Date
      ? KINDS.map((kind): SeriesRow => ({ at: row.bucket as Date, key: kind.key, value: value(row, kind) }))
      : [],
  );
}

/** A click goes one step nearer: to the bucket, and from a minute to its failed calls. */
function hrefOf(view: View, from: Date, bucket: FineBucket): string {
  const span = { from, to: nextBucket(from, bucket) };
  if (bucket !== "minute") return during(view, span);
  return there(view, "/calls", { period: null, ...toPeriodParams(span), "filter.status": ["error", "rate_limited"] });
}
