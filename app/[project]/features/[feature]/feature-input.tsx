import Link from "next/link";
import { prepareSeries } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Change } from "@/components/shell/change";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatCount } from "@/lib/format";
import { type Bucket, defaultBucket, listBuckets } from "@/lib/period";
import { deployMarks } from "../../panels/deploy-marks";
import { NoCalls } from "../../panels/no-calls";
import { compareName, duringEach, exportHref, there, type View } from "../../view";
import { meanInput, meanInputBefore, readInputPerCall, toLines, toLinesBefore } from "../read-input-per-call";

type Props = { scope: Scope; view: View; feature: string };

/** Input tokens per call of one feature against its own before, with the deploys above: a drift has a cause. */
export function FeatureInput({ scope, view, feature }: Props) {
  const suggested = defaultBucket(view.query.period);
  const bucket = view.query.bucket ?? suggested;
  return (
    <Panel
      title="Input tokens per call"
      question="Does the prompt grow? It moves before the bill does"
      span={8}
      height={342}
      skeleton={<PanelSkeleton kind="bars" />}
      menu={{ csvHref: exportHref(view, "input-tokens-per-call", { bucket }) }}
      right={<BucketSelect value={bucket} suggested={suggested} />}
    >
      <Line scope={scope} view={view} feature={feature} bucket={bucket} />
    </Panel>
  );
}

async function Line({ scope, view, feature, bucket }: Props & { bucket: Bucket }) {
  const [{ series, features }, deploys] = await Promise.all([
    readInputPerCall(scope, view, bucket, 1),
    deployMarks(scope, view),
  ]);
  const [row] = features;
  const mean = row ? meanInput(row) : null;
  if (!row || mean === null) return <NoCalls view={view} />;
  const before = meanInputBefore(row);
  const buckets = listBuckets(view.query.period, bucket);
  const shift = series.compare ? view.query.period.from.getTime() - series.compare.from.getTime() : 0;
  const prepared = prepareSeries({
    rows: toLines(series),
    buckets,
    bucket,
    now: view.now,
    keys: [feature],
    compare: series.compare
      ? { rows: toLinesBefore(series), buckets: buckets.map((at) => new Date(at.getTime() - shift)) }
      : undefined,
  });
  const name = compareName(view);
  return (
    <>
      <PanelBody>
        <TimeSeries
          series={prepared}
          kind="lines"
          unit="count"
          colors={{ [feature]: "var(--chart-1)" }}
          emphasis={feature}
          label={`Input tokens per call of ${feature}, a ${bucket} a point`}
          compareLabel={name ? `${name}, ${before === null ? "no calls" : formatCount(before)}` : undefined}
          deploys={deploys}
          hrefs={duringEach(view, buckets, bucket)}
          hasLegend
        />
      </PanelBody>
      <PanelFoot link={<Link href={there(view, "/cache")}>Its cache</Link>}>
        Mean {formatCount(mean)} tokens a call, cached and fresh{" "}
        {name && (
          <Change
            change={formatChange(mean, before)}
            word={before === null ? undefined : `was ${formatCount(before)}`}
          />
        )}
        <Link className="link ml-2" href={there(view, "/deploys/bisect", { metric: "input_tokens_per_call" })}>
          Since which deploy?
        </Link>
      </PanelFoot>
    </>
  );
}
