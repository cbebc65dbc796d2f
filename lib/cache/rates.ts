import type { Period } from "@/lib/period";
import type { PriceBook, PriceRates } from "@/lib/pricing/book";
import { type Prices, resolveAlias } from "@/lib/pricing/contract";
import { findSpelling } from "@/lib/pricing/match";

/**
 * What a fresh token, a written and a read one cost of one model at one time. Only their ratios count: batch, region, fast
 * mode, long prompts and discounts multiply all of them alike, so that a stored cost times a ratio is exact.
 */
export type CacheRates = Readonly<{
  rates: PriceRates;
  /** False where calls of that time may have been priced by other ratios: own rates of a contract beside the list. */
  isSure: boolean;
}>;

const RATIO_KINDS = ["cacheCreate5m", "cacheCreate1h", "cacheRead"] as const;

/** Whether cached tokens cost the same multiples of fresh ones under both rates, as far as both name them. */
function haveSameRatios(a: PriceRates, b: PriceRates): boolean {
  return RATIO_KINDS.every((kind) => {
    const [left, right] = [a[kind], b[kind]];
    if (left === null || right === null || a.input === null || b.input === null) return true;
    return left * b.input === right * a.input;
  });
}

const holdsIn = ({ from, to }: Readonly<{ from: string; to: string | null }>, span: Period) =>
  Date.parse(from) < span.to.getTime() && (to === null || Date.parse(to) > span.from.getTime());

/**
 * The rates of a model in a span of `cutAtChanges`, whatever tier, speed or platform a call had. A price that begins or ends
 * within it has the same ratios as the one beside it.
 * @param model as it is stored with the call.
 * @returns null for a model that had no price then.
 */
export function cacheRatesIn({ book, contract }: Prices, model: string, span: Period): CacheRates | null {
  const name = resolveAlias(contract, model, span.from.getTime()) ?? model;
  const known = findSpelling(book, name)?.model;
  const listed = [...(known?.rows ?? []), ...(known?.fastRows ?? [])]
    .filter((row) => holdsIn(row, span))
    .flatMap((row) => [row.rates, ...(row.longPrompt ? [row.longPrompt.rates] : [])]);
  // For every platform first, then the list, which fast mode keeps; then what holds on some platforms only.
  const own = (contract.rates.get(known?.id ?? name) ?? []).filter((entry) => holdsIn(entry, span));
  const everywhere = own.findLast(({ platform }) => platform === null);
  const somewhere = own.filter(({ platform }) => platform !== null);
  const [rates, ...others] = [
    ...(everywhere ? [everywhere.rates] : []),
    ...listed,
    ...somewhere.map((entry) => entry.rates),
  ];
  return rates ? { rates, isSure: others.every((other) => haveSameRatios(rates, other)) } : null;
}

const changeDays = new WeakMap<PriceBook, readonly number[]>();

/** Midnights at which the ratios of a model of the book changed: Sonnet 5.5's reads went from 0.1 to 0.05 of fresh input. */
function listChanges(book: PriceBook): readonly number[] {
  const known = changeDays.get(book);
  if (known) return known;
  const found = book.models.flatMap(({ rows }) =>
    rows.flatMap((row, i) => {
      const before = rows[i - 1];
      return before && !haveSameRatios(before.rates, row.rates) ? [Date.parse(row.from)] : [];
    }),
  );
  const days = [...new Set(found)].sort((a, b) => a - b);
  changeDays.set(book, days);
  return days;
}

/** A period cut at every midnight at which some ratio changes: within a piece `cacheRatesIn` holds throughout. */
export function cutAtChanges({ book, contract }: Prices, { from, to }: Period): readonly Period[] {
  const dated = contract.overrides.filter(({ kind }) => kind !== "adjustment");
  const days = dated.flatMap((entry) => [entry.from, ...(entry.to ? [entry.to] : [])]).map((day) => Date.parse(day));
  const inside = [...new Set([...listChanges(book), ...days])]
    .filter((day) => day > from.getTime() && day < to.getTime())
    .sort((a, b) => a - b);
  const edges = [from.getTime(), ...inside, to.getTime()];
  return edges.slice(0, -1).map((start, i) => ({ from: new Date(start), to: new Date(edges[i + 1] ?? start) }));
}
