import { type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent, formatUsd } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import { toErrorStatuses } from "@/lib/reports/error-statuses";
import type { Row } from "@/lib/reports/schema";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { sumOf, valueLabel } from "../panels/stack";
import { ratioOf } from "../panels/summarize";
import { choose, exportMenu, here, there, type View } from "../view";
import { CountBar } from "./count-bar";
import { CUTS, type Cut, readAllCalls, readCells } from "./read-reliability";

type Props = { scope: Scope; view: View };

const ROWS = 8;
const NAMES: Readonly<Record<string, string>> = {
  "400": "bad request",
  "401": "not authenticated",
  "403": "forbidden",
  "404": "not found",
  "408": "timed out",
  "413": "too large",
  "429": "rate limited",
  "499": "client gave up",
  "500": "provider's error",
  "502": "bad gateway",
  "503": "unavailable",
  "504": "gateway timed out",
  "529": "overloaded",
  "599": "no answer came",
};

/** Which statuses failed attempts came back with, where, and what they cost all the same. */
export function ErrorStatuses({ scope, view }: Props) {
  const cut = choose<Cut>(view, "group", CUTS);
  return (
    <Panel
      title="Errors by status"
      question="What do attempts fail with, where, and is it billed?"
      span={7}
      height={330}
      skeleton={<PanelSkeleton rows={10} note="Counting the attempts that failed, one by one" />}
      menu={exportMenu(view, "error-statuses", { group: cut })}
      right={
        <Segmented
          label="Errors by"
          value={cut}
          options={CUTS.map((value, at) => ({
            value,
            label: value,
            href: here(view, { group: at === 0 ? null : value }),
          }))}
        />
      }
    >
      <Scanned view={view}>{() => list(scope, view, cut)}</Scanned>
    </Panel>
  );
}

async function list(scope: Scope, view: View, cut: Cut) {
  const [cells, { calls }] = await Promise.all([readCells(scope, view, cut), readAllCalls(scope, view)]);
  if (calls === 0n) return <NoCalls view={view} />;
  const { rows, totals } = toErrorStatuses(cells, [cut], calls);
  if (rows.length === 0)
    return <Empty title="No attempt failed">{formatCount(calls)} calls, all of them answered.</Empty>;
  const largest = Number(rows[0]?.calls ?? 0n);
  const shown = rows.slice(0, ROWS);
  const rest = rows.slice(ROWS);
  const dataRows = shown.map((row): DataRow => {
    const [status, name] = [String(row.status), String(row[cut])];
    return {
      key: `${status} ${name}`,
      href: there(view, "/calls", { "filter.status": status, [`filter.${cut}`]: name }),
      cells: {
        ...cellsOf(row, largest),
        status: `${status} ${NAMES[status] ?? ""}`.trim(),
        name: <Name cut={cut} name={name} />,
      },
    };
  });
  if (rest.length > 0) {
    const status = `${formatCount(rest.length)} ${rest.length === 1 ? "other" : "others"}`;
    dataRows.push({ key: "\u0001others", kind: "others", cells: { ...cellsOf(sumRows(rest, calls), null), status } });
  }
  return (
    <>
      <DataTable
        label="Errors by status"
        columns={[
          { key: "status", label: "Status", align: "left" },
          { key: "name", label: DIMENSION_CATALOGUE[cut].label, align: "left" },
          { key: "calls", label: "Failed", width: 110 },
          { key: "share", label: "Of all calls", onPhone: false },
          { key: "retries", label: "Retries", onPhone: false },
          { key: "cost", label: "Billed", onPhone: false },
        ]}
        rows={dataRows}
        sort={null}
        total={{ ...cellsOf(totals, null), status: "All that failed" }}
      />
      <PanelFoot>
        Billed is what failed attempts cost all the same: a stream that broke. An attempt that no answer came to may
        have been billed, and is unpriced, not free.
      </PanelFoot>
    </>
  );
}

/** Rows as one: the sums, and their share of all calls anew. */
function sumRows(rows: readonly Row[], all: bigint): Row {
  const sum = (key: string) => rows.reduce((total, row) => total + sumOf(row, key), 0n);
  const calls = sum("calls");
  return {
    calls,
    share_of_calls: all === 0n ? null : Number(calls) / Number(all),
    retries: sum("retries"),
    cost: sum("cost"),
    unpriced_calls: sum("unpriced_calls"),
  };
}

function Name({ cut, name }: { cut: Cut; name: string }) {
  return (
    <span className="block max-w-[180px] truncate max-phone:max-w-[88px]" title={name}>
      {valueLabel(cut, name)}
    </span>
  );
}

function cellsOf(row: Row, largest: number | null) {
  const none = <Muted>none</Muted>;
  const calls = sumOf(row, "calls");
  const [cost, unpriced] = [sumOf(row, "cost"), sumOf(row, "unpriced_calls")];
  const billed = cost > 0n ? formatUsd(cost) : unpriced > 0n ? null : "nothing";
  return {
    calls: largest ? <CountBar count={calls} share={Number(calls) / largest} /> : formatCount(calls),
    share: formatPercent(ratioOf(row, "share_of_calls") ?? 0, 2),
    retries: sumOf(row, "retries") === 0n ? none : formatCount(sumOf(row, "retries")),
    cost:
      billed === null || billed === "nothing" ? <Muted>{billed ?? `${formatCount(unpriced)} unpriced`}</Muted> : billed,
  };
}
