import { prepareSeries } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { type Bucket, defaultBucket, listBuckets } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { deployMarks } from "../panels/deploy-marks";
import { entityColors } from "../panels/entity-colors";
import { NoCalls } from "../panels/no-calls";
import { sumOf } from "../panels/stack";
import { ratioOf } from "../panels/summarize";
import { duringEach, exportMenu, type View } from "../view";
import { findLoser, isCaching, LOW_HIT } from "./cached-features";
import { readSavings } from "./read-cache";

const LINES = 8;

type Props = { scope: Scope; view: View };

/** The cache hit of the features that cache, over time, with deploys above and the 20 % line: the one that lost most in colour. */
export function HitOverTime({ scope, view }: Props) {
  const suggested = defaultBucket(view.query.period);
  const bucket = view.query.bucket ?? suggested;
  return (
    <Panel
      title="Cache hit by feature"
      question="Where was the cache lost? Dotted: the 20% line"
      span={8}
      height={330}
      skeleton={<PanelSkeleton kind="bars" />}
      menu={exportMenu(view, "cache-hit-by-feature", { bucket })}
      right={<BucketSelect value={bucket} suggested={suggested} />}
    >
      <Lines scope={scope} view={view} bucket={bucket} />
    </Panel>
  );
}

/** The features with the largest cached prompts, and the loser whatever its size, which is drawn last, on top. */
function pickLines(rows: readonly Row[], loser: string | null): readonly string[] {
  const size = (row: Row) => sumOf(row, "cached_cost");
  const names = rows
    .filter(isCaching)
    .toSorted((a, b) => Number(size(b) - size(a)))
    .map(({ feature }) => String(feature));
  const others = names.filter((name) => name !== loser);
  return loser ? [...others.slice(0, LINES - 1), loser] : others.slice(0, LINES);
}

async function Lines({ scope, view, bucket }: Props & { bucket: Bucket }) {
  const { rows } = await readSavings(scope, view);
  const loser = findLoser(rows);
  const names = pickLines(rows, loser);
  if (names.length === 0) {
    return rows.length === 0 ? (
      <NoCalls view={view} />
    ) : (
      <PanelBody>
        <p className="text-text-2">No feature reads or writes a cache in this period.</p>
      </PanelBody>
    );
  }
  const [series, deploys, colors] = await Promise.all([
    runReport(scope, "cache-hit-by-feature", {
      ...view.query,
      compare: null,
      filters: [...view.query.filters, { dimension: "feature", op: "is", values: names }],
      bucket,
      measures: ["cache_hit"],
      sort: null,
      limit: names.length,
    }),
    deployMarks(scope, view),
    entityColors(scope, "feature", names, view.now),
  ]);
  const buckets = listBuckets(view.query.period, bucket);
  const caching = rows.filter(isCaching).length;
  return (
    <>
      <PanelBody>
        <TimeSeries
          series={prepareSeries({
            rows: series.rows.flatMap((row) =>
              row.bucket instanceof Date && typeof row.feature === "string"
                ? [{ at: row.bucket, key: row.feature, value: ratioOf(row, "cache_hit") }]
                : [],
            ),
            buckets,
            bucket,
            now: view.now,
            keys: names,
          })}
          kind="lines"
          unit="ratio"
          colors={colors}
          emphasis={loser ?? undefined}
          threshold={LOW_HIT}
          hasEndLabels
          height={262}
          label={`Cache hit by feature, a ${bucket} a point`}
          deploys={deploys}
          hrefs={duringEach(view, buckets, bucket)}
        />
      </PanelBody>
      <PanelFoot>
        {names.length < caching ? `The ${names.length} that pay most for their cache, of ${caching}. ` : ""}
        {loser ? `In colour: ${loser}. ` : ""}A gap is a time without calls.
      </PanelFoot>
    </>
  );
}
