import { cache } from "react";
import { formatPercent, formatUsd } from "@/lib/format";
import { hasContractIn } from "@/lib/pricing/contract-in-effect";
import type { MeasureKey } from "@/lib/reports/catalogue";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "./stack";

/** What a page asks beside the spend where the project has a contract. */
export const LIST_MEASURES = ["list_cost", "saved_cost"] as const satisfies readonly MeasureKey[];

/** Whether to ask for them: without a contract in the period they would say nothing. Once a request and period. */
export const mayDifferFromList = cache(hasContractIn);

/** Spend against the list price, of a row that has cost, list_cost and saved_cost. Picodollars. */
export type AgainstList = Readonly<{
  listed: bigint;
  /** Below zero where the contract costs more than the list. */
  saved: bigint;
  /** What was spent on calls that have no list price: neither listed nor saved. */
  unlisted: bigint;
}>;

/** Null where the row was not asked for it, or where all was paid at the list price: then there is nothing to show. */
export function againstList(row: Row): AgainstList | null {
  if (LIST_MEASURES.some((key) => typeof row[key] !== "bigint")) return null;
  const [cost, listed, saved] = [sumOf(row, "cost"), sumOf(row, "list_cost"), sumOf(row, "saved_cost")];
  return cost === listed && saved === 0n ? null : { listed, saved, unlisted: cost + saved - listed };
}

/** "List $1,234.56, saved $123.45 (10.0%)"; what has no list price is said apart. */
export function listNote(row: Row): string | null {
  const against = againstList(row);
  if (!against) return null;
  const { listed, saved, unlisted } = against;
  const apart = unlisted > 0n ? `, ${formatUsd(unlisted)} without list price` : "";
  if (listed === 0n) return `${formatUsd(unlisted)} without list price`;
  const size = saved < 0n ? -saved : saved;
  const share = formatPercent(Number(size) / Number(listed));
  return `List ${formatUsd(listed)}, ${saved < 0n ? `${formatUsd(size)} on top` : `saved ${formatUsd(size)}`} (${share})${apart}`;
}

/** What a table with a list price says below it, so that spend and saving add up to the list price; null where they do. */
export function unlistedNote(totals: Row): string | null {
  const { unlisted } = againstList(totals) ?? { unlisted: 0n };
  return unlisted === 0n
    ? null
    : `. ${formatUsd(unlisted)} of the spend has no list price: it is in neither, listed nor saved`;
}
