import { comparePeriod } from "@/lib/period";
import { buildReport } from "./builder";
import { movementOf, sidesOf, splitDifference } from "./movement";
import type { Report } from "./report";
import { type Column, DIMENSIONS, type Dimension, EVERY_ROW, type ReportQuery, type Row } from "./schema";
import { MOVEMENT } from "./sort";
import { changeShare } from "./tenants-week-over-week";

/** The figures of a row that add up over rows: to those of the others, and of the total. */
const SUMMED = [
  "cost",
  "compare_cost",
  "difference",
  "volume",
  "cost_per_call_effect",
  "calls",
  "compare_calls",
  "unpriced_calls",
  "compare_unpriced_calls",
] as const;
type Sums = Readonly<Record<(typeof SUMMED)[number], bigint>>;

const zero = Object.fromEntries(SUMMED.map((key) => [key, 0n])) as Sums;

function add(a: Sums, b: Sums): Sums {
  return Object.fromEntries(SUMMED.map((key) => [key, a[key] + b[key]])) as Sums;
}

function sumsOf(row: Row): Sums {
  const { before, now } = sidesOf(row);
  const { volume, costPerCall } = splitDifference(before, now);
  return {
    cost: now.costUsdPicos,
    compare_cost: before.costUsdPicos,
    difference: now.costUsdPicos - before.costUsdPicos,
    volume,
    cost_per_call_effect: costPerCall,
    calls: now.calls,
    compare_calls: before.calls,
    unpriced_calls: now.unpricedCalls,
    compare_unpriced_calls: before.unpricedCalls,
  };
}

/** The figures with what they are of the whole change; the change of spend itself only where something was spent before. */
function withShares(sums: Sums, total: Sums): Row {
  return {
    ...sums,
    share_of_change: total.difference === 0n ? null : Number(sums.difference) / Number(total.difference),
    change_cost: changeShare(sums.cost, sums.compare_cost),
  };
}

/** Some movers as one row: their sums, without a name. `total` is the totals row of the same report. */
export function sumMovers(rows: readonly Row[], total: Row): Row {
  const all = rows.map((row) => row as Sums).reduce(add, zero);
  return withShares(all, total as Sums);
}

const money = (key: string, label: string): Column => ({ key, label, unit: "usd_picos", missing: "zero" });
const calls = (key: string, label: string): Column => ({ key, label, unit: "calls", missing: "zero" });
const OWN_COLUMNS: readonly Column[] = [
  { key: "movement", label: "Movement", unit: "text" },
  money("cost", "Spend"),
  money("compare_cost", "Spend before"),
  money("difference", "Difference"),
  { key: "share_of_change", label: "Share of the whole change", unit: "ratio", missing: "gap" },
  { key: "change_cost", label: "Change in spend", unit: "ratio", missing: "gap" },
  calls("calls", "Calls"),
  calls("compare_calls", "Calls before"),
  money("volume", "From volume"),
  money("cost_per_call_effect", "From cost per call"),
  calls("unpriced_calls", "Unpriced calls"),
  calls("compare_unpriced_calls", "Unpriced calls before"),
];

/** Every row there is, cut in the end: the others are added up in a last row whose dimensions are null. */
async function findMovers(
  scope: Parameters<Report["run"]>[0],
  query: ReportQuery,
  asOf: Date,
): ReturnType<Report["run"]> {
  const groupBy: readonly Dimension[] = query.groupBy.length > 0 ? query.groupBy : ["tenant"];
  const asked: ReportQuery = {
    ...query,
    compare: query.compare ?? comparePeriod(query.period, "previous", asOf),
    groupBy,
    bucket: null,
    sort: query.sort ?? { key: MOVEMENT, dir: "desc" },
    limit: EVERY_ROW,
  };
  const result = await buildReport(scope, "movers", asked, ["cost", "calls", "unpriced_calls"], asOf);
  const sums = result.rows.map(sumsOf);
  const total = sums.reduce(add, zero);
  const rows = result.rows.map((row, at): Row => {
    const { before, now } = sidesOf(row);
    const names = Object.fromEntries(groupBy.map((name) => [name, row[name] ?? null]));
    return { ...names, movement: movementOf(before, now), ...withShares(sums[at] ?? zero, total) };
  });
  const shown = rows.slice(0, query.limit);
  const nameless = Object.fromEntries([...groupBy, "movement"].map((name) => [name, null]));
  if (rows.length > shown.length) {
    shown.push({ ...nameless, ...withShares(sums.slice(query.limit).reduce(add, zero), total) });
  }
  return {
    ...result,
    columns: [...result.columns.slice(0, groupBy.length), ...OWN_COLUMNS],
    rows: shown,
    totals: withShares(total, total),
  };
}

/**
 * Recipe 2 for any dimension (tenants unless another is asked for): the period against its comparison, or the period
 * before where none was chosen. The rows, with one for the others where they are cut, add up to the whole change exactly.
 */
export const movers: Report = {
  label: "Movers",
  question: "Who explains the change in spend?",
  dimensions: [],
  groupable: DIMENSIONS,
  measures: ["cost", "calls", "unpriced_calls"],
  selectable: [],
  slicedBy: () => null,
  run: findMovers,
};
