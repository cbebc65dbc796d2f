import Link from "next/link";
import { DataTable } from "@/components/data-table/data-table";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { placesFor } from "../panels/breakdown-columns";
import { mayScan } from "../panels/may-scan";
import { Scanned } from "../panels/scanned";
import { largestOf } from "../panels/stack";
import { exportMenu, there, type View } from "../view";
import { readSessions } from "./read-sessions";
import { SESSION_COLUMNS, toSessionRow } from "./session-columns";
import { NoSessions } from "./session-table";

type Props = { scope: Scope; view: View };

const ROWS = 8;
const SHOWN = ["session", "feature", "calls", "growth", "started", "cost"];
const COLUMNS = SHOWN.flatMap((key) => SESSION_COLUMNS.find((column) => column.key === key) ?? []);

/** The dearest sessions of the tenant whose page it stands on. */
export function TenantSessions({ scope, view }: Props) {
  return (
    <Panel
      title="Dearest sessions"
      question="Which conversations cost most?"
      span={7}
      height={330}
      skeleton={<PanelSkeleton rows={8} note="Adding up the calls of every session" />}
      menu={exportMenu(view, "dearest-sessions")}
      right={<Count scope={scope} view={view} />}
    >
      <Scanned view={view} reads="aside">
        {() => rowsOf(scope, view)}
      </Scanned>
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const read = await mayScan(view, "aside")
    .then(() => readSessions(scope, view))
    .catch(() => null);
  const count = read?.summary.sessions ?? 0n;
  return count > 0n && <PanelCount>{`${count < ROWS ? count : ROWS} of ${formatCount(count)}`}</PanelCount>;
}

async function rowsOf(scope: Scope, view: View) {
  const { sessions } = await readSessions(scope, view);
  if (sessions.length === 0) return <NoSessions scope={scope} view={view} />;
  const shown = sessions.slice(0, ROWS);
  const costs = shown.map(({ cost }) => cost);
  const [largest, places] = [largestOf(costs), placesFor(costs, 2)];
  return (
    <>
      <DataTable
        label="Dearest sessions"
        columns={COLUMNS}
        rows={shown.map((session) => toSessionRow(session, view, largest, places))}
        sort={null}
      />
      <PanelFoot link={<Link href={there(view, "/sessions")}>All sessions</Link>}>Calls of the period only</PanelFoot>
    </>
  );
}
