import { groupBy } from "@/lib/group-by";
import { toDecimal } from "@/lib/money";
import { PRICE_BOOK, type PriceBook, type PriceRates } from "@/lib/pricing/book";
import { findSpelling, findValid, isValid } from "@/lib/pricing/match";
import type { Multiplier } from "@/lib/pricing/multiplier";

type Dated = Readonly<{
  /** Short and random: stays with the override through all versions of the contract. */
  id: string;
  /** UTC day, inclusive. */
  from: string;
  /** UTC day, exclusive; null while it holds. */
  to: string | null;
  /** What it is for, in the project's own words. */
  note: string;
}>;

/** Own rates for a model: they replace the book's standard rates, whatever the length of the prompt. */
export type RatesOverride = Dated &
  Readonly<{ kind: "rates"; model: string; platform: string | null; rates: PriceRates }>;

/** A discount (below zero) or premium on the list price of all that matches; null matches everything. */
export type AdjustmentOverride = Dated &
  Readonly<{
    kind: "adjustment";
    provider: string | null;
    platform: string | null;
    model: string | null;
    /** Ten-thousandths of a percent: -125000 is −12.5 %. */
    percentE4: bigint;
  }>;

/** Another name of a model: of the book, of one with own rates, or of another alias. */
export type AliasOverride = Dated & Readonly<{ kind: "alias"; model: string; target: string }>;

/** An adjustment, and what every call asks of it. */
export type LaidOutAdjustment = AdjustmentOverride &
  Readonly<{ /** Its model's id in the book. */ modelId: string | null; factor: Multiplier }>;

/** One dated term of a project's contract with its providers. */
export type Override = RatesOverride | AdjustmentOverride | AliasOverride;

/** A project's terms, laid out for pricing. */
export type Contract = Readonly<{
  overrides: readonly Override[];
  aliases: ReadonlyMap<string, readonly AliasOverride[]>;
  /** By the model's id in the book, or as it is sent where the book does not know it. */
  rates: ReadonlyMap<string, readonly RatesOverride[]>;
  adjustments: readonly LaidOutAdjustment[];
}>;

/** What a call is priced with: one version of a project's prices. */
export type Prices = Readonly<{
  /** Counted up by project; a row of llm_call says by which one it was priced. */
  version: number;
  book: PriceBook;
  contract: Contract;
}>;

/** An alias of an alias of…: longer chains are refused. */
export const MAX_ALIAS_STEPS = 10;
const FULL = 1_000_000n;

/** The prices of a project without a contract. */
export const LIST_PRICES: Prices = { version: 0, book: PRICE_BOOK, contract: toContract([], PRICE_BOOK) };

/** Lays overrides out for pricing against a book. They are taken as checked (lib/pricing/contract-rules). */
export function toContract(overrides: readonly Override[], book: PriceBook): Contract {
  const byDay = overrides.toSorted((a, b) => Number(a.from > b.from) - Number(a.from < b.from));
  const aliases = byDay.filter((entry) => entry.kind === "alias");
  const rates = byDay.filter((entry) => entry.kind === "rates");
  return {
    overrides,
    aliases: groupBy(aliases, ({ model }) => model),
    rates: groupBy(rates, ({ model }) => canonicalModel(book, model)),
    adjustments: byDay
      .filter((entry) => entry.kind === "adjustment")
      .map((entry) => ({
        ...entry,
        modelId: entry.model === null ? null : canonicalModel(book, entry.model),
        factor: factorOf(entry),
      })),
  };
}

/** A model's id in the book, or the name itself where the book does not know it. */
export function canonicalModel(book: PriceBook, model: string): string {
  return findSpelling(book, model)?.model.id ?? model;
}

/** The name that an alias stands for on that day (milliseconds), through further aliases; null where there is no alias. */
export function resolveAlias({ aliases }: Contract, model: string, at: number): string | null {
  if (aliases.size === 0) return null;
  let target: string | null = null;
  for (let step = 0; step < MAX_ALIAS_STEPS; step++) {
    const known: readonly AliasOverride[] | undefined = aliases.get(target ?? model);
    const next = known && findValid(known, at);
    if (!next) return target;
    target = next.target;
  }
  return target;
}

/** The own rates of a model (its canonical name) on a platform that day; those for just this platform come first. */
export function findOwnRates({ rates }: Contract, model: string, platform: string, at: number): RatesOverride | null {
  const candidates = rates.get(model);
  if (!candidates) return null;
  const own = candidates.findLast((entry) => entry.platform === platform && isValid(entry, at));
  return own ?? candidates.findLast((entry) => entry.platform === null && isValid(entry, at)) ?? null;
}

/** Every discount and premium on a call; they multiply. */
export function findAdjustments(
  { adjustments }: Contract,
  call: Readonly<{ provider: string; platform: string; model: string }>,
  at: number,
): readonly LaidOutAdjustment[] {
  if (adjustments.length === 0) return adjustments;
  return adjustments.filter(
    (entry) =>
      (entry.provider === null || entry.provider === call.provider) &&
      (entry.platform === null || entry.platform === call.platform) &&
      (entry.modelId === null || entry.modelId === call.model) &&
      isValid(entry, at),
  );
}

/** The factor of a discount or premium: −12.5 % is 0.875, exactly. */
export function factorOf({ id, percentE4 }: AdjustmentOverride): Multiplier {
  const numerator = FULL + percentE4;
  return { label: `contract/${id}_${toDecimal(numerator, 6)}`, numerator, denominator: FULL };
}
