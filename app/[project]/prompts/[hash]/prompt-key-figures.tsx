import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import {
  formatCount,
  formatDay,
  formatMinute,
  formatMs,
  formatPercent,
  formatTime,
  formatUsd,
  formatUsdParts,
} from "@/lib/format";
import type { PromptDetails } from "@/lib/reports/prompt-details";
import { optionOf } from "@/lib/reports/schema";
import type { View } from "../../view";

const money = (picos: bigint, unpriced: bigint) => (picos === 0n && unpriced > 0n ? "unpriced" : formatUsdParts(picos));
const unpricedNote = (count: bigint) => (count > 0n ? `, ${formatCount(count)} unpriced` : "");

/** Spend, calls, repeats, latency and storms of one prompt in the period. */
export function PromptKeyFigures({ view, details: one }: { view: View; details: PromptDetails }) {
  const priced = one.calls - one.unpricedCalls;
  return (
    <KpiStrip hero={1}>
      <Kpi
        label="Spend"
        figure={money(one.cost, one.unpricedCalls)}
        context={`${priced > 0n ? formatUsd(one.cost / priced) : "none"} a call${unpricedNote(one.unpricedCalls)}`}
      />
      <Kpi label="Calls" figure={formatCount(one.calls)} context={`${spanWords(one)} UTC`} />
      <Kpi
        label="Wasted on repeats"
        figure={money(one.wasted, one.unpricedRepeats)}
        context={`${formatCount(one.repeats)} repeats within ${optionOf(view.query, "repeat_minutes")} min${unpricedNote(one.unpricedRepeats)}`}
      />
      <Kpi
        label="Mean latency"
        figure={one.latency === null ? "none" : formatMs(one.latency)}
        context={one.calls === 1n ? "of one call" : `of ${formatCount(one.calls)} calls`}
      />
      <Kpi
        label="Retry storms"
        figure={formatCount(one.storms)}
        context={
          one.storms > 0
            ? `${formatPercent(one.stormCalls / Math.max(1, Number(one.calls)))} of its calls`
            : `over ${formatCount(optionOf(view.query, "storm_calls"))} calls within ${optionOf(view.query, "storm_minutes")} min`
        }
      />
    </KpiStrip>
  );
}

/** "21 Nov, 09:50 – 09:54"; both days where there are two. */
function spanWords({ firstSeenAt, lastSeenAt }: PromptDetails): string {
  const day = formatDay(firstSeenAt);
  if (day !== formatDay(lastSeenAt)) return `${formatMinute(firstSeenAt)} – ${formatMinute(lastSeenAt)}`;
  const [first, last] = [firstSeenAt, lastSeenAt].map((at) => formatTime(at).slice(0, 5));
  return first === last ? `${day}, ${first}` : `${day}, ${first} – ${last}`;
}
