"use client";

import { rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useMemo } from "react";
import { hrefWith } from "@/components/filters/url-state";
import { cn } from "@/components/ui/cn";
import { Table, TableCell, TableHead, TableTotalCell } from "@/components/ui/table";

export type DataColumn = Readonly<{
  /** Key of the cell in `row.cells`. */
  key: string;
  label: string;
  /** Instead of `label` on a phone, where the column before that completes it is not shown. */
  phoneLabel?: string;
  /** The name to sort by in the URL (`sort=-cost`); without it the column is not sortable. */
  sortKey?: string;
  /** True where there is no ascending order: a second click resets. */
  isDescOnly?: boolean;
  align?: "left" | "right";
  /** False: not on a phone. The name, the money, the change and one verdict stay. */
  onPhone?: boolean;
  /** Px; money with a bar takes 130, a sparkline 136. */
  width?: number;
  /** Muted figures: what stands beside the point. */
  isMuted?: boolean;
}>;

export type DataRow = Readonly<{
  key: string;
  /** The whole row leads there. */
  href?: string;
  /** Where `x` leads: the same page without this row. */
  excludeHref?: string;
  isSelected?: boolean;
  /** True where the link opens something beside the table: the page does not move. */
  keepsScroll?: boolean;
  /** `others` is the rest below the named rows: muted, without a link. */
  kind?: "row" | "others";
  /** By column key: text, or a cell part (`MoneyCell`, `Change`, `Sparkline`, `Badge`). Say null in words: "none". */
  cells: Readonly<Record<string, ReactNode>>;
}>;

export type Sort = Readonly<{ key: string; dir: "asc" | "desc" }>;

const features = tableFeatures({ rowSortingFeature });

/**
 * The table of every page. Rows come sorted and cut from the server; a head writes `sort` into the URL (descending,
 * ascending, then back to the report's own order). The first column names the row and holds its link.
 */
export function DataTable({
  label,
  columns,
  rows,
  sort,
  defaultSort = null,
  total,
  sortParam = "sort",
  density = "default",
}: {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly DataColumn[];
  rows: readonly DataRow[];
  /** The order the rows are in; null for none to show. */
  sort: Sort | null;
  /** The order without `sort` in the URL. */
  defaultSort?: Sort | null;
  /** Sums, on a strong rule. */
  total?: Readonly<Record<string, ReactNode>>;
  /** Where a page has two tables. */
  sortParam?: string;
  density?: "default" | "dense" | "tall";
}) {
  const pathname = usePathname();
  const params = useSearchParams().toString();
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.sortKey ?? column.key,
        accessorFn: (row: DataRow) => row.cells[column.key],
        enableSorting: column.sortKey !== undefined,
        sortDescFirst: column.align !== "left",
      })),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const sorting = useMemo(() => (sort ? [{ id: sort.key, desc: sort.dir === "desc" }] : []), [sort]);
  const table = useTable({ features, columns: definitions, data, manualSorting: true, state: { sorting } });

  const hrefFor = (sortKey: string, isDescOnly = false): string => {
    const isOn = sort?.key === sortKey;
    const next = isDescOnly ? !isOn && "desc" : table.getColumn(sortKey)?.getNextSortingOrder();
    const value = next ? `${next === "desc" ? "-" : ""}${sortKey}` : null;
    const own = defaultSort && `${defaultSort.dir === "desc" ? "-" : ""}${defaultSort.key}`;
    return hrefWith(pathname, params, { [sortParam]: value === own ? null : value });
  };
  const shape = (column: DataColumn) =>
    cn(column.align !== "left" && "text-right", column.onPhone === false && "max-phone:hidden");
  return (
    <Table
      aria-label={label}
      className={cn(
        density === "dense" && "[&_:is(td,th):not(:first-child,:last-child)]:px-2 [&_td]:h-[31px]",
        density === "tall" && "[&_td]:h-[42px]",
      )}
    >
      <thead>
        <tr>
          {columns.map((column) => {
            const isSorted = sort !== null && column.sortKey === sort.key;
            return (
              <TableHead
                key={column.key}
                className={shape(column)}
                style={{ width: column.width }}
                aria-sort={isSorted ? (sort.dir === "desc" ? "descending" : "ascending") : undefined}
              >
                {column.sortKey ? (
                  <Link
                    href={hrefFor(column.sortKey, column.isDescOnly)}
                    replace
                    scroll={false}
                    prefetch={false}
                    className="inline-flex items-center gap-1 hover:text-foreground"
                  >
                    <Label column={column} />
                    {isSorted && <SortIcon dir={sort.dir} />}
                  </Link>
                ) : (
                  <Label column={column} />
                )}
              </TableHead>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map(({ original: row }) => (
          <tr
            key={row.key}
            data-row={row.href ? "" : undefined}
            data-exclude={row.excludeHref}
            aria-selected={row.isSelected}
            className={cn(
              "group/row relative",
              row.href && "cursor-pointer hover:bg-inset",
              row.isSelected && "bg-brand-soft shadow-[inset_2px_0_0_var(--brand)] hover:bg-brand-soft",
              row.kind === "others" && "text-text-2",
            )}
          >
            {columns.map((column, index) => (
              <TableCell
                key={column.key}
                className={cn(
                  shape(column),
                  column.isMuted && "text-text-2",
                  index === 0 && row.kind !== "others" && "font-medium",
                  total && "group-last/row:border-b-0",
                )}
              >
                {index === 0 && row.href ? (
                  <Link
                    href={row.href}
                    scroll={!row.keepsScroll}
                    className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
                  >
                    {row.cells[column.key]}
                  </Link>
                ) : (
                  row.cells[column.key]
                )}
              </TableCell>
            ))}
          </tr>
        ))}
      </tbody>
      {total && (
        <tfoot>
          <tr className="group/row">
            {columns.map((column) => (
              <TableTotalCell key={column.key} className={shape(column)}>
                {total[column.key]}
              </TableTotalCell>
            ))}
          </tr>
        </tfoot>
      )}
    </Table>
  );
}

function SortIcon({ dir }: { dir: "asc" | "desc" }) {
  const Icon = dir === "desc" ? ChevronDown : ChevronUp;
  return <Icon aria-hidden strokeWidth={1.75} className="size-[13px]" />;
}

function Label({ column: { label, phoneLabel } }: { column: DataColumn }) {
  if (phoneLabel === undefined) return label;
  return (
    <>
      <span className="max-phone:hidden">{label}</span>
      <span className="phone:hidden">{phoneLabel}</span>
    </>
  );
}
