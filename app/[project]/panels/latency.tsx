import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatMs } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import { runReport } from "@/lib/reports/registry";
import type { Dimension, Row } from "@/lib/reports/schema";
import { choose, drillHref, exportMenu, here, type View } from "../view";
import type { Reads } from "./may-scan";
import { NameCell } from "./name-cell";
import { NoCalls } from "./no-calls";
import { Scanned } from "./scanned";
import { sumOf } from "./stack";
import { ratioOf } from "./summarize";

const CUTS = { model: ["model"], feature: ["feature"], both: ["model", "feature"] } as const;
type Cut = keyof typeof CUTS;

type Props = {
  scope: Scope;
  view: View;
  /** What it can be cut by, as `split` in the URL; the first is the default. */
  cuts: readonly [Cut, ...Cut[]];
  limit?: number;
  /** Whether the page is about it. */
  reads?: Reads;
};

/** Median, 95th and 99th percentile of latency and time to first token, from the calls themselves. */
export function Latency({ scope, view, cuts, limit = 25, reads = "aside" }: Props) {
  const cut = choose<Cut>(view, "split", cuts);
  return (
    <Panel
      title="Latency"
      question="How slow is it, in the middle and at worst?"
      height={300}
      skeleton={
        <PanelSkeleton rows={8} note="Reading the latency of every call: a month of many millions takes some seconds" />
      }
      menu={exportMenu(view, "latency-percentiles", { group: [...CUTS[cut]] })}
      right={
        cuts.length > 1 && (
          <Segmented
            label="Latency by"
            value={cut}
            options={cuts.map((value, at) => ({
              value,
              label: value === "both" ? "model and feature" : value,
              href: here(view, { split: at === 0 ? null : value }),
            }))}
          />
        )
      }
    >
      <Scanned view={view} reads={reads}>
        {() => list(scope, view, CUTS[cut], limit)}
      </Scanned>
    </Panel>
  );
}

async function list(scope: Scope, view: View, dimensions: readonly Dimension[], limit: number) {
  const query = { ...view.query, compare: null, groupBy: dimensions, bucket: null, sort: null, limit };
  const { rows, totals, rowCount, coverage } = await runReport(scope, "latency-percentiles", query);
  if (rows.length === 0) return <NoCalls view={view} />;
  const worst = Math.max(...rows.map((row) => ratioOf(row, "latency_p99") ?? 0));
  const dataRows = rows.map((row): DataRow => {
    const [name = ""] = dimensions.map((dimension) => String(row[dimension]));
    const cells = dimensions.map((dimension) => [
      dimension,
      <NameCell key={dimension} dimension={dimension} name={String(row[dimension])} colors={null} />,
    ]);
    return {
      key: dimensions.map((dimension) => row[dimension]).join(" "),
      href: drillHref(view, dimensions[0] ?? "model", name),
      cells: { ...cellsOf(row, worst), ...Object.fromEntries(cells) },
    };
  });
  const [first] = dimensions;
  const measured = sumOf(totals, "latency_calls");
  return (
    <>
      <DataTable
        label="Latency"
        columns={columnsOf(dimensions)}
        rows={dataRows}
        sort={null}
        total={{ ...cellsOf(totals, null), [first ?? "model"]: "All calls together" }}
      />
      <PanelFoot>
        {rowCount > rows.length && `The ${rows.length} with the most calls of ${formatCount(rowCount)}. `}
        Of {formatCount(measured)} calls that tell their latency, succeeded and were no batch, of{" "}
        {formatCount(coverage.calls)}: a refusal is quick, and for a batch nobody waits. Nearest rank over all of them;
        the last row is no mean of those above. First token where the sender tells it.
      </PanelFoot>
    </>
  );
}

function columnsOf(dimensions: readonly Dimension[]): readonly DataColumn[] {
  return [
    ...dimensions.map(
      (key, at): DataColumn => ({ key, label: DIMENSION_CATALOGUE[key].label, align: "left", onPhone: at === 0 }),
    ),
    { key: "calls", label: "Measured", isMuted: true, onPhone: false },
    { key: "p50", label: "p50" },
    { key: "p95", label: "p95" },
    { key: "p99", label: "p99", onPhone: false },
    { key: "spread", label: "p50 to p95, p99", align: "left", width: 170, onPhone: false },
    { key: "ttft_calls", label: "With first token", isMuted: true, onPhone: false },
    { key: "ttft_p50", label: "First token p50", onPhone: false },
    { key: "ttft_p95", label: "p95", onPhone: false },
    { key: "ttft_p99", label: "p99", onPhone: false },
  ];
}

function cellsOf(row: Row, worst: number | null) {
  const none = <Muted>none</Muted>;
  const ms = (key: string) => {
    const value = ratioOf(row, key);
    return value === null ? none : formatMs(value);
  };
  const told = sumOf(row, "ttft_calls");
  return {
    calls: formatCount(sumOf(row, "latency_calls")),
    p50: ms("latency_p50"),
    p95: <span className="font-medium">{ms("latency_p95")}</span>,
    p99: ms("latency_p99"),
    spread: worst ? <Spread row={row} worst={worst} /> : null,
    ttft_calls: told === 0n ? <Muted>not told</Muted> : formatCount(told),
    ttft_p50: ms("ttft_p50"),
    ttft_p95: ms("ttft_p95"),
    ttft_p99: ms("ttft_p99"),
  };
}

/** From the median to the 95th percentile a bar, at the 99th a tick; its figures stand beside it. */
function Spread({ row, worst }: { row: Row; worst: number }) {
  const at = (key: string) => ((ratioOf(row, key) ?? 0) / worst) * 100;
  const [p50, p95, p99] = [at("latency_p50"), at("latency_p95"), at("latency_p99")];
  return (
    <span aria-hidden className="relative block h-2.5 w-[150px]">
      <span className="absolute inset-x-0 top-[3px] h-1 rounded-[1px] bg-inset" />
      <span
        className="absolute top-[3px] h-1 min-w-0.5 rounded-[1px] bg-chart-1"
        style={{ left: `${p50}%`, width: `${p95 - p50}%` }}
      />
      <span className="absolute inset-y-0 w-0.5 bg-chart-other" style={{ left: `min(${p99}%, calc(100% - 2px))` }} />
    </span>
  );
}
