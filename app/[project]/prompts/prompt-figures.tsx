import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import { PanelFrame } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatMinute, formatPercent, formatUsd, formatUsdParts } from "@/lib/format";
import { optionOf } from "@/lib/reports/schema";
import { FiguresFrame } from "../panels/figures-frame";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { sumOf } from "../panels/stack";
import { summarize } from "../panels/summarize";
import type { View } from "../view";
import { listStorms, readPrompts, readRepeats } from "./read-prompts";

/** What repeats wasted, how many there were, how many prompts there are, and the storms among them. */
export function PromptFigures({ scope, view }: { scope: Scope; view: View }) {
  return (
    <FiguresFrame cells={4} height={98}>
      <Scanned view={view}>{() => figures(scope, view)}</Scanned>
    </FiguresFrame>
  );
}

async function figures(scope: Scope, view: View) {
  const [{ ranking }, { all }, storms, totals] = await Promise.all([
    readPrompts(scope, view),
    readRepeats(scope, view),
    listStorms(scope, view),
    summarize(scope, view, view.query.period, null, ["cost", "calls"]),
  ]);
  const [cost, calls] = [sumOf(totals, "cost"), sumOf(totals, "calls")];
  if (calls === 0n && cost === 0n && ranking.hashes === 0) {
    return (
      <PanelFrame label="Key figures">
        <NoCalls view={view} />
      </PanelFrame>
    );
  }
  const [storm] = storms;
  const minutes = optionOf(view.query, "storm_minutes");
  const unpriced = all.unpricedRepeats > 0n ? `, ${formatCount(all.unpricedRepeats)} unpriced` : "";
  const isUnpriced = all.wasted === 0n && all.unpricedRepeats > 0n;
  return (
    <KpiStrip hero={1}>
      <Kpi
        label="Wasted on repeats"
        figure={isUnpriced ? "unpriced" : formatUsdParts(all.wasted)}
        context={`${share(all.wasted, cost)} of ${formatUsd(cost)}${unpriced}`}
      />
      <Kpi
        label="Repeated calls"
        figure={formatCount(all.repeats)}
        context={`${share(all.repeats, calls)} of ${formatCount(calls)} calls`}
      />
      <Kpi label="Prompt hashes" figure={formatCount(ranking.hashes)} context={hashNote(ranking, calls)} />
      <Kpi
        label="Retry storms"
        figure={formatCount(storms.length)}
        context={
          storm
            ? `the last ${formatMinute(storm.startedAt)} UTC`
            : `no prompt over ${formatCount(optionOf(view.query, "storm_calls"))} calls within ${minutes} min`
        }
      />
    </KpiStrip>
  );
}

function share(part: bigint, whole: bigint): string {
  return whole === 0n ? "none" : formatPercent(Number(part) / Number(whole));
}

function hashNote({ seenOnce, calls }: { seenOnce: number; calls: bigint }, all: bigint): string {
  const without = all - calls;
  const note = without > 0n ? `; ${formatCount(without)} ${without === 1n ? "call carries" : "calls carry"} none` : "";
  return `${formatCount(seenOnce)} seen once${note}`;
}
