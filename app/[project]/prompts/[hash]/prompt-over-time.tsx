import { prepareSeries } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Panel, PanelBody } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { defaultBucket, listBuckets, nextBucket } from "@/lib/period";
import { Scanned } from "../../panels/scanned";
import { during, type View } from "../../view";
import { readPromptSums } from "./read-prompt";

const STATUS = [
  { key: "succeeded", label: "succeeded", color: "var(--chart-1)" },
  { key: "rate_limited", label: "429", color: "var(--warn-fill)" },
  { key: "error", label: "error", color: "var(--firing)" },
] as const;

type Props = { scope: Scope; view: View; prompt: string };

/** When the prompt was sent, and how its calls ended. A bar leads to its own span. */
export function PromptOverTime(props: Props) {
  const suggested = defaultBucket(props.view.query.period);
  return (
    <Panel
      title="Calls over time"
      question="When was it sent, and how did the calls end?"
      height={250}
      skeleton={<PanelSkeleton kind="bars" />}
      right={<BucketSelect value={props.view.query.bucket ?? suggested} suggested={suggested} />}
    >
      <Scanned view={props.view}>{() => chart(props)}</Scanned>
    </Panel>
  );
}

async function chart({ scope, view, prompt }: Props) {
  const { bucket, sums } = await readPromptSums(scope, view, prompt);
  const buckets = listBuckets(view.query.period, bucket);
  const rows = sums.flatMap((one) => [
    { at: one.bucket, key: "succeeded", value: one.calls - one.errors - one.rate_limited },
    { at: one.bucket, key: "rate_limited", value: one.rate_limited },
    { at: one.bucket, key: "error", value: one.errors },
  ]);
  return (
    <PanelBody>
      <TimeSeries
        series={prepareSeries({ rows, buckets, bucket, now: view.now, keys: STATUS.map(({ key }) => key) })}
        unit="count"
        colors={Object.fromEntries(STATUS.map(({ key, color }) => [key, color]))}
        labels={Object.fromEntries(STATUS.map(({ key, label }) => [key, label]))}
        label={`Calls of the prompt, a ${bucket} a bar`}
        height={190}
        hrefs={
          bucket === "hour" ? undefined : buckets.map((from) => during(view, { from, to: nextBucket(from, bucket) }))
        }
        hasLegend
      />
    </PanelBody>
  );
}
