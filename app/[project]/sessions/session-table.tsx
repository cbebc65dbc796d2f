import { DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { placesFor } from "../panels/breakdown-columns";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { largestOf } from "../panels/stack";
import { readSpend } from "../tasks/read-tasks";
import { exportMenu, type View } from "../view";
import { readSessions } from "./read-sessions";
import { SESSION_COLUMNS, toSessionRow } from "./session-columns";
import { shareOf } from "./trace-words";

type Props = { scope: Scope; view: View };

/** The sessions that cost most in the period, the dearest first. */
export function SessionTable({ scope, view }: Props) {
  return (
    <Panel
      title="Dearest sessions"
      question="Which conversations cost most, and do they grow?"
      height={420}
      skeleton={<PanelSkeleton rows={12} note="Adding up the calls of every session" />}
      menu={exportMenu(view, "dearest-sessions")}
      right={<Count scope={scope} view={view} />}
    >
      <Scanned view={view}>{() => rowsOf(scope, view)}</Scanned>
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const read = await readSessions(scope, view).catch(() => null);
  if (!read || read.sessions.length === 0) return null;
  const { sessions, summary } = read;
  const cost = sessions.reduce((sum, session) => sum + session.cost, 0n);
  return (
    <PanelCount>
      {BigInt(sessions.length) === summary.sessions
        ? `${formatCount(summary.sessions)} of ${formatCount(summary.sessions)}`
        : `top ${sessions.length} of ${formatCount(summary.sessions)}, ${shareOf(cost, summary.cost)} of their spend`}
    </PanelCount>
  );
}

async function rowsOf(scope: Scope, view: View) {
  const { sessions } = await readSessions(scope, view);
  if (sessions.length === 0) return <NoSessions scope={scope} view={view} />;
  const costs = sessions.map(({ cost }) => cost);
  const [largest, places] = [largestOf(costs), placesFor(costs, 2)];
  return (
    <>
      <DataTable
        label="Dearest sessions"
        columns={SESSION_COLUMNS}
        rows={sessions.map((session) => toSessionRow(session, view, largest, places))}
        sort={null}
      />
      <PanelFoot>
        Calls of the period only; the page of a session has all of its calls. “Sent before” is the most that can have
        been sent before, as a share of the input
      </PanelFoot>
    </>
  );
}

/** What to do where no call says which conversation it belongs to. */
export async function NoSessions({ scope, view }: Props) {
  const { calls } = await readSpend(scope, view);
  if (calls === 0n) return <NoCalls view={view} />;
  return (
    <Empty title="No sessions in this period">
      A call belongs to a conversation by its <code className="mono">session_id</code>. None of the calls here names
      one.
    </Empty>
  );
}
