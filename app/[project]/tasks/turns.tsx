import { BarList } from "@/components/charts/bar-list";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { TURN_STEPS } from "@/lib/tasks/figures";
import { Scanned } from "../panels/scanned";
import { counted, shareOf } from "../sessions/trace-words";
import { choose, exportMenu, type View } from "../view";
import { NoTasks } from "./cost-table";
import { CUTS, growthTimes, readTasks } from "./read-tasks";

/** How many turns tasks take, and how many of them send ever more. */
export function Turns({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Turns per task"
      question="How many turns does a task take, and does its input grow?"
      span={6}
      height={300}
      menu={exportMenu(view, "turns-per-task", { group_by: choose(view, "by", CUTS) })}
    >
      <Scanned view={view}>{() => stepsOf(scope, view)}</Scanned>
    </Panel>
  );
}

async function stepsOf(scope: Scope, view: View) {
  const { figures } = await readTasks(scope, view);
  const { tasks, medianTurns, p95Turns, maxTurns } = figures;
  if (tasks === 0n || medianTurns === null) return <NoTasks scope={scope} view={view} />;
  return (
    <>
      <PanelBody>
        <BarList
          label="Tasks by turns"
          rows={TURN_STEPS.filter(({ from }) => from <= (maxTurns ?? 0)).map(({ key, label }, at) => {
            const count = figures.steps[at] ?? 0n;
            return {
              key,
              name: `${label} ${key === "1" ? "turn" : "turns"}`,
              note: count === 0n ? "none" : shareOf(count, tasks),
              size: Number(count),
              value: formatCount(count),
              tone: "volume" as const,
            };
          })}
        />
      </PanelBody>
      <PanelFoot>
        Median {formatCount(medianTurns)}, 95 of 100 at most {formatCount(p95Turns ?? 0)}, most{" "}
        {formatCount(maxTurns ?? 0)}. A retry is no turn. {counted(figures.grown, "task")} grew: the last input was{" "}
        {growthTimes(view)} times the first or more
      </PanelFoot>
    </>
  );
}
