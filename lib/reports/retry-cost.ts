import { groupBy as group } from "@/lib/group-by";
import { buildReport } from "./builder";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { Report } from "./report";
import { ROW_DIMENSIONS, type RowDimension } from "./row-dimensions";
import { type Cell, type Column, EVERY_ROW, type Row } from "./schema";

const exact = (cell: Cell | undefined): bigint => (typeof cell === "bigint" ? cell : 0n);
const ratio = (part: bigint, whole: bigint) => (whole === 0n ? null : Number(part) / Number(whole));

const FIGURES = ["retry_cost", "cost", "retries", "calls", "unpriced_retries"] as const;
type Figures = Record<(typeof FIGURES)[number], bigint>;

function readFigures(rows: readonly Row[], side: "" | "compare_"): Figures {
  const sums: Figures = { retry_cost: 0n, cost: 0n, retries: 0n, calls: 0n, unpriced_retries: 0n };
  for (const row of rows) {
    const isRetry = row.attempt === "retry";
    const [cost, calls] = [exact(row[`${side}cost`]), exact(row[`${side}calls`])];
    sums.cost += cost;
    sums.calls += calls;
    if (!isRetry) continue;
    sums.retry_cost += cost;
    sums.retries += calls;
    sums.unpriced_retries += exact(row[`${side}unpriced_calls`]);
  }
  return sums;
}

function toRow(rows: readonly Row[], hasCompare: boolean): Row {
  const now = readFigures(rows, "");
  const before = readFigures(rows, "compare_");
  const shares = (of: Figures) => ({ share: ratio(of.retry_cost, of.cost), retries: ratio(of.retries, of.calls) });
  return {
    ...now,
    retry_cost_share: shares(now).share,
    retry_share: shares(now).retries,
    ...(hasCompare && { compare_retry_cost: before.retry_cost, compare_retry_cost_share: shares(before).share }),
  };
}

const money = (key: string, label: string): Column => ({ key, label, unit: "usd_picos", missing: "zero" });
const calls = (key: string, label: string): Column => ({ key, label, unit: "calls", missing: "zero" });
const share = (key: string, label: string): Column => ({ key, label, unit: "ratio", missing: "gap" });
const COLUMNS: readonly Column[] = [
  money("retry_cost", "Spend on retries"),
  money("cost", "Spend"),
  calls("retries", "Retries"),
  calls("calls", "Calls"),
  calls("unpriced_retries", "Unpriced retries"),
  share("retry_cost_share", "Retries of the spend"),
  share("retry_share", "Retries of the calls"),
];
const COMPARED: readonly Column[] = [
  money("compare_retry_cost", "Spend on retries before"),
  share("compare_retry_cost_share", "Retries of the spend before"),
];

/** What attempts after the first cost, by feature unless something else is asked for: most first. From the rollups. */
export const retryCost: Report = {
  label: "Retry cost",
  question: "What do retries cost?",
  dimensions: [],
  groupable: ROW_DIMENSIONS,
  measures: ["cost", "calls", "unpriced_calls"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const asked = ROW_DIMENSIONS.filter((name) => query.groupBy.includes(name));
    const dimensions: readonly RowDimension[] = asked.length > 0 ? asked : ["feature"];
    const groupBy = [...dimensions, "attempt" as const];
    const whole = { ...query, bucket: null, groupBy, sort: null, limit: EVERY_ROW };
    const result = await buildReport(scope, "retry-cost", whole, ["cost", "calls", "unpriced_calls"], asOf);
    const hasCompare = query.compare !== null;
    const groups = group(result.rows, (row) => JSON.stringify(dimensions.map((name) => row[name])));
    const rows = [...groups.values()].map((group): Row => {
      const names = Object.fromEntries(dimensions.map((name) => [name, group[0]?.[name] ?? null]));
      return { ...names, ...toRow(group, hasCompare) };
    });
    const name = (row: Row) => JSON.stringify(dimensions.map((key) => row[key]));
    const size = (row: Row, key: string) => Number(row[key]);
    rows.sort(
      (a, b) =>
        size(b, "retry_cost") - size(a, "retry_cost") ||
        size(b, "retries") - size(a, "retries") ||
        (name(a) < name(b) ? -1 : 1),
    );
    const names = dimensions.map((key): Column => ({ key, label: DIMENSION_CATALOGUE[key].label, unit: "text" }));
    return {
      ...result,
      columns: [...names, ...COLUMNS, ...(hasCompare ? COMPARED : [])],
      rows: rows.slice(0, query.limit),
      rowCount: rows.length,
      totals: toRow(result.rows, hasCompare),
    };
  },
};
