import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent, formatUsd, formatUsdParts } from "@/lib/format";
import { pricedOf, type TaskFigures as Sums } from "@/lib/tasks/figures";
import { FiguresFrame } from "../panels/figures-frame";
import { readInTime } from "../panels/read-in-time";
import { UnreadFigures } from "../panels/unread-figures";
import { counted, shareOf } from "../sessions/trace-words";
import type { View } from "../view";
import { growthTimes, readTasks } from "./read-tasks";

/** What a successful task costs, how often one succeeds, what failures cost, and what nobody told the end of. */
export function TaskFigures({ scope, view }: { scope: Scope; view: View }) {
  return (
    <FiguresFrame cells={5}>
      <Figures scope={scope} view={view} />
    </FiguresFrame>
  );
}

async function Figures({ scope, view }: { scope: Scope; view: View }) {
  const read = await readInTime(readTasks(scope, view));
  if (!read) return <UnreadFigures />;
  const { figures } = read;
  const { success, failure, untold } = figures.byEnding;
  const told = success.tasks + failure.tasks;
  return (
    <KpiStrip hero={1.7}>
      <Kpi
        isHero
        label="Cost per successful task"
        figure={figures.costPerSuccess === null ? "none" : formatUsdParts(figures.costPerSuccess)}
        context={overSuccesses(figures)}
      />
      <Kpi
        label="Success rate"
        figure={figures.successRate === null ? "none" : formatPercent(figures.successRate)}
        context={`${formatCount(success.tasks)} of ${counted(told, "task")} with an outcome`}
      />
      <Kpi
        label="Cost of failures"
        figure={formatUsdParts(failure.cost)}
        context={`${shareOf(failure.cost, success.cost + failure.cost)} of tasks with an outcome, by ${counted(failure.tasks, "task")}`}
      />
      <Kpi
        label="Outcome not told"
        figure={untold.tasks === 0n ? "none" : formatCount(untold.tasks)}
        context={`tasks, ${formatUsd(untold.cost)}: in no figure at the left`}
      />
      <Kpi
        label="Turns per task, median"
        figure={figures.medianTurns === null ? "none" : formatCount(figures.medianTurns)}
        context={
          figures.p95Turns === null
            ? "no call names a task"
            : `95 of 100 tasks take at most ${formatCount(figures.p95Turns)}; the input of ${shareOf(figures.grown, figures.tasks)} grew ×${growthTimes(view)}`
        }
      />
    </KpiStrip>
  );
}

/** What the cost of a success is over, and which successes it leaves out. */
function overSuccesses({ byEnding: { success, failure } }: Sums): string {
  if (success.tasks + failure.tasks === 0n) return "no outcome was told";
  if (success.tasks === 0n) return "no task succeeded";
  const left = success.unpricedTasks;
  const over = counted(pricedOf(success), "success", "successes");
  const apart = left === 0n ? "" : `; ${formatCount(left)} without a price left out`;
  return `${formatUsd(success.cost + failure.cost)}, failures included, over ${over}${apart}`;
}
