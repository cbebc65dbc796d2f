import type { ReactNode } from "react";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import { formatCompact, formatCount, formatDuration, formatUsd, formatUsdParts } from "@/lib/format";
import { MOST_TRACED, type Trace } from "@/lib/sessions/read-trace";
import { counted, growthText, shareOf } from "./trace-words";

/** What one session or task comes to. `children` are figures of its own, after its cost. */
export function TraceFigures({ trace, label, children }: { trace: Trace; label: string; children?: ReactNode }) {
  const { costUsdPicos: cost, unpricedCalls, calls, turns, failures } = trace;
  const isUnknown = cost === 0n && unpricedCalls > 0;
  const growth = growthText(trace.firstInputTokens, trace.lastInputTokens);
  return (
    <div className="min-h-[116px]">
      <KpiStrip hero={1.5}>
        <Kpi
          isHero
          label={label}
          figure={isUnknown ? "unpriced" : formatUsdParts(cost)}
          context={
            unpricedCalls > 0 ? `${counted(unpricedCalls, "call")} unpriced, not in it` : "all of its calls are priced"
          }
        />
        {children}
        <Kpi
          label="Turns"
          figure={counted(turns, "turn").replace(/ .*/, "")}
          context={`${counted(calls, "call")}, ${failures === 0 ? "none failed" : `${counted(failures, "attempt")} failed`}`}
        />
        <Kpi
          label="Duration"
          figure={formatDuration(trace.endAt.getTime() - trace.firstAt.getTime())}
          context="from the first call to the last answer"
        />
        <Kpi
          label="Input, last over first"
          figure={growth ?? "none"}
          context={
            trace.firstInputTokens === null || trace.lastInputTokens === null
              ? "no call had input"
              : `${formatCompact(trace.firstInputTokens)} → ${formatCompact(trace.lastInputTokens)} tokens a call`
          }
        />
        <Kpi
          label="Input sent before"
          figure={trace.resentTokens === null ? "not reckoned" : shareOf(trace.resentTokens, trace.inputTokens)}
          context={resentText(trace)}
        />
      </KpiStrip>
    </div>
  );
}

function resentText({ inputTokens, resentReadTokens: least, resentCostUsdPicos: cost }: Trace): string {
  if (least === null || cost === null) return `only of up to ${formatCount(MOST_TRACED)} calls`;
  return `at most; at least ${shareOf(least, inputTokens)}. These tokens cost ${formatUsd(cost)}`;
}
