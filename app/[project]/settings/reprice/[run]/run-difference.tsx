import { Change } from "@/components/shell/change";
import { Empty } from "@/components/shell/empty";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import { Panel, PanelCount } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatCount, formatUsd, formatUsdParts } from "@/lib/format";
import { type DifferenceSums, type RepriceRunView, readDifference, readDifferenceSums } from "@/lib/reprice/read-runs";
import { DIFFERENCE_DIMENSIONS, type DifferenceDimension } from "@/lib/reprice/schema";
import { DifferenceTable } from "./difference-table";

type Props = { scope: Scope; run: RepriceRunView };

const TITLES: Readonly<Record<DifferenceDimension, readonly [title: string, question: string]>> = {
  month: ["By month", "When were the calls made?"],
  model: ["By model", "Which models get other prices?"],
  tenant: ["By tenant", "Whose spend changes?"],
};

/** What a run changes, or would change: in all, by month, by model and by tenant. */
export async function RunDifference({ scope, run }: Props) {
  const [{ open }, ...lists] = await Promise.all([
    readDifferenceSums(scope, run.number),
    ...DIFFERENCE_DIMENSIONS.map((by) => readDifference(scope, run.number, by)),
  ]);
  if (open.calls === 0n) return <Nothing run={run} />;
  return (
    <>
      <Sums sums={open} />
      {DIFFERENCE_DIMENSIONS.map((by, index) => {
        const [title, question] = TITLES[by];
        const rows = lists[index] ?? [];
        return (
          <Panel key={by} title={title} question={question} right={<PanelCount>{rows.length}</PanelCount>}>
            <DifferenceTable rows={rows} nameLabel={by} />
          </Panel>
        );
      })}
    </>
  );
}

function Nothing({ run }: { run: RepriceRunView }) {
  if (run.status === "previewing" || run.status === "applying") return null;
  return (
    <Panel title="Difference">
      <Empty title="Nothing changes">
        {run.rowsClosed > 0n
          ? "All calls that would change are in closed months."
          : "Every call of the span has the price already that it would get."}
      </Empty>
    </Panel>
  );
}

function Sums({ sums }: { sums: DifferenceSums }) {
  const { costBefore, costAfter, listBefore, listAfter, calls, unpricedBefore, unpricedAfter } = sums;
  const difference = costAfter - costBefore;
  const parts = formatUsdParts(difference);
  return (
    <KpiStrip>
      <Kpi
        isHero
        label="Difference"
        figure={{ main: `${difference > 0n ? "+" : ""}${parts.main}`, small: parts.small }}
        change={<Change change={formatChange(costAfter, costBefore)} word="of what these calls cost" />}
        context={`from ${formatUsd(costBefore)} to ${formatUsd(costAfter)}`}
      />
      <Kpi label="Calls with another price" figure={formatCount(calls)} />
      <Kpi
        label="Without a price"
        figure={formatCount(unpricedAfter)}
        context={`${formatCount(unpricedBefore)} of them before`}
      />
      <Kpi label="List price" figure={formatUsdParts(listAfter)} context={`${formatUsd(listBefore)} before`} />
    </KpiStrip>
  );
}
