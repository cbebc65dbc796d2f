import { OTHER_KEY, prepareSeries, type SeriesRow } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import type { Scope } from "@/lib/auth/scope";
import { listBuckets } from "@/lib/period";
import { listDeploys } from "@/lib/reports/read-deploys";
import { runReport } from "@/lib/reports/registry";
import type { Filter } from "@/lib/reports/schema";
import { entityColors } from "../../panels/entity-colors";
import { exactOf } from "../../panels/summarize";
import { drillHref, type View } from "../../view";
import { type DeployChange, otherFilters, windowOf } from "./read-deploy";

const ALL = "all features";

/** Cost per call before and after the first call: the feature that changed most against all others. */
export async function CostAround({ scope, view, change }: { scope: Scope; view: View; change: DeployChange }) {
  const { spans, cause, decomposition } = change;
  const period = { from: spans.before.from, to: spans.after.to };
  const bucket = windowOf(view) === "7d" ? "day" : "hour";
  const feature = decomposition.features.length > 1 ? cause?.feature : undefined;
  const read = async (key: string, filter?: Filter): Promise<readonly SeriesRow[]> => {
    const { rows } = await runReport(scope, "cost-over-time", {
      ...view.query,
      period,
      compare: null,
      bucket,
      measures: ["cost_per_call"],
      sort: null,
      filters: filter ? [...otherFilters(view), filter] : otherFilters(view),
    });
    return rows.flatMap((row) =>
      row.bucket instanceof Date ? [{ at: row.bucket, key, value: exactOf(row, "cost_per_call") }] : [],
    );
  };
  const [own, others, deploys, colors] = await Promise.all([
    feature === undefined ? read(ALL) : read(feature, { dimension: "feature", op: "is", values: [feature] }),
    feature === undefined ? [] : read(OTHER_KEY, { dimension: "feature", op: "is_not", values: [feature] }),
    listDeploys(scope, otherFilters(view)),
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
