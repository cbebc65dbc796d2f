import type { Cell, ReportQuery, Row } from "./schema";

/** The cell to sort by: `change_<key>` is the difference in a ratio, else the share by which it changed. */
function sortCell(row: Row, key: string): Cell {
  if (!key.startsWith("change_")) return row[key] ?? null;
  const [now, before] = [row[key.slice(7)], row[`compare_${key.slice(7)}`]];
  if (typeof now === "number" && typeof before === "number") return now - before;
  if (typeof now !== "bigint" || typeof before !== "bigint" || before === 0n) return null;
  return Number(now - before) / Math.abs(Number(before));
}

function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return 0;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Rows in the asked order, what is null last, then by feature and model: for reports that do not sort in SQL. */
export function orderRows(rows: readonly Row[], sort: NonNullable<ReportQuery["sort"]>): readonly Row[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [sortCell(a, sort.key), sortCell(b, sort.key)];
    if ((left === null) !== (right === null)) return left === null ? 1 : -1;
    const order = compareCells(left, right) * (sort.dir === "asc" ? 1 : -1);
    return (
      order || compareCells(a.feature ?? null, b.feature ?? null) || compareCells(a.model ?? null, b.model ?? null)
    );
  });
}
