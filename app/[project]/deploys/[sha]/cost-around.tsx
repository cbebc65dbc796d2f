import { OTHER_KEY, prepareSeries, type SeriesRow } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import type { Scope } from "@/lib/auth/scope";
import { type Bucket, listBuckets, type Period } from "@/lib/period";
import { sideFilters } from "@/lib/reports/deploy-spans";
import { listDeploys } from "@/lib/reports/read-deploys";
import { runReport } from "@/lib/reports/registry";
import type { Filter } from "@/lib/reports/schema";
import { entityColors } from "../../panels/entity-colors";
import { exactOf } from "../../panels/summarize";
import { drillHref, type View } from "../../view";
import { type DeployChange, otherFilters, shortSha, windowOf } from "./read-deploy";

const ALL = "all features";

type Props = { scope: Scope; view: View; change: DeployChange };

/** Cost per call around the first call, or of one deploy over that of the other, hour by hour. */
export function CostAround(props: Props) {
  return props.change.spans.against === null ? <AroundFirstCall {...props} /> : <OverAnother {...props} />;
}

const bucketOf = (view: View): Bucket => (windowOf(view) === "7d" ? "day" : "hour");

async function readLine(
  scope: Scope,
  view: View,
  period: Period,
  key: string,
  filters: readonly Filter[],
): Promise<readonly SeriesRow[]> {
  const { rows } = await runReport(scope, "cost-over-time", {
    ...view.query,
    period,
    compare: null,
    bucket: bucketOf(view),
    measures: ["cost_per_call"],
    sort: null,
    filters,
  });
  return rows.flatMap((row) =>
    row.bucket instanceof Date ? [{ at: row.bucket, key, value: exactOf(row, "cost_per_call") }] : [],
  );
}

/** The feature that changed most, where there is another to tell it from. */
function featureOf({ cause, decomposition }: DeployChange): string | undefined {
  return decomposition.features.length > 1 ? cause?.feature : undefined;
}

/** The same hours since each deploy's first call, the other one dashed. */
async function OverAnother({ scope, view, change }: Props) {
  const { spans } = change;
  const feature = featureOf(change);
  const own = sideFilters(spans, otherFilters(view));
  const only: readonly Filter[] = feature === undefined ? [] : [{ dimension: "feature", op: "is", values: [feature] }];
  const key = feature ?? ALL;
  const bucket = bucketOf(view);
  const [rows, before] = await Promise.all([
    readLine(scope, view, spans.after, key, [...own.after, ...only]),
    readLine(scope, view, spans.before, key, [...own.before, ...only]),
  ]);
  return (
    <TimeSeries
      series={prepareSeries({
        rows,
        buckets: listBuckets(spans.after, bucket),
        bucket,
        now: view.now,
        keys: [key],
        compare: { rows: before, buckets: listBuckets(spans.before, bucket) },
      })}
      kind="lines"
      unit="usd"
      colors={{ [key]: "var(--chart-1)" }}
      emphasis={key}
      label={`Cost per call a ${bucket}, ${key}, against ${shortSha(spans.against ?? "")}`}
      compareLabel={`${shortSha(spans.against ?? "")}, as long after its first call`}
      height={150}
      hasLegend
    />
  );
}

/** Cost per call before and after the first call: the feature that changed most against all others. */
async function AroundFirstCall({ scope, view, change }: Props) {
  const { spans } = change;
  const period = { from: spans.before.from, to: spans.after.to };
  const bucket = bucketOf(view);
  const feature = featureOf(change);
  const filters = otherFilters(view);
  const read = (key: string, op: Filter["op"], one: string) =>
    readLine(scope, view, period, key, [...filters, { dimension: "feature", op, values: [one] }]);
  const [own, others, deploys, colors] = await Promise.all([
    feature === undefined ? readLine(scope, view, period, ALL, filters) : read(feature, "is", feature),
    feature === undefined ? [] : read(OTHER_KEY, "is_not", feature),
    listDeploys(scope, filters),
    entityColors(scope, "feature", feature === undefined ? [] : [feature], view.now),
  ]);
  const key = feature ?? ALL;
  return (
    <TimeSeries
      series={prepareSeries({
        rows: [...own, ...others],
        buckets: listBuckets(period, bucket),
        bucket,
        now: view.now,
        keys: [key],
      })}
      kind="lines"
      unit="usd"
      colors={feature === undefined ? { [ALL]: "var(--chart-1)" } : colors}
      emphasis={key}
      labels={{ [OTHER_KEY]: "all other features" }}
      label={`Cost per call a ${bucket}, ${key} against all others`}
      height={150}
      deploys={deploys
        .filter(({ firstSeenAt }) => firstSeenAt >= period.from && firstSeenAt < period.to)
        .map(({ deploy, firstSeenAt }) => ({
          sha: deploy,
          at: firstSeenAt,
          isCostChange: deploy === spans.deploy,
          href: drillHref({ ...view, own: null }, "deploy", deploy),
        }))}
      hasLegend
    />
  );
}
