import Link from "next/link";
import { type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";
import { countAttempts } from "@/lib/reports/attempts-per-operation";
import type { Row } from "@/lib/reports/schema";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { sumOf } from "../panels/stack";
import { choose, exportMenu, there, type View } from "../view";
import { CountBar } from "./count-bar";
import { CUTS, type Cut, readAllCalls, readCells } from "./read-reliability";

type Props = { scope: Scope; view: View };

/** Attempt numbers below this have a row of their own; what took more is one. */
const NAMED = 5;

/** With how many attempts operations end. */
export function Attempts({ scope, view }: Props) {
  return (
    <Panel
      title="Attempts per operation"
      question="How many attempts does it take, and what do the later ones cost?"
      span={5}
      height={330}
      skeleton={<PanelSkeleton rows={6} note="Counting retries, one by one" />}
      menu={exportMenu(view, "attempts-per-operation")}
    >
      <Scanned view={view}>{() => list(scope, view)}</Scanned>
    </Panel>
  );
}

async function list(scope: Scope, view: View) {
  const cut = choose<Cut>(view, "group", CUTS);
  const [cells, all] = await Promise.all([readCells(scope, view, cut), readAllCalls(scope, view)]);
  if (all.calls === 0n) return <NoCalls view={view} />;
  const { rows, totals } = countAttempts(cells, all);
  const operations = sumOf(totals, "ended");
  const named = rows.filter(({ attempt }) => Number(attempt) < NAMED);
  const later = rows.filter(({ attempt }) => Number(attempt) >= NAMED);
  const most = Math.max(...rows.map(({ attempt }) => Number(attempt)));
  const dataRows = named.map((row) => toRow(String(row.attempt), [row], operations));
  if (later.length > 0) dataRows.push(toRow(most > NAMED ? `${NAMED} to ${most}` : `${NAMED}`, later, operations));
  return (
    <>
      <DataTable
        label="Attempts per operation"
        columns={[
          { key: "attempts", label: "Attempt", align: "left" },
          { key: "ended", label: "Ended here", width: 100 },
          { key: "share", label: "Of operations", onPhone: false },
          { key: "calls", label: "Attempts" },
          { key: "failed", label: "Failed", onPhone: false },
          { key: "cost", label: "Their spend" },
        ]}
        rows={dataRows}
        sort={null}
        total={{ ...cellsOf([totals], operations, false), attempts: "All" }}
      />
      <PanelFoot>
        {formatCount(operations)} operations in {formatCount(all.calls)} attempts: how many ended with each, then all
        attempts of that number and what they cost. An operation is a first attempt and its{" "}
        <Link href={there(view, "/calls", { "filter.attempt": "retry" })} className="link">
          retries
        </Link>
        .
      </PanelFoot>
    </>
  );
}

function toRow(attempts: string, rows: readonly Row[], operations: bigint): DataRow {
  return { key: attempts, cells: { ...cellsOf(rows, operations, true), attempts } };
}

function cellsOf(rows: readonly Row[], operations: bigint, hasBar: boolean) {
  const sum = (key: string) => rows.reduce((all, row) => all + sumOf(row, key), 0n);
  const [ended, calls, failed, cost] = [sum("ended"), sum("calls"), sum("failed"), sum("cost")];
  const share = operations === 0n ? 0 : Number(ended) / Number(operations);
  return {
    ended: hasBar ? <CountBar count={ended} share={share} /> : formatCount(ended),
    share: formatPercent(share, 2),
    calls: formatCount(calls),
    failed: failed === 0n ? <Muted>none</Muted> : formatCount(failed),
    cost: formatUsd(cost, { places: 2 }),
  };
}
