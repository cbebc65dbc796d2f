import { prepareSeries } from "@/components/charts/prepare-series";
import { TimeSeries } from "@/components/charts/time-series";
import { BucketSelect } from "@/components/filters/bucket-select";
import { Panel, PanelBody } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { summarizeCalls } from "@/lib/calls/summarize";
import { formatPeriod, listBuckets, nextBucket } from "@/lib/period";
import type { PromptDetails } from "@/lib/reports/prompt-details";
import { Scanned } from "../../panels/scanned";
import { during, type View } from "../../view";
import { type ChartSpan, chartSpan } from "./chart-span";
import { promptFilters } from "./read-prompt";

const STATUS = [
  { key: "succeeded", label: "succeeded", color: "var(--chart-1)" },
  { key: "rate_limited", label: "429", color: "var(--warn-fill)" },
  { key: "error", label: "error", color: "var(--firing)" },
] as const;

type Props = { scope: Scope; view: View; prompt: string; details: PromptDetails };

/** When the prompt was sent, and how its calls ended; over its own span where that is short. A bar leads to its own span. */
export function PromptOverTime(props: Props) {
  const { query, now } = props.view;
  const span = chartSpan(query.period, query.bucket, props.details);
  const suggested = chartSpan(query.period, null, props.details).bucket;
  const own = span.isOwn ? `${formatPeriod(span.period, now)}, a ${span.bucket} a bar. ` : "";
  return (
    <Panel
      title="Calls over time"
      question={`${own}When was it sent, and how did the calls end?`}
      height={250}
      skeleton={<PanelSkeleton kind="bars" />}
      right={<BucketSelect value={span.bucket} suggested={suggested} />}
    >
      <Scanned view={props.view}>{() => chart(props, span)}</Scanned>
    </Panel>
  );
}

async function chart({ scope, view, prompt }: Props, { period, bucket }: ChartSpan) {
  const sums = await summarizeCalls(scope, { period, filters: promptFilters(view, prompt) }, bucket);
  const buckets = listBuckets(period, bucket);
  const rows = sums.flatMap((one) => [
    { at: one.bucket, key: "succeeded", value: one.calls - one.errors - one.rate_limited },
    { at: one.bucket, key: "rate_limited", value: one.rate_limited },
    { at: one.bucket, key: "error", value: one.errors },
  ]);
  const isFine = bucket === "hour" || bucket === "minute";
  return (
    <PanelBody>
      <TimeSeries
        series={prepareSeries({ rows, buckets, bucket, now: view.now, keys: STATUS.map(({ key }) => key) })}
        unit="count"
        colors={Object.fromEntries(STATUS.map(({ key, color }) => [key, color]))}
        labels={Object.fromEntries(STATUS.map(({ key, label }) => [key, label]))}
        label={`Calls of the prompt, a ${bucket} a bar`}
        height={190}
        hrefs={isFine ? undefined : buckets.map((from) => during(view, { from, to: nextBucket(from, bucket) }))}
        hasLegend
      />
    </PanelBody>
  );
}
