import { DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { groupTasks } from "@/lib/reports/task-report";
import { figuresOf } from "@/lib/tasks/figures";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { largestOf } from "../panels/stack";
import { choose, exportMenu, here, type View } from "../view";
import { COLUMNS, figureCells, type Look, readOrder, sortGroups, toGroupRow } from "./cost-columns";
import { CUTS, type Cut, growthTimes, readSpend, readTasks } from "./read-tasks";

type Props = { scope: Scope; view: View };

const ROWS = 50;

/** What a successful task costs by feature or deploy, with what its failures cost; the rows add up to the total. */
export function CostTable({ scope, view }: Props) {
  const by = choose(view, "by", CUTS);
  return (
    <Panel
      title="Cost per successful task"
      question={by === "feature" ? "Which feature pays for its failures?" : "Which deploy made success dearer?"}
      height={330}
      skeleton={<PanelSkeleton rows={9} note="Adding up the calls of every task" />}
      menu={exportMenu(view, "cost-per-successful-task", { group_by: by })}
      right={
        <>
          <Segmented
            label="Cost per successful task by"
            value={by}
            options={CUTS.map((cut) => ({ value: cut, label: cut, href: here(view, { by: cut }) }))}
          />
          <Count scope={scope} view={view} by={by} />
        </>
      }
    >
      <Scanned view={view}>{() => rowsOf(scope, view, by)}</Scanned>
    </Panel>
  );
}

async function Count({ scope, view, by }: Props & { by: Cut }) {
  const read = await readTasks(scope, view).catch(() => null);
  const count = read ? groupTasks(read.cells[by], [by]).length : 0;
  return count > 0 && <PanelCount>{`${Math.min(count, ROWS)} of ${formatCount(count)}`}</PanelCount>;
}

async function rowsOf(scope: Scope, view: View, by: Cut) {
  const { cells, figures } = await readTasks(scope, view);
  const order = readOrder(view);
  const groups = sortGroups(groupTasks(cells[by], [by]), order);
  if (groups.length === 0) return <NoTasks scope={scope} view={view} />;
  const shown = groups.slice(0, ROWS);
  const rest = new Set(groups.slice(ROWS).map(({ names }) => names[by]));
  const look: Look = { view, by, largest: largestOf(shown.map((group) => group.figures.cost)) };
  const others = figuresOf(cells[by].filter((cell) => rest.has(cell[by])));
  return (
    <>
      <DataTable
        label="Cost per successful task"
        columns={COLUMNS(by, growthTimes(view))}
        rows={[
          ...shown.map((group) => toGroupRow(group, look)),
          ...(rest.size > 0
            ? [
                {
                  key: "others",
                  kind: "others" as const,
                  cells: { name: `${formatCount(rest.size)} others`, ...figureCells(others, null) },
                },
              ]
            : []),
        ]}
        sort={order}
        defaultSort={{ key: "cost", dir: "desc" }}
        sortParam="order"
        total={{
          name: `All ${formatCount(groups.length)} ${groups.length === 1 ? by : `${by}s`}`,
          ...figureCells(figures, null),
        }}
      />
      <PanelFoot>
        Cost of all tasks with an outcome, failures too, over the successes that have a price. A task counts with the{" "}
        {by} of its first call
      </PanelFoot>
    </>
  );
}

/** What to do where no call says which task it belongs to. */
export async function NoTasks({ scope, view }: Props) {
  const { calls } = await readSpend(scope, view);
  if (calls === 0n) return <NoCalls view={view} />;
  return (
    <Empty title="No tasks in this period">
      A call belongs to a task by its <code className="mono">task_id</code>. None of the calls here names one.
    </Empty>
  );
}
