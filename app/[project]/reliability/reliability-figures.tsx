import { Change, type ChangeMeaning } from "@/components/shell/change";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatChangePoints, formatCount, formatPercent, formatUsd, formatUsdParts } from "@/lib/format";
import { formatPeriod } from "@/lib/period";
import type { Row } from "@/lib/reports/schema";
import { FiguresFrame } from "../panels/figures-frame";
import { sumOf } from "../panels/stack";
import { exactOf, ratioOf } from "../panels/summarize";
import { compareName, type View } from "../view";
import { readAllCalls, readRetryCost } from "./read-reliability";

type Props = { scope: Scope; view: View };

/** What retries cost, and what share of attempts fails, is refused or is a retry. */
export function ReliabilityFigures(props: Props) {
  return (
    <FiguresFrame cells={4}>
      <Figures {...props} />
    </FiguresFrame>
  );
}

async function Figures({ scope, view }: Props) {
  const [{ totals }, { row }] = await Promise.all([readRetryCost(scope, view, "feature"), readAllCalls(scope, view)]);
  const cost = sumOf(totals, "retry_cost");
  const before = exactOf(totals, "compare_retry_cost");
  const share = ratioOf(totals, "retry_cost_share");
  const unpriced = sumOf(totals, "unpriced_retries");
  const isUnknown = cost === 0n && unpriced > 0n;
  return (
    <KpiStrip hero={1.8}>
      <Kpi
        isHero
        label={`Spent on retries, ${formatPeriod(view.query.period, view.now)}`}
        figure={isUnknown ? "unpriced" : formatUsdParts(cost)}
        change={
          before !== null &&
          !isUnknown && (
            <Change
              change={formatChange(cost, before)}
              word={before > 0n ? `${cost < before ? "less" : "more"}, was ${formatUsd(before)}` : undefined}
            />
          )
        }
        context={contextOf(share, unpriced)}
      />
      <Rate label="Failed attempts" row={row} of="failed_rate" context="429, 529 and every other error" />
      <Rate label="Rate limited (429)" row={row} of="rate_limited_rate" context="refused by the provider's limits" />
      <Rate
        label="Retries"
        row={row}
        of="retry_share"
        meaning="cost"
        context={`${formatCount(sumOf(totals, "retries"))} of ${formatCount(sumOf(totals, "calls"))} calls${compareName(view) ? "" : ", no comparison"}`}
      />
    </KpiStrip>
  );
}

function contextOf(share: number | null, unpriced: bigint): string {
  const of = share === null ? "no spend in the period" : `${formatPercent(share, 2)} of the spend`;
  return unpriced > 0n ? `${of}; ${formatCount(unpriced)} retries unpriced, not in it` : of;
}

function Rate({
  label,
  row,
  of,
  context,
  meaning,
}: {
  label: string;
  row: Row;
  of: string;
  context: string;
  meaning?: ChangeMeaning;
}) {
  const now = ratioOf(row, of);
  const before = ratioOf(row, `compare_${of}`);
  return (
    <Kpi
      label={label}
      figure={now === null ? "none" : formatPercent(now, 2)}
      change={
        now !== null &&
        before !== null && (
          <Change
            meaning={meaning}
            change={formatChangePoints(now, before)}
            word={`was ${before > 0 ? formatPercent(before, 2) : "none"}`}
          />
        )
      }
      context={context}
    />
  );
}
