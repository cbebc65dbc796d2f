import { groupBy } from "@/lib/group-by";
import { type AttemptCell, readAttemptCells } from "./attempt-cells";
import { buildReport } from "./builder";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { Report } from "./report";
import { ROW_DIMENSIONS } from "./row-dimensions";
import type { Column, Row } from "./schema";

/** Failed attempts of one status and group, and what they cost all the same. Picodollars. */
type Sum = { calls: bigint; retries: bigint; costUsdPicos: bigint; unpricedCalls: bigint };

function add(sum: Sum, { attempt, calls, costUsdPicos, unpricedCalls }: AttemptCell): Sum {
  return {
    calls: sum.calls + calls,
    retries: sum.retries + (attempt > 1 ? calls : 0n),
    costUsdPicos: sum.costUsdPicos + costUsdPicos,
    unpricedCalls: sum.unpricedCalls + unpricedCalls,
  };
}

const ratio = (part: bigint, whole: bigint) => (whole === 0n ? null : Number(part) / Number(whole));

function toRow(cells: readonly AttemptCell[], failed: bigint, calls: bigint): Row {
  const sum = cells.reduce(add, { calls: 0n, retries: 0n, costUsdPicos: 0n, unpricedCalls: 0n });
  return {
    calls: sum.calls,
    share_of_errors: ratio(sum.calls, failed),
    share_of_calls: ratio(sum.calls, calls),
    retries: sum.retries,
    cost: sum.costUsdPicos,
    unpriced_calls: sum.unpricedCalls,
  };
}

const COLUMNS: readonly Column[] = [
  { key: "calls", label: "Failed attempts", unit: "calls", missing: "zero" },
  { key: "share_of_errors", label: "Share of failures", unit: "ratio", missing: "gap" },
  { key: "share_of_calls", label: "Share of all calls", unit: "ratio", missing: "gap" },
  { key: "retries", label: "Of them retries", unit: "calls", missing: "zero" },
  { key: "cost", label: "Spend all the same", unit: "usd_picos", missing: "zero" },
  { key: "unpriced_calls", label: "Unpriced calls", unit: "calls", missing: "zero" },
];

/** Failed attempts by status, and by what else is asked for: most of them first. `calls` are all calls of the same selection. */
export function toErrorStatuses(
  cells: readonly AttemptCell[],
  dimensions: readonly (keyof AttemptCell["names"])[],
  calls: bigint,
): Readonly<{ rows: readonly Row[]; totals: Row }> {
  const failed = cells.filter(({ status }) => status >= 400);
  const all = failed.reduce((sum, cell) => sum + cell.calls, 0n);
  const groups = groupBy(failed, ({ status, names }) =>
    JSON.stringify([status, ...dimensions.map((name) => names[name])]),
  );
  const rows = [...groups.values()].map((group): Row => {
    const [one] = group;
    const names = Object.fromEntries(dimensions.map((name) => [name, one?.names[name] ?? null]));
    return { status: String(one?.status), ...names, ...toRow(group, all, calls) };
  });
  const text = (row: Row) => JSON.stringify([row.status, ...dimensions.map((name) => row[name])]);
  rows.sort((a, b) => Number(b.calls) - Number(a.calls) || (text(a) < text(b) ? -1 : 1));
  return { rows, totals: toRow(failed, all, calls) };
}

/** Which statuses failed attempts came back with, and what they cost all the same: a stream that broke is billed. */
export const errorStatuses: Report = {
  label: "Errors by status",
  question: "What do attempts fail with, and is it billed?",
  dimensions: ["status"],
  groupable: ROW_DIMENSIONS,
  measures: [],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const dimensions = ROW_DIMENSIONS.filter((name) => query.groupBy.includes(name));
    const whole = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
    const [frame, cells] = await Promise.all([
      buildReport(scope, "error-statuses", whole, ["calls"], asOf),
      readAttemptCells(scope, query, dimensions, null),
    ]);
    const calls = typeof frame.totals.calls === "bigint" ? frame.totals.calls : 0n;
    const { rows, totals } = toErrorStatuses(cells, dimensions, calls);
    const names = dimensions.map((key): Column => ({ key, label: DIMENSION_CATALOGUE[key].label, unit: "text" }));
    return {
      ...frame,
      columns: [{ key: "status", label: "Status", unit: "text" }, ...names, ...COLUMNS],
      rows: rows.slice(0, query.limit),
      rowCount: rows.length,
      totals,
    };
  },
};
