import { Suspense } from "react";
import { type DataColumn, type DataRow, DataTable, type Sort } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import { BreakdownPages } from "../panels/breakdown-pages";
import { NameCell } from "../panels/name-cell";
import { NoCalls } from "../panels/no-calls";
import { SearchBox } from "../panels/search-box";
import { sumOf } from "../panels/stack";
import { drillHref, exportMenu, here, type View } from "../view";
import { moverCells, moverContext } from "./mover-cells";
import {
  type Grouping,
  groupingOf,
  pageOfMovers,
  readDifferences,
  readMovers,
  shownOf,
  sumByMovement,
} from "./read-movers";

type Props = { scope: Scope; view: View };

const LIMIT = 25;
const BY_SIZE: Sort = { key: "movement", dir: "desc" };

/** Everything that moved: before, now, the difference and its two parts. Rows, others and total add up. */
export function MoversTable({ scope, view }: Props) {
  const grouping = groupingOf(view);
  const { label, plural } = DIMENSION_CATALOGUE[grouping];
  return (
    <Panel
      title={`${plural[0]?.toUpperCase()}${plural.slice(1)}`}
      question="The rows and the others add up to the change exactly"
      height={420}
      menu={exportMenu(view, "movers", { group: grouping, sort: view.params.get("sort") })}
      right={<Count scope={scope} view={view} />}
      toolbar={
        <div className="flex flex-wrap items-center gap-2 px-4 pt-1.5 pb-2 max-phone:px-3.5" data-print="hide">
          <Suspense>
            <Ways scope={scope} view={view} />
          </Suspense>
          <SearchBox label={`Find a ${label.toLowerCase()}`} />
        </div>
      }
    >
      <Rows scope={scope} view={view} />
    </Panel>
  );
}

/** Which way the shown rows moved, with how many did. */
async function Ways({ scope, view }: Props) {
  const result = await readMovers(scope, view).catch(() => null);
  if (!result || result.rows.length === 0) return null;
  const shown = shownOf(view);
  const ways = sumByMovement(result).filter(({ movement, count }) => count > 0 || movement === shown);
  return (
    <Segmented
      label="Movement"
      value={shown}
      options={[
        { value: "all", label: "all", href: here(view, { show: null, page: null }) },
        ...ways.map(({ movement, count }) => ({
          value: movement,
          label: `${movement === "steady" ? "unchanged" : movement} ${formatCount(count)}`,
          href: here(view, { show: movement, page: null }),
        })),
      ]}
    />
  );
}

async function readPage({ scope, view }: Props) {
  const result = await readMovers(scope, view);
  const asked = Number(view.params.get("page") ?? 1);
  const page = Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
  const search = view.params.get("q") ?? "";
  const shown = shownOf(view);
  return {
    result,
    search,
    shown,
    ...pageOfMovers(result, groupingOf(view), { shown, search, page, limit: LIMIT }),
  };
}

async function Count(props: Props) {
  const read = await readPage(props).catch(() => null);
  if (!read || read.count === 0) return null;
  const { rows, count, offset } = read;
  if (rows.length === count) return <PanelCount>{`${formatCount(count)} of ${formatCount(count)}`}</PanelCount>;
  const which = offset === 0 ? `top ${rows.length}` : `${offset + 1} to ${offset + rows.length}`;
  return <PanelCount>{`${which} of ${formatCount(count)}`}</PanelCount>;
}

async function Rows({ scope, view }: Props) {
  const grouping = groupingOf(view);
  const { result, rows, others, otherCount, count, page, search, shown } = await readPage({ scope, view });
  const { totals } = result;
  if (result.rows.length === 0) return <NoCalls view={view} />;
  if (rows.length === 0) {
    const { plural } = DIMENSION_CATALOGUE[grouping];
    return (
      <Empty title={search ? `No name holds “${search}”` : `No ${plural} here`}>
        {`${formatCount(result.rows.length)} ${plural} are not shown.`}
      </Empty>
    );
  }
  const context = moverContext(rows, others !== null, await readDifferences(scope, view), grouping);
  const dataRows = rows.map((row, at): DataRow => {
    const name = String(row[grouping]);
    return {
      key: name,
      href: drillHref(view, grouping, name),
      excludeHref: here(view, { [`not.${grouping}`]: [...view.params.getAll(`not.${grouping}`), name] }),
      cells: { ...moverCells(row, context, at), name: <NameCell dimension={grouping} name={name} colors={null} /> },
    };
  });
  if (others) {
    const label = `${formatCount(otherCount)} ${otherCount === 1 ? "other" : "others"}`;
    dataRows.push({
      key: "\u0001others",
      kind: "others",
      cells: { ...moverCells(others, context, rows.length), name: label },
    });
  }
  const total = `All ${formatCount(result.rows.length)} ${DIMENSION_CATALOGUE[grouping].plural}`;
  return (
    <>
      <DataTable
        label="Movers"
        columns={columnsOf(grouping)}
        rows={dataRows}
        sort={view.query.sort ?? BY_SIZE}
        defaultSort={BY_SIZE}
        total={{ ...moverCells(totals, context, "total"), name: result.rows.length === 1 ? "Total" : total }}
      />
      {count > LIMIT && <BreakdownPages view={view} page={page} pages={Math.ceil(count / LIMIT)} />}
      <PanelFoot>
        {shown !== "all" || search ? "What the filter hides is among the others. " : ""}
        From volume is the calls more or less at the cost per call before; from cost per call is the rest.{" "}
        {unpricedNote(sumOf(totals, "compare_unpriced_calls"), sumOf(totals, "unpriced_calls"))}
      </PanelFoot>
    </>
  );
}

function unpricedNote(before: bigint, now: bigint): string {
  if (before + now === 0n) return "Every call of both periods has a price or costs nothing.";
  return `Unpriced, and in no figure but the calls: ${formatCount(before)} calls before, ${formatCount(now)} now.`;
}

function columnsOf(grouping: Grouping): readonly DataColumn[] {
  return [
    { key: "name", label: DIMENSION_CATALOGUE[grouping].label, sortKey: grouping, align: "left" },
    { key: "before", label: "Before", sortKey: "compare_cost", isMuted: true, onPhone: false },
    { key: "now", label: "Now", sortKey: "cost", onPhone: false },
    { key: "difference", label: "Difference", sortKey: "movement", width: 130 },
    { key: "share", label: "Of the change", onPhone: false },
    { key: "change", label: "Change", sortKey: "change_cost" },
    { key: "calls_before", label: "Calls before", sortKey: "compare_calls", isMuted: true, onPhone: false },
    { key: "calls", label: "now", sortKey: "calls", onPhone: false },
    { key: "volume", label: "From volume", onPhone: false },
    { key: "per_call", label: "From cost/call", onPhone: false },
  ];
}
