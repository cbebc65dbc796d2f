import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import {
  formatCount,
  formatDuration,
  formatMinute,
  formatMs,
  formatPercent,
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
  const life = one.lastSeenAt.getTime() - one.firstSeenAt.getTime();
  return (
    <KpiStrip hero={1}>
      <Kpi
        label="Spend"
        figure={money(one.cost, one.unpricedCalls)}
        context={`${priced > 0n ? formatUsd(one.cost / priced) : "none"} a call${unpricedNote(one.unpricedCalls)}`}
      />
      <Kpi
        label="Calls"
        figure={formatCount(one.calls)}
        context={`${formatMinute(one.firstSeenAt)} – ${formatMinute(one.lastSeenAt)} UTC`}
      />
      <Kpi
        label="Wasted on repeats"
        figure={money(one.wasted, one.unpricedRepeats)}
        context={`${formatCount(one.repeats)} repeats within ${optionOf(view.query, "repeat_minutes")} min${unpricedNote(one.unpricedRepeats)}`}
      />
      <Kpi
        label="Mean latency"
        figure={one.latency === null ? "none" : formatMs(one.latency)}
        context={life > 0 ? `seen over ${formatDuration(life)}` : "seen once"}
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
