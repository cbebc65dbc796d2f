import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatDuration, formatUsd, formatUsdParts } from "@/lib/format";
import { FiguresFrame } from "../panels/figures-frame";
import { readInTime } from "../panels/read-in-time";
import { UnreadFigures } from "../panels/unread-figures";
import type { View } from "../view";
import { readSessions } from "./read-sessions";
import { counted, shareOf } from "./trace-words";

/** What the sessions of the period come to: how many, what one costs, the longest, and how much the dearest take. */
export function SessionFigures({ scope, view }: { scope: Scope; view: View }) {
  return (
    <FiguresFrame cells={5}>
      <Figures scope={scope} view={view} />
    </FiguresFrame>
  );
}

async function Figures({ scope, view }: { scope: Scope; view: View }) {
  const read = await readInTime(readSessions(scope, view));
  if (!read) return <UnreadFigures />;
  const { summary } = read;
  const { sessions, medianCost, p95Cost, longestMs, unpricedCalls, unpricedSessions } = summary;
  const usd = (picos: bigint | null) => (picos === null ? "none" : formatUsd(picos));
  return (
    <KpiStrip hero={1.5}>
      <Kpi
        isHero
        label="Spend in sessions"
        figure={formatUsdParts(summary.cost)}
        context={
          unpricedCalls > 0n
            ? `${counted(unpricedCalls, "call")} of them unpriced, not in it`
            : `${counted(summary.calls, "call")}, all priced`
        }
      />
      <Kpi
        label="Sessions"
        figure={sessions === 0n ? "none" : formatCount(sessions)}
        context={sessions === 0n ? "no call names one" : `${formatMean(summary.calls, sessions)} calls each`}
      />
      <Kpi
        label="Cost of a session, median"
        figure={usd(medianCost)}
        context={`95 of 100 cost at most ${usd(p95Cost)}${unpricedSessions > 0n ? `; ${formatCount(unpricedSessions)} unpriced left out` : ""}`}
      />
      <Kpi
        label="Longest"
        figure={longestMs === null ? "none" : formatDuration(Number(longestMs))}
        context={
          summary.mostCalls === null ? undefined : `first to last call; most calls: ${formatCount(summary.mostCalls)}`
        }
      />
      <Kpi
        label="Dearest 1%"
        figure={shareOf(summary.topCost, summary.cost)}
        context={`of this spend, ${formatUsd(summary.topCost)} by ${counted(summary.topSessions, "session")}`}
      />
    </KpiStrip>
  );
}

const formatMean = (calls: bigint, sessions: bigint) => (Number(calls) / Number(sessions)).toFixed(1);
