import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCompact, formatCount, formatDuration, formatMinute, formatSha } from "@/lib/format";
import type { Task } from "@/lib/tasks/read-tasks";
import { placesFor } from "../panels/breakdown-columns";
import { Scanned } from "../panels/scanned";
import { largestOf } from "../panels/stack";
import { traceHref } from "../sessions/trace-links";
import { growthText, shareOf } from "../sessions/trace-words";
import { exportMenu, type View } from "../view";
import { NoTasks } from "./cost-table";
import { EndingBadge } from "./ending-badge";
import { growthTimes, readTasks } from "./read-tasks";

type Props = { scope: Scope; view: View };

const COLUMNS: readonly DataColumn[] = [
  { key: "task", label: "Task", align: "left" },
  { key: "tenant", label: "Tenant", align: "left", onPhone: false },
  { key: "feature", label: "Feature", align: "left", onPhone: false },
  { key: "deploy", label: "Deploy", align: "left", onPhone: false },
  { key: "outcome", label: "Outcome", align: "left" },
  { key: "turns", label: "Turns", onPhone: false },
  { key: "calls", label: "Calls", onPhone: false },
  { key: "started", label: "First call, UTC", onPhone: false },
  { key: "duration", label: "Duration", onPhone: false },
  { key: "input", label: "Input, first → last", onPhone: false },
  { key: "growth", label: "Growth", onPhone: false },
  { key: "cost", label: "Cost", width: 130 },
];

/** The tasks that cost most in the period, the dearest first. */
export function DearestTasks({ scope, view }: Props) {
  return (
    <Panel
      title="Dearest tasks"
      question="Which tasks cost most, and how did they end?"
      height={420}
      skeleton={<PanelSkeleton rows={12} />}
      menu={exportMenu(view, "dearest-tasks")}
      right={<Count scope={scope} view={view} />}
    >
      <Scanned view={view}>{() => rowsOf(scope, view)}</Scanned>
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const read = await readTasks(scope, view).catch(() => null);
  if (!read || read.dearest.length === 0) return null;
  const { dearest, figures } = read;
  const cost = dearest.reduce((sum, task) => sum + task.cost, 0n);
  return (
    <PanelCount>
      top {dearest.length} of {formatCount(figures.tasks)}, {shareOf(cost, figures.cost)} of their spend
    </PanelCount>
  );
}

async function rowsOf(scope: Scope, view: View) {
  const { dearest } = await readTasks(scope, view);
  if (dearest.length === 0) return <NoTasks scope={scope} view={view} />;
  const costs = dearest.map(({ cost }) => cost);
  const [largest, places] = [largestOf(costs), placesFor(costs, 2)];
  return (
    <>
      <DataTable
        label="Dearest tasks"
        columns={COLUMNS}
        rows={dearest.map((task) => toRow(task, view, largest, places))}
        sort={null}
      />
      <PanelFoot>Calls of the period only; the page of a task has all of its calls</PanelFoot>
    </>
  );
}

function toRow(task: Task, view: View, largest: bigint, places: number): DataRow {
  const { taskId: id, environment, tenant: tenantId, firstInputTokens: first, lastInputTokens: last } = task;
  const growth = growthText(first, last);
  const hasGrown = first !== null && last !== null && last >= first * BigInt(growthTimes(view));
  return {
    key: JSON.stringify([environment, tenantId, id]),
    href: traceHref(view, { kind: "task", id }, { environment, tenantId }),
    cells: {
      task: (
        <span className="mono block max-w-[170px] truncate max-phone:max-w-[104px]" title={id}>
          {id}
        </span>
      ),
      tenant: <Name text={tenantId} />,
      feature: <Name text={task.feature} />,
      deploy: (
        <span className="mono block max-w-[90px] truncate" title={task.deploy}>
          {formatSha(task.deploy)}
        </span>
      ),
      outcome: <EndingBadge ending={task.ending} />,
      turns: formatCount(task.turns),
      calls: formatCount(task.calls),
      started: formatMinute(task.firstAt),
      duration: formatDuration(Number(task.durationMs)),
      input: first === null || last === null ? <Muted>none</Muted> : `${formatCompact(first)} → ${formatCompact(last)}`,
      growth:
        growth === null ? <Muted>none</Muted> : <span className={hasGrown ? "font-medium" : undefined}>{growth}</span>,
      cost:
        task.cost === 0n && task.unpricedCalls > 0n ? (
          <Muted>unpriced</Muted>
        ) : (
          <MoneyCell picos={task.cost} places={places} share={largest > 0n ? Number(task.cost) / Number(largest) : 0} />
        ),
    },
  };
}

function Name({ text }: { text: string }) {
  return (
    <span className="block max-w-[140px] truncate" title={text}>
      {text}
    </span>
  );
}
