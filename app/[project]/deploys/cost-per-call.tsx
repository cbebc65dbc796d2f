import { prepareSeries } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatUsd } from "@/lib/format";
import { type Bucket, defaultBucket, listBuckets } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { deployMarks } from "../panels/deploy-marks";
import { NoCalls } from "../panels/no-calls";
import { exactOf } from "../panels/summarize";
import { compareName, duringEach, exportHref, type View } from "../view";

const KEY = "cost per call";

/** What one call costs over time, with every deploy above it; those that changed the cost go through the plot. */
export function CostPerCall({ scope, view }: { scope: Scope; view: View }) {
  const suggested = defaultBucket(view.query.period);
  const bucket = view.query.bucket ?? suggested;
  const csv = { bucket, measures: "cost_per_call,cost,calls" };
  return (
    <Panel
      title="Cost per call"
      question="Did a deploy make calls dearer?"
      height={330}
      skeleton={<PanelSkeleton kind="bars" />}
      menu={{ csvHref: exportHref(view, "cost-over-time", csv) }}
      right={<BucketSelect value={bucket} suggested={suggested} />}
    >
      <Line scope={scope} view={view} bucket={bucket} />
    </Panel>
  );
}

async function Line({ scope, view, bucket }: { scope: Scope; view: View; bucket: Bucket }) {
  const query = { ...view.query, bucket, measures: ["cost_per_call"], sort: null };
  const [{ rows, totals, compare }, deploys] = await Promise.all([
    runReport(scope, "cost-over-time", query),
    deployMarks(scope, view),
  ]);
  if (rows.length === 0) return <NoCalls view={view} />;
  const buckets = listBuckets(view.query.period, bucket);
  const shift = compare ? view.query.period.from.getTime() - compare.from.getTime() : 0;
  const series = (measure: string, by: number) =>
    rows.map((row: Row) => ({
      at: new Date((row.bucket as Date).getTime() - by),
      key: KEY,
      value: exactOf(row, measure),
    }));
  const before = exactOf(totals, "compare_cost_per_call");
  const name = compareName(view);
  return (
    <>
      <PanelBody>
        <TimeSeries
          series={prepareSeries({
            rows: series("cost_per_call", 0),
            buckets,
            bucket,
            now: view.now,
            keys: [KEY],
            compare: compare
              ? {
                  rows: series("compare_cost_per_call", shift),
                  buckets: buckets.map((at) => new Date(at.getTime() - shift)),
                }
              : undefined,
          })}
          kind="lines"
          unit="usd"
          colors={{ [KEY]: "var(--chart-1)" }}
          emphasis={KEY}
          height={220}
          label={`Cost per call, a ${bucket} a point`}
          compareLabel={name ? `${name}, ${before === null ? "no calls" : formatUsd(before)}` : undefined}
          deploys={deploys}
          hrefs={duringEach(view, buckets, bucket)}
          hasLegend
        />
      </PanelBody>
      <PanelFoot>
        A marked deploy moved the cost per call of a feature by a quarter or more, and enough money to matter.
      </PanelFoot>
    </>
  );
}
