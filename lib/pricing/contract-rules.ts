import type { PriceBook, PricedModel } from "@/lib/pricing/book";
import { type AliasOverride, canonicalModel, type Override, type RatesOverride } from "@/lib/pricing/contract";
import { findSpelling } from "@/lib/pricing/match";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** What is wrong with a contract: which override, which of its fields, and the rule. */
export type ContractError = Readonly<{ id: string; field: string; message: string }>;

const KIND_FIELDS: Readonly<Record<TokenKind, string>> = {
  input: "rates.input",
  cacheCreate5m: "rates.cache_create_5m",
  cacheCreate1h: "rates.cache_create_1h",
  cacheRead: "rates.cache_read",
  output: "rates.output",
};

/** Holds the overrides of a contract against each other and against the book; empty when all is well. */
export function checkContract(overrides: readonly Override[], book: PriceBook): ContractError[] {
  return overrides.flatMap((override) => [
    ...checkOverlap(override, overrides, book),
    ...checkOverride(override, overrides, book),
  ]);
}

function checkOverride(override: Override, all: readonly Override[], book: PriceBook): ContractError[] {
  if (override.kind === "alias") return checkAlias(override, all, book);
  if (override.kind === "rates") return checkRates(override, all, book);
  const errors: ContractError[] = [];
  const { id, model, provider } = override;
  if (model !== null && !findSpelling(book, model)) {
    const message = `${model} is not a model of the price book: a discount or premium needs a list price`;
    errors.push({ id, field: "model", message });
  }
  if (provider !== null && !book.models.some((known) => known.provider === provider)) {
    errors.push({ id, field: "provider", message: `${provider} is not a provider of the price book` });
  }
  return errors;
}

/** Two of the same kind for the same thing must not hold on the same day: which of them counts would be a guess. */
function checkOverlap(override: Override, all: readonly Override[], book: PriceBook): ContractError[] {
  const before = all.slice(0, all.indexOf(override));
  const same = before.filter((other) => subjectOf(other, book) === subjectOf(override, book));
  const other = same.find((earlier) => startsBeforeEnd(earlier, override) && startsBeforeEnd(override, earlier));
  if (!other) return [];
  const message = `overlaps another override of the same that holds from ${other.from} ${other.to ? `to ${other.to}` : "on"}`;
  return [{ id: override.id, field: "from", message }];
}

function startsBeforeEnd(a: Override, b: Override): boolean {
  return b.to === null || a.from < b.to;
}

function subjectOf(override: Override, book: PriceBook): string {
  const model = override.model === null ? null : canonicalModel(book, override.model);
  if (override.kind === "alias") return JSON.stringify(["alias", override.model]);
  if (override.kind === "rates") return JSON.stringify(["rates", model, override.platform]);
  return JSON.stringify(["adjustment", override.provider, override.platform, model]);
}

function checkAlias(alias: AliasOverride, all: readonly Override[], book: PriceBook): ContractError[] {
  const { id, model, target } = alias;
  const known = findSpelling(book, model);
  if (known) {
    const message = `${model} is an id of the price book (${known.model.name}): an alias must not shadow a known id`;
    return [{ id, field: "model", message }];
  }
  if (all.some((other) => other.kind === "rates" && other.model === model)) {
    return [{ id, field: "model", message: `${model} has own rates: an alias must not shadow them` }];
  }
  const cycle = findCycle(alias, all);
  if (cycle) return [{ id, field: "target", message: `makes a cycle of aliases: ${cycle.join(" → ")}` }];
  const isKnown =
    findSpelling(book, target) !== null || all.some((other) => other.kind !== "adjustment" && other.model === target);
  if (isKnown) return [];
  return [{ id, field: "target", message: `${target} is neither in the price book nor has it own rates or an alias` }];
}

/** The names of the cycle that an alias closes, on whatever days; null when there is none. */
function findCycle(start: AliasOverride, all: readonly Override[]): string[] | null {
  const aliases = all.filter((other) => other.kind === "alias");
  const walk = (name: string, path: string[]): string[] | null => {
    if (name === start.model) return [...path, name];
    if (path.includes(name)) return null;
    for (const next of aliases.filter(({ model }) => model === name)) {
      const cycle = walk(next.target, [...path, name]);
      if (cycle) return cycle;
    }
    return null;
  };
  return walk(start.target, [start.model]);
}

/** Own rates must price every kind of token that the model has a price for, or its calls would be priced in part. */
function checkRates(own: RatesOverride, all: readonly Override[], book: PriceBook): ContractError[] {
  const { id, model, rates } = own;
  if (all.some((other) => other.kind === "alias" && other.model === model)) {
    return [{ id, field: "model", message: `${model} is an alias: give the rates to the model that it stands for` }];
  }
  const known = findSpelling(book, model)?.model ?? null;
  const needed = known ? kindsOf(known) : (["input"] as const);
  const whose = known ? known.name : "A model";
  return needed
    .filter((kind) => rates[kind] === null)
    .map((kind) => ({ id, field: KIND_FIELDS[kind], message: `is missing: ${whose} charges for these tokens` }));
}

function kindsOf({ rows }: PricedModel): readonly TokenKind[] {
  return TOKEN_KINDS.filter((kind) => rows.some((row) => row.rates[kind] !== null));
}
