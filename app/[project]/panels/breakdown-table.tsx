import { STACKED } from "@/components/charts/series-color";
import { Sparkline } from "@/components/charts/sparkline";
import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { CoverageNote } from "@/components/shell/coverage-note";
import { Panel, PanelCount, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Segmented } from "@/components/ui/segmented";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatPercent } from "@/lib/format";
import { formatPeriod, PERIOD_PRESETS } from "@/lib/period";
import { DIMENSION_CATALOGUE, type MeasureKey } from "@/lib/reports/catalogue";
import type { Dimension, Row } from "@/lib/reports/schema";
import { drillHref, exportMenu, here, unpricedHref, type View } from "../view";
import { againstList, LIST_MEASURES, mayDifferFromList, unlistedNote } from "./against-list";
import { type BreakdownColumnKey, breakdownColumn, type CellContext, placesFor } from "./breakdown-columns";
import { BreakdownPages } from "./breakdown-pages";
import { entityColors } from "./entity-colors";
import { NameCell } from "./name-cell";
import { NoCalls } from "./no-calls";
import { type Breakdown, readBreakdown } from "./read-breakdown";
import { SearchBox } from "./search-box";
import { largestOf, sumOf } from "./stack";
import { WeekCell } from "./week-cell";

const SKELETON_ROWS = 8;
const DEFAULT_SORT = { key: "cost", dir: "desc" } as const;

/** `trend` is a sparkline of the period, `week` the last seven days against the seven before. */
type TableColumn = BreakdownColumnKey | "trend" | "week";

const isMeasured = (key: TableColumn): key is BreakdownColumnKey => key !== "trend" && key !== "week";

export type BreakdownTableProps = {
  scope: Scope;
  view: View;
  dimension: Dimension;
  title: string;
  question: string;
  columns: readonly TableColumn[];
  /** Rows on a page; the others are one row, then the total. */
  limit?: number;
  /** True for the one table of a page that can be searched and paged: `q` and `page` in the URL are its own. */
  isSearchable?: boolean;
  /** Other groupings as a segmented control; the first is the default. Written to `by`. */
  groupings?: readonly Dimension[];
  /** The colours of the chart beside it. */
  hasSwatch?: boolean;
  span?: 12 | 8 | 7 | 6;
  height?: number;
};

/**
 * Spend by one dimension as a table: top n with a bar in the cell, change, trend and the chosen measures, then the
 * others, then the total. A row leads to its entity; `sort` is in the URL. Handy for any dimension and page.
 */
export function BreakdownTable(props: BreakdownTableProps) {
  const { scope, view, dimension, title, question, columns, limit = 10, isSearchable, groupings = [], span } = props;
  const keys = columns.filter(isMeasured);
  const measures = [...new Set<MeasureKey>(["cost", "calls", ...keys.flatMap((key) => breakdownColumn(key).measures)])];
  const asked = {
    dimension,
    limit,
    page: isSearchable ? pageOf(view) : 1,
    search: isSearchable ? (view.params.get("q") ?? "") : "",
    hasTrend: columns.includes("trend"),
    hasWeek: columns.includes("week"),
  };
  const read = mayDifferFromList(scope, view.query.period).then((differs) =>
    readBreakdown(scope, view, { ...asked, measures: differs ? [...measures, ...LIST_MEASURES] : measures }),
  );
  return (
    <Panel
      title={title}
      question={question}
      span={span}
      height={props.height ?? 96 + Math.min(limit, SKELETON_ROWS) * 34}
      skeleton={<PanelSkeleton rows={Math.min(limit, SKELETON_ROWS)} />}
      menu={exportOf(view, dimension)}
      right={
        <>
          {groupings.length > 1 && (
            <Segmented
              label="Group by"
              value={dimension}
              options={groupings.map((option, at) => ({
                value: option,
                label: valueName(option),
                href: here(view, { by: at === 0 ? null : option }),
              }))}
            />
          )}
          {isSearchable && <SearchBox label={`Find a ${valueName(dimension)}`} />}
          <Count read={read} />
        </>
      }
    >
      <Rows {...props} read={read} />
    </Panel>
  );
}

/** The page of the table that the URL asks for, from 1. */
function pageOf({ params }: View): number {
  const page = Number(params.get("page") ?? 1);
  return Number.isInteger(page) && page > 0 && page <= 1000 ? page : 1;
}

const valueName = (dimension: Dimension) => DIMENSION_CATALOGUE[dimension].label.toLowerCase();

/** What the panel's CSV holds: the whole table, in the order on the screen. */
function exportOf(view: View, dimension: Dimension) {
  const sort = view.params.get("sort");
  const hasReport = dimension !== "service_tier" && dimension !== "attempt";
  return exportMenu(view, hasReport ? `cost-by-${dimension}` : "usage-summary", {
    sort,
    group: hasReport ? null : dimension,
  });
}

