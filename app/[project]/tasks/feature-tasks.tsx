import Link from "next/link";
import { Suspense } from "react";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import { PanelFrame } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatPercent, formatUsd, formatUsdParts } from "@/lib/format";
import { pricedOf } from "@/lib/tasks/figures";
import { mayScan } from "../panels/may-scan";
import { counted, shareOf } from "../sessions/trace-words";
import { there, type View } from "../view";
import { growthTimes, readTasks } from "./read-tasks";

type Props = { scope: Scope; view: View };

/** What a successful task of the feature costs; nothing where no outcome was told, or where it cannot be read in time. */
export function FeatureTasks(props: Props) {
  return (
    <Suspense
      fallback={
        <PanelFrame label="Tasks" className="min-h-[114px]">
          <p role="status" className="px-4 py-4 text-muted-foreground text-note">
            Adding up the calls of every task
          </p>
        </PanelFrame>
      }
    >
      <Figures {...props} />
    </Suspense>
  );
}

async function Figures({ scope, view }: Props) {
  const read = await mayScan(view, "aside")
    .then(() => readTasks(scope, view))
    .catch(() => null);
  const figures = read?.figures;
  if (!figures || figures.successRate === null) return null;
  const { success, failure, untold } = figures.byEnding;
  return (
    <KpiStrip hero={1} label="Tasks">
      <Kpi
        label="Cost per successful task"
        aside={
          <Link href={there(view, "/tasks")} className="link">
            Tasks
          </Link>
        }
        figure={figures.costPerSuccess === null ? "no success" : formatUsdParts(figures.costPerSuccess)}
        context={`failures included, over ${counted(pricedOf(success), "success", "successes")}`}
      />
      <Kpi
        label="Success rate"
        figure={formatPercent(figures.successRate)}
        context={`${counted(untold.tasks, "task")} without an outcome, ${formatUsd(untold.cost)}`}
      />
      <Kpi
        label="Cost of failures"
        figure={formatUsdParts(failure.cost)}
        context={`${shareOf(failure.cost, success.cost + failure.cost)} of tasks with an outcome, by ${counted(failure.tasks, "task")}`}
      />
      <Kpi
        label="Turns per task, median"
        figure={String(figures.medianTurns ?? "none")}
        context={`95 of 100 tasks take at most ${figures.p95Turns}; the input of ${shareOf(figures.grown, figures.tasks)} grew ×${growthTimes(view)}`}
      />
    </KpiStrip>
  );
}
