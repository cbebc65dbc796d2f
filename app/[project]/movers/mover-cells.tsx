import type { ReactNode } from "react";
import { roundToSum } from "@/components/charts/ledger-scale";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { Badge } from "@/components/ui/badge";
import { formatChange, formatCount, formatPercent, formatUsd } from "@/lib/format";
import type { Row } from "@/lib/reports/schema";
import { placesFor } from "../panels/breakdown-columns";
import { sumOf } from "../panels/stack";

/** What the cells of a row must know of the others. */
export type MoverContext = Readonly<{
  places: number;
  /** The largest difference of a named row, up or down. */
  largest: number;
  /** The differences of the rows and the others, rounded so that they add up to the rounded total; the total comes last. */
  differences: readonly bigint[];
  named: number;
}>;

/** One precision a table, and differences that add up on the screen as they do underneath. */
export function moverContext(rows: readonly Row[], others: Row | null, totals: Row): MoverContext {
  const all = [...rows, ...(others ? [others] : [])];
  const places = placesFor(
    [...all, totals].map((row) => sumOf(row, "cost") + sumOf(row, "compare_cost")),
    2,
  );
  const rounded = roundToSum(
    all.map((row) => sumOf(row, "difference")),
    10n ** BigInt(12 - places),
  );
  return {
    places,
    largest: Math.max(0, ...rows.map((row) => Math.abs(Number(sumOf(row, "difference"))))),
    differences: [...rounded, rounded.reduce((a, b) => a + b, 0n)],
    named: rows.length,
  };
}

const none = <Muted>none</Muted>;

/** The cells of one row; `at` is its place, after the named rows the others, or the total. */
export function moverCells(row: Row, context: MoverContext, at: number | "total"): Record<string, ReactNode> {
  const { places, largest, differences, named } = context;
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
        color={difference < 0n ? "var(--better-fill)" : "var(--worse-fill)"}
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
