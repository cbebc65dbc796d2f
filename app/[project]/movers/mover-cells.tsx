import type { ReactNode } from "react";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Badge } from "@/components/ui/badge";
import { formatChange, formatCount, formatPercent, formatUsd } from "@/lib/format";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";
import type { Differences, Grouping } from "./read-movers";

/** What the cells of a row must know of the others. */
export type MoverContext = Readonly<{
  places: number;
  /** The largest difference of a named row, up or down. */
  largest: number;
  /** The differences of the rows and the others, rounded so that they add up to the rounded total; the total comes last. */
  differences: readonly bigint[];
  named: number;
  grouping: Grouping;
}>;

/** One deploy replaces another: that it is new or gone is neither worse nor better. */
export const isReplacement = (row: Row, grouping: Grouping): boolean =>
  grouping === "deploy" && (row.movement === "new" || row.movement === "gone");

/** One precision a table, and differences that add up on the screen as they do underneath: what no row shows is the others'. */
export function moverContext(
  rows: readonly Row[],
  hasOthers: boolean,
  { places, total, of }: Differences,
  grouping: Grouping,
): MoverContext {
  const named = rows.map((row) => of.get(row) ?? 0n);
  const rest = named.reduce((left, one) => left - one, total);
  return {
    places,
    largest: Math.max(0, ...rows.map((row) => Math.abs(Number(sumOf(row, "difference"))))),
    differences: [...named, ...(hasOthers ? [rest] : []), total],
    named: rows.length,
    grouping,
  };
}

const none = <Muted>none</Muted>;

/** The cells of one row; `at` is its place, after the named rows the others, or the total. */
export function moverCells(row: Row, context: MoverContext, at: number | "total"): Record<string, ReactNode> {
  const { places, largest, differences, named, grouping } = context;
  const isNamed = at !== "total" && at < named;
  const difference = differences[at === "total" ? differences.length - 1 : at] ?? 0n;
  const usd = (key: string) => formatUsd(sumOf(row, key), { places });
  const signed = (key: string) => {
    const picos = sumOf(row, key);
    return picos === 0n ? none : formatUsd(picos, { places, signed: true });
  };
  const calls = (key: string) => (sumOf(row, key) === 0n ? none : formatCount(sumOf(row, key)));
  return {
    before: row.movement === "new" ? none : spent(row, "compare_", usd),
    now: row.movement === "gone" ? none : spent(row, "", usd),
    difference: isNamed ? (
      <MoneyCell
        picos={difference}
        places={places}
        signed
        share={largest > 0 ? Math.abs(Number(sumOf(row, "difference"))) / largest : undefined}
        color={
          isReplacement(row, grouping)
            ? "var(--chart-other)"
            : difference < 0n
              ? "var(--better-fill)"
              : "var(--worse-fill)"
        }
      />
    ) : (
      formatUsd(difference, { places, signed: difference !== 0n })
    ),
    share: typeof row.share_of_change === "number" ? signedShare(row.share_of_change) : none,
    change: changeCell(row),
    calls_before: calls("compare_calls"),
    calls: calls("calls"),
    volume: <span className="text-text-2">{signed("volume")}</span>,
    per_call: signed("cost_per_call_effect"),
  };
}

/** Calls of which none has a price spent an unknown amount, not nothing. */
function spent(row: Row, side: "" | "compare_", usd: (key: string) => string): ReactNode {
  const isUnknown = sumOf(row, `${side}cost`) === 0n && sumOf(row, `${side}unpriced_calls`) > 0n;
  return isUnknown ? <Muted>unpriced</Muted> : usd(`${side}cost`);
}

function signedShare(share: number): string {
  const text = formatPercent(Math.abs(share));
  return share < 0 && text !== "0.0%" ? `−${text}` : text;
}

/** New and gone in words: there is nothing to take a percentage of. */
function changeCell(row: Row): ReactNode {
  if (row.movement === "gone") return <Badge variant="outline">gone</Badge>;
  if (row.movement === "new") return <Badge variant="outline">new</Badge>;
  if (row.change_cost === null) return <Muted>nothing before</Muted>;
  return <Change change={formatChange(sumOf(row, "cost"), sumOf(row, "compare_cost"))} />;
}
