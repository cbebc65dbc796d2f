import { type DataRow, DataTable } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatChange, formatCount, formatPercent, formatUsd } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import type { Row } from "@/lib/reports/schema";
import { placesFor } from "../panels/breakdown-columns";
import { NameCell } from "../panels/name-cell";
import { NoCalls } from "../panels/no-calls";
import { sumOf } from "../panels/stack";
import { exactOf, ratioOf } from "../panels/summarize";
import { choose, drillHref, exportMenu, here, type View } from "../view";
import { CUTS, type Cut, readRetryCost } from "./read-reliability";

type Props = { scope: Scope; view: View };

const ROWS = 10;

const cutOf = (view: View) => choose<Cut>(view, "by", CUTS);

/** What attempts after the first cost, where, and what share of the spend that is. */
export function RetryCost({ scope, view }: Props) {
  const cut = cutOf(view);
  return (
    <Panel
      title="Spent on retries"
      question="What do attempts after the first cost, and where?"
      height={330}
      menu={exportMenu(view, "retry-cost", { group: cut })}
      right={
        <>
          <Segmented
            label="Retries by"
            value={cut}
            options={CUTS.map((value, at) => ({
              value,
              label: value,
              href: here(view, { by: at === 0 ? null : value }),
            }))}
          />
          <Count scope={scope} view={view} />
        </>
      }
    >
      <Rows scope={scope} view={view} />
    </Panel>
  );
}

async function readRetried(scope: Scope, view: View) {
  const result = await readRetryCost(scope, view, cutOf(view));
  return {
    ...result,
    retried: result.rows.filter((row) => sumOf(row, "retries") > 0n || sumOf(row, "retry_cost") > 0n),
  };
}

async function Count({ scope, view }: Props) {
  const found = await readRetried(scope, view).catch(() => null);
  if (!found || found.retried.length === 0) return null;
  const { retried } = found;
  return (
    <PanelCount>{`top ${Math.min(ROWS, retried.length)} of ${formatCount(retried.length)} with retries`}</PanelCount>
  );
}

async function Rows({ scope, view }: Props) {
  const cut = cutOf(view);
  const { rows, retried, totals, compare } = await readRetried(scope, view);
  if (rows.length === 0) return <NoCalls view={view} />;
  if (retried.length === 0) {
    return (
      <Empty title="No retries">{formatCount(sumOf(totals, "calls"))} calls, none of them a second attempt.</Empty>
    );
  }
  const shown = retried.slice(0, ROWS);
  const places = placesFor(
    shown.map((row) => sumOf(row, "retry_cost")),
    2,
  );
  const largest = Number(sumOf(shown[0] ?? {}, "retry_cost"));
  const hasCompare = compare !== null;
  const dataRows = shown.map((row): DataRow => {
    const name = String(row[cut]);
    return {
      key: name,
      href: drillHref(view, cut, name),
      cells: { ...cellsOf(row, places, largest), name: <NameCell dimension={cut} name={name} colors={null} /> },
    };
  });
  const others = rows.filter((row) => !shown.includes(row));
  if (others.length > 0) {
    const label = `${formatCount(others.length)} ${others.length === 1 ? "other" : "others"}`;
    dataRows.push({
      key: "\u0001others",
      kind: "others",
      cells: { ...cellsOf(sumRows(others), places, null), name: label },
    });
  }
  return (
    <>
      <DataTable
        label="Spent on retries"
        columns={[
          { key: "name", label: DIMENSION_CATALOGUE[cut].label, align: "left" },
          { key: "retry_cost", label: "Spent on retries", width: 150 },
          { key: "share", label: "Of its spend", onPhone: false },
          ...(hasCompare ? [{ key: "change", label: "Change" }] : []),
          { key: "retries", label: "Retries", onPhone: false },
          { key: "retry_share", label: "Of its calls", onPhone: false },
          { key: "cost", label: "Spend", isMuted: true, onPhone: false },
        ]}
        rows={dataRows}
        sort={null}
        total={{
          ...cellsOf(totals, places, null),
          name: `All ${formatCount(rows.length)} ${DIMENSION_CATALOGUE[cut].plural}`,
        }}
      />
      <PanelFoot>
        A retry is an attempt after the first, whatever became of it. The first attempts that failed cost nothing unless
        a stream broke.{unpricedNote(sumOf(totals, "unpriced_retries"))}
      </PanelFoot>
    </>
  );
}

const unpricedNote = (retries: bigint) =>
  retries === 0n ? "" : ` ${formatCount(retries)} retries are unpriced and in no sum.`;

const SUMMED = ["retry_cost", "cost", "retries", "calls", "unpriced_retries", "compare_retry_cost"];

/** Rows as one: the sums, and their shares anew. */
function sumRows(rows: readonly Row[]): Row {
  const sums = Object.fromEntries(SUMMED.map((key) => [key, rows.reduce((all, row) => all + sumOf(row, key), 0n)]));
  const share = (part: string, whole: string) => (sums[whole] ? Number(sums[part]) / Number(sums[whole]) : null);
  return { ...sums, retry_cost_share: share("retry_cost", "cost"), retry_share: share("retries", "calls") };
}

function cellsOf(row: Row, places: number, largest: number | null) {
  const none = <Muted>none</Muted>;
  const cost = sumOf(row, "retry_cost");
  const isUnknown = cost === 0n && sumOf(row, "unpriced_retries") > 0n;
  const share = (key: string) => {
    const value = ratioOf(row, key);
    return value ? formatPercent(value, 2) : none;
  };
  return {
    retry_cost: isUnknown ? (
      <Muted>unpriced</Muted>
    ) : largest === null ? (
      formatUsd(cost, { places })
    ) : (
      <MoneyCell picos={cost} places={places} share={largest > 0 ? Number(cost) / largest : undefined} />
    ),
    share: share("retry_cost_share"),
    change: isUnknown ? none : <Change change={formatChange(cost, exactOf(row, "compare_retry_cost"))} />,
    retries: sumOf(row, "retries") === 0n ? none : formatCount(sumOf(row, "retries")),
    retry_share: share("retry_share"),
    cost: formatUsd(sumOf(row, "cost"), { places: 2 }),
  };
}