/** "top 10 of 214, 69.5% of spend". Says nothing when the rows cannot be read: the panel itself does. */
async function Count({ read }: { read: Promise<Breakdown> }) {
  const breakdown = await read.catch(() => null);
  if (!breakdown || breakdown.count === 0) return null;
  const { rows, count, offset, result } = breakdown;
  if (rows.length === count) return <PanelCount>{`${formatCount(count)} of ${formatCount(count)}`}</PanelCount>;
  if (offset > 0) return <PanelCount>{`${offset + 1} to ${offset + rows.length} of ${formatCount(count)}`}</PanelCount>;
  const all = sumOf(result.totals, "cost");
  const shown = rows.reduce((sum, row) => sum + sumOf(row, "cost"), 0n);
  const share = all > 0n ? `, ${formatPercent(Number(shown) / Number(all))} of spend` : "";
  return <PanelCount>{`top ${rows.length} of ${formatCount(count)}${share}`}</PanelCount>;
}

async function Rows(props: BreakdownTableProps & { read: Promise<Breakdown> }) {
  const { scope, view, dimension, columns, hasSwatch, limit = 10, isSearchable } = props;
  const breakdown = await props.read;
  const { rows, result, others, trends, weeks, count } = breakdown;
  if (result.rows.length === 0) return <NoCalls view={view} />;

  const names = rows.map((row) => String(row[dimension]));
  const colors = hasSwatch ? await entityColors(scope, dimension, names.slice(0, STACKED), view.now) : null;
  const hasList = [result.totals, ...rows].some((row) => againstList(row) !== null);
  const shown = (hasList ? withList(columns) : columns).filter(
    (key) => !isMeasured(key) || !breakdownColumn(key).needsCompare || result.compare,
  );
  const context = contextOf(rows);
  const cellsOf = (row: Row, isNamed: boolean) =>
    Object.fromEntries(
      shown.filter(isMeasured).map((key) => [key, breakdownColumn(key).cell(row, { ...context, isNamed })]),
    );
  const dataRows = rows.map((row, at): DataRow => {
    const name = names[at] ?? "";
    const excluded = [...view.params.getAll(`not.${dimension}`), name];
    return {
      key: name,
      href: drillHref(view, dimension, name),
      excludeHref: here(view, { [`not.${dimension}`]: excluded }),
      cells: {
        ...cellsOf(row, true),
        name: <NameCell {...{ dimension, name, colors }} />,
        trend: <Sparkline values={trends.get(name) ?? []} />,
        week: <WeekCell row={weeks.get(name)} />,
      },
    };
  });
  const plural = DIMENSION_CATALOGUE[dimension].plural;
  if (others) {
    const hidden = result.rowCount - rows.length;
    const label = `${formatCount(hidden)} ${hidden === 1 ? "other" : "others"}`;
    dataRows.push({ key: "\u0001others", kind: "others", cells: { ...cellsOf(others, false), name: label } });
  }
  const label = result.rowCount === 1 ? "Total" : `All ${formatCount(result.rowCount)} ${plural}`;
  return (
    <>
      <DataTable
        label={props.title}
        columns={[nameColumn(dimension), ...shown.map((key) => columnOf(key, view))]}
        rows={dataRows}
        sort={view.query.sort ?? DEFAULT_SORT}
        defaultSort={DEFAULT_SORT}
        total={{ ...cellsOf(result.totals, false), week: <WeekCell row={weeks.get("")} />, name: label }}
      />
      {isSearchable && count > limit && (
        <BreakdownPages view={view} page={pageOf(view)} pages={Math.ceil(count / limit)} />
      )}
      <PanelFoot>
        <CoverageNote coverage={result.coverage} unpricedHref={unpricedHref(view)} />
        {unlistedNote(result.totals)}
      </PanelFoot>
    </>
  );
}

/** List price and saving stand beside the spend. */
function withList(columns: readonly TableColumn[]): readonly TableColumn[] {
  return columns.flatMap((key) => (key === "spend" ? [key, "list_price", "saved"] : [key]));
}

function contextOf(rows: readonly Row[]): Omit<CellContext, "isNamed"> {
  const spend = rows.map((row) => sumOf(row, "cost"));
  return {
    largest: largestOf(spend),
    spendPlaces: placesFor(spend, 2),
    callPlaces: placesFor(
      rows.map((row) => sumOf(row, "cost_per_call")),
      4,
    ),
  };
}

function nameColumn(dimension: Dimension): DataColumn {
  return { key: "name", label: DIMENSION_CATALOGUE[dimension].label, sortKey: dimension, align: "left" };
}

function columnOf(key: TableColumn, view: View): DataColumn {
  if (key === "week") return { key, label: "7 days", onPhone: false };
  if (key !== "trend") {
    const { label, sortKey, align, width, onPhone, isMuted } = breakdownColumn(key);
    return { key, label, sortKey, align, width, onPhone, isMuted };
  }
  const preset = PERIOD_PRESETS.find((one) => one.key === view.query.period.preset);
  const label = preset?.label.replace(/^Last /, "") ?? formatPeriod(view.query.period, view.now);
  return { key, label, align: "left", onPhone: false, width: 140 };
}
