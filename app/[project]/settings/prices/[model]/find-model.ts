import type { PricedModel } from "@/lib/pricing/book";
import { type Prices, resolveAlias } from "@/lib/pricing/contract";
import { findSpelling } from "@/lib/pricing/match";

/** The model of the book that a name stands for on a UTC day: its id, any exact spelling, or an alias of the contract. */
export function findModel({ book, contract }: Prices, name: string, on: string): PricedModel | null {
  const target = resolveAlias(contract, name, Date.parse(on)) ?? name;
  return findSpelling(book, target)?.model ?? null;
}
