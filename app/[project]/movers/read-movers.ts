import { cache } from "react";
import { roundToSum } from "@/components/charts/ledger-scale";
import type { Scope } from "@/lib/auth/scope";
import { MOVEMENTS, type Movement } from "@/lib/reports/movement";
import { sumMovers } from "@/lib/reports/movers";
import { runReport } from "@/lib/reports/registry";
import { EVERY_ROW, type ReportResult, type Row } from "@/lib/reports/schema";
import { placesFor } from "../panels/breakdown-columns";
import { sumOf } from "../panels/stack";
import { choose, type View } from "../view";

/** What movers can be cut by; the first is the default. */
export const GROUPINGS = ["tenant", "feature", "model", "deploy"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const groupingOf = (view: View): Grouping => choose(view, "by", GROUPINGS);

/** Every mover of a page, the largest first unless the table is sorted; asked once, whoever shows it. */
export const readMovers = cache(
  (scope: Scope, view: View): Promise<ReportResult> =>
    runReport(scope, "movers", { ...view.query, groupBy: [groupingOf(view)], bucket: null, limit: EVERY_ROW }),
);

/** Differences as they are written, each rounded once, so that they add up to the total wherever some of them stand. */
export type Differences = Readonly<{ places: number; total: bigint; of: ReadonlyMap<Row, bigint> }>;

export const readDifferences = cache(async (scope: Scope, view: View): Promise<Differences> => {
  const { rows, totals } = await readMovers(scope, view);
  const places = placesFor([sumOf(totals, "cost") + sumOf(totals, "compare_cost")], 2);
  const rounded = roundToSum(
    rows.map((row) => sumOf(row, "difference")),
    10n ** BigInt(12 - places),
    Math.floor(rows.length / 2),
  );
  return {
    places,
    total: rounded.reduce((a, b) => a + b, 0n),
    of: new Map(rows.map((row, at) => [row, rounded[at] ?? 0n])),
  };
});

/** All rows, or those that moved in one way. */
export type Shown = "all" | Movement;

export const shownOf = (view: View): Shown => choose(view, "show", ["all", ...MOVEMENTS]);

/** Rows that moved in one way, and what they come to together. */
export type MovementSum = Readonly<{ movement: Movement; count: number; sum: Row }>;

/** The rows of a report by movement, in a fixed order; they add up to its total. */
export function sumByMovement({ rows, totals }: ReportResult): readonly MovementSum[] {
  return MOVEMENTS.map((movement) => {
    const own = rows.filter((row) => row.movement === movement);
    return { movement, count: own.length, sum: sumMovers(own, totals) };
  });
}

export type MoversPage = Readonly<{
  rows: readonly Row[];
  /** The asked page, or the last where there are fewer. */
  page: number;
  /** Rows before the first shown one, and how many there are of those that were asked for. */
  offset: number;
  count: number;
  /** All rows of the report that are not shown, as one; null when every row is. */
  others: Row | null;
  otherCount: number;
}>;

/** One page of the rows that moved in a way and whose name holds a text; whatever is not on it is the others. */
export function pageOfMovers(
  { rows, totals }: ReportResult,
  grouping: Grouping,
  { shown, search, page: asked, limit }: Readonly<{ shown: Shown; search: string; page: number; limit: number }>,
): MoversPage {
  const holds = (row: Row) => String(row[grouping]).toLowerCase().includes(search.toLowerCase());
  const found = rows.filter((row) => (shown === "all" || row.movement === shown) && holds(row));
  const page = Math.min(asked, Math.max(1, Math.ceil(found.length / limit)));
  const offset = (page - 1) * limit;
  const onPage = found.slice(offset, offset + limit);
  const named = new Set(onPage);
  const others = rows.filter((row) => !named.has(row));
  return {
    rows: onPage,
    page,
    offset,
    count: found.length,
    others: others.length > 0 ? sumMovers(others, totals) : null,
    otherCount: others.length,
  };
}
