import type { CsvColumn, CsvRow } from "@/lib/csv";
import { toDecimalUsd } from "@/lib/money";
import type { Period } from "@/lib/period";
import type { Cell, Column, Coverage, ReportResult, Row, Unit } from "./schema";

/** The name of a column outside: snake case with its unit, so money ends in `_usd`. */
export function columnName({ key, unit }: Pick<Column, "key" | "unit">): string {
  return unit === "usd_picos" ? `${key}_usd` : key;
}

const unitName = (unit: Unit) => (unit === "usd_picos" ? "usd" : unit);

/** Money as an exact decimal string; counts as numbers while a number holds them exactly, else as decimal strings. */
function toJsonCell(cell: Cell, unit: Unit): string | number | null {
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== "bigint") return cell;
  if (unit === "usd_picos") return toDecimalUsd(cell);
  return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell.toString();
}

function toJsonRow(row: Row, columns: readonly Column[]): Record<string, string | number | null> {
  const present = columns.filter(({ key }) => row[key] !== undefined);
  return Object.fromEntries(
    present.map((column) => [columnName(column), toJsonCell(row[column.key] ?? null, column.unit)]),
  );
}

const toJsonPeriod = ({ from, to }: Period) => ({ from: from.toISOString(), to: to.toISOString() });

function toJsonCoverage(coverage: Coverage, droppedCalls: bigint | null): Record<string, string | number | null> {
  const { calls, unpricedCalls } = coverage;
  return {
    calls: toJsonCell(calls, "calls"),
    priced_calls: toJsonCell(calls > unpricedCalls ? calls - unpricedCalls : 0n, "calls"),
    unpriced_calls: toJsonCell(unpricedCalls, "calls"),
    estimated_calls: toJsonCell(coverage.estimatedCalls, "calls"),
    estimated_cost_usd: toDecimalUsd(coverage.estimatedCostUsdPicos),
    tokens: toJsonCell(coverage.tokens, "tokens"),
    unpriced_tokens: toJsonCell(coverage.unpricedTokens, "tokens"),
    dropped_calls: toJsonCell(droppedCalls, "calls"),
  };
}

/**
 * A result as the body of an answer.
 * @param droppedCalls what clients could not deliver in the period; null where the reader may not know.
 */
export function toJson(result: ReportResult, droppedCalls: bigint | null): Record<string, unknown> {
  return {
    report: result.report,
    period: toJsonPeriod(result.period),
    compare: result.compare && toJsonPeriod(result.compare),
    bucket: result.bucket,
    as_of: result.asOf.toISOString(),
    columns: result.columns.map((column) => ({
      key: columnName(column),
      label: column.label,
      unit: unitName(column.unit),
      ...(column.missing ? { missing: column.missing } : {}),
    })),
    rows: result.rows.map((row) => toJsonRow(row, result.columns)),
    row_count: result.rowCount,
    totals: toJsonRow(result.totals, result.columns),
    coverage: toJsonCoverage(result.coverage, droppedCalls),
  };
}

/** The columns of the same figures as CSV: same names, same order. */
export function toCsvColumns(columns: readonly Column[]): readonly CsvColumn[] {
  return columns.map((column) => {
    const { unit } = column;
    return { header: columnName(column), kind: unit === "text" || unit === "time" ? unit : "number" };
  });
}

/** A row as CSV cells: exact decimals, empty for null. */
export function toCsvRow(row: Row, columns: readonly Column[]): CsvRow {
  return columns.map(({ key, unit }) => {
    const cell = row[key] ?? null;
    return unit === "usd_picos" && typeof cell === "bigint" ? toDecimalUsd(cell) : cell;
  });
}
