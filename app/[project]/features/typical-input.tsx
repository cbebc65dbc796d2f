import { type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { NameCell } from "../panels/name-cell";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { sumOf } from "../panels/stack";
import { ratioOf } from "../panels/summarize";
import { drillHref, exportMenu, type View } from "../view";

const LIMIT = 25;

/** Input tokens of the typical call beside the mean, by feature: a few long prompts move the one, and not the other. */
export function TypicalInput({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Typical input"
      question="Does every prompt grow, or only the longest? Input tokens of a call, cached and fresh"
      height={300}
      skeleton={
        <PanelSkeleton rows={8} note="Reading the input of every call: a month of many millions takes some seconds" />
      }
      menu={exportMenu(view, "input-percentiles")}
    >
      <Scanned view={view} reads="aside">
        {() => list(scope, view)}
      </Scanned>
    </Panel>
  );
}

async function list(scope: Scope, view: View) {
  const query = { ...view.query, compare: null, groupBy: ["feature" as const], bucket: null, sort: null, limit: LIMIT };
  const { rows, totals, rowCount } = await runReport(scope, "input-percentiles", query);
  if (rows.length === 0) return <NoCalls view={view} />;
  const dataRows = rows.map((row): DataRow => {
    const name = String(row.feature);
    return {
      key: name,
      href: drillHref(view, "feature", name),
      cells: { ...cellsOf(row), name: <NameCell dimension="feature" name={name} colors={null} /> },
    };
  });
  return (
    <>
      <DataTable
        label="Typical input"
        columns={[
          { key: "name", label: "Feature", align: "left" },
          { key: "calls", label: "Calls that succeeded", isMuted: true, onPhone: false },
          { key: "mean", label: "Mean", isMuted: true },
          { key: "median", label: "Median" },
          { key: "ratio", label: "Mean ÷ median", onPhone: false },
          { key: "p95", label: "p95" },
          { key: "p99", label: "p99", onPhone: false },
        ]}
        rows={dataRows}
        sort={null}
        total={{ ...cellsOf(totals), name: "All calls together" }}
      />
      <PanelFoot>
        {rowCount > rows.length && `The ${rows.length} with the most calls of ${formatCount(rowCount)}. `}
        Of calls that succeeded; percentiles by nearest rank. A mean far above its median comes from a few long prompts.
      </PanelFoot>
    </>
  );
}

function cellsOf(row: Row) {
  const none = <Muted>none</Muted>;
  const tokens = (key: string) => {
    const value = ratioOf(row, `input_tokens_${key}`);
    return value === null ? none : formatCount(value);
  };
  const [median, mean] = [ratioOf(row, "input_tokens_p50"), ratioOf(row, "input_tokens_mean")];
  return {
    calls: formatCount(sumOf(row, "input_tokens_calls")),
    mean: tokens("mean"),
    median: <span className="font-medium">{tokens("p50")}</span>,
    ratio: mean === null || !median ? none : `${(mean / median).toFixed(1)} ×`,
    p95: tokens("p95"),
    p99: tokens("p99"),
  };
}
