import { groupBy } from "@/lib/group-by";
import type { PriceBook, PricedModel } from "@/lib/pricing/book";
import {
  type AdjustmentOverride,
  type AliasOverride,
  canonicalModel,
  MAX_ALIAS_STEPS,
  type Override,
  type RatesOverride,
} from "@/lib/pricing/contract";
import { findSpelling } from "@/lib/pricing/match";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** What is wrong with a contract: which override, which of its fields, and the rule. */
export type ContractError = Readonly<{ id: string; field: string; message: string }>;

type Days = Pick<Override, "from" | "to">;

const KIND_FIELDS: Readonly<Record<TokenKind, string>> = {
  input: "rates.input",
  cacheCreate5m: "rates.cache_create_5m",
  cacheCreate1h: "rates.cache_create_1h",
  cacheRead: "rates.cache_read",
  output: "rates.output",
};

/** Holds the overrides of a contract against each other and against the book; empty when all is well. */
export function checkContract(overrides: readonly Override[], book: PriceBook): ContractError[] {
  return [...checkIds(overrides), ...checkOverlaps(overrides, book), ...overrides.flatMap(checkOne)];

  function checkOne(override: Override): ContractError[] {
    if (override.kind === "alias") return checkAlias(override, overrides, book);
    if (override.kind === "rates") return checkRates(override, overrides, book);
    return checkAdjustment(override, book);
  }
}

function checkIds(overrides: readonly Override[]): ContractError[] {
  const seen = new Set<string>();
  return overrides.flatMap(({ id }) => {
    if (seen.has(id)) return [{ id, field: "id", message: "Two overrides have this id" }];
    seen.add(id);
    return [];
  });
}

/** Two of the same kind for the same thing must not hold on the same day: which of them counts would be a guess. */
function checkOverlaps(overrides: readonly Override[], book: PriceBook): ContractError[] {
  const bySubject = groupBy(overrides, (override) => subjectOf(override, book));
  return overrides.flatMap((override) => {
    const same = bySubject.get(subjectOf(override, book)) ?? [];
    const other = same.find((one) => one !== override && overlaps(one, override));
    if (!other) return [];
    const days = `from ${other.from}${other.to ? ` until ${other.to}` : ", without an end"}`;
    // The end is at fault where the first day alone would do.
    const field = override.from < other.from ? "to" : "from";
    return [{ id: override.id, field, message: `Overlaps another override of the same, which holds ${days}` }];
  });
}

function overlaps(a: Days, b: Days): boolean {
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

function startsBeforeEnd(a: Days, b: Days): boolean {
  return b.to === null || a.from < b.to;
}

function subjectOf(override: Override, book: PriceBook): string {
  const model = override.model === null ? null : canonicalModel(book, override.model);
  if (override.kind === "alias") return JSON.stringify(["alias", override.model]);
  if (override.kind === "rates") return JSON.stringify(["rates", model, override.platform]);
  return JSON.stringify(["adjustment", override.provider, override.platform, model]);
}

function checkAdjustment({ id, model, provider }: AdjustmentOverride, book: PriceBook): ContractError[] {
  if (provider !== null && !book.models.some((known) => known.provider === provider)) {
    return [{ id, field: "provider", message: `${provider} is not a provider of the price book` }];
  }
  if (model === null) return [];
  const known = findSpelling(book, model)?.model;
  if (!known) {
    const message = `${model} is not a model of the price book: a discount or premium needs a list price`;
    return [{ id, field: "model", message }];
  }
  if (provider === null || known.provider === provider) return [];
  return [{ id, field: "model", message: `${model} is a model of ${known.provider}, not of ${provider}` }];
}

function checkAlias(alias: AliasOverride, all: readonly Override[], book: PriceBook): ContractError[] {
  const { id, model, target } = alias;
  const known = findSpelling(book, model);
  if (known) {
    const message = `${model} is an id of the price book (${known.model.name}): an alias must not shadow a known id`;
    return [{ id, field: "model", message }];
  }
  if (all.some((other) => other.kind === "rates" && other.model === model && overlaps(other, alias))) {
    const message = `${model} has own rates on some of these days: an alias must not shadow them`;
    return [{ id, field: "model", message }];
  }
  const aliases = groupBy(all.filter(isAlias), (other) => other.model);
  const cycle = findCycle(alias, aliases);
  if (cycle) return [{ id, field: "target", message: `Makes a cycle of aliases: ${cycle.join(" → ")}` }];
  if (isTooLong(alias, aliases)) {
    return [{ id, field: "target", message: `Makes a chain of more than ${MAX_ALIAS_STEPS} aliases` }];
  }
  if (findSpelling(book, target)) return [];
  const meanings = all.filter((other) => other.kind !== "adjustment" && other.model === target);
  if (meanings.length === 0) {
    const message = `${target} is neither in the price book nor has it own rates or an alias`;
    return [{ id, field: "target", message }];
  }
  const gap = findGap(alias, meanings);
  if (gap === null) return [];
  return [{ id, field: "target", message: `${target} has no own rates and no alias on ${gap}, when this alias holds` }];
}

function isAlias(override: Override): override is AliasOverride {
  return override.kind === "alias";
}

/** The names of the cycle that an alias closes, on whatever days; null when there is none. */
function findCycle(start: AliasOverride, aliases: ReadonlyMap<string, readonly AliasOverride[]>): string[] | null {
  const seen = new Set<string>();
  const walk = (name: string, path: readonly string[]): string[] | null => {
    if (name === start.model) return [...path, name];
    if (seen.has(name)) return null;
    seen.add(name);
    for (const { target } of aliases.get(name) ?? []) {
      const cycle = walk(target, [...path, name]);
      if (cycle) return cycle;
    }
    return null;
  };
  return walk(start.target, [start.model]);
}

function isTooLong(start: AliasOverride, aliases: ReadonlyMap<string, readonly AliasOverride[]>): boolean {
  let names = new Set([start.target]);
  for (let step = 1; step <= MAX_ALIAS_STEPS && names.size > 0; step++) {
    names = new Set([...names].flatMap((name) => (aliases.get(name) ?? []).map(({ target }) => target)));
  }
  return names.size > 0;
}

/** The first day of a span on which none of the others holds; null when there is none. */
function findGap({ from, to }: Days, others: readonly Days[]): string | null {
  let reached = from;
  for (const other of others.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (other.from > reached) break;
    if (other.to === null) return null;
    if (other.to > reached) reached = other.to;
  }
  return to === null || reached < to ? reached : null;
}

/** Own rates must price every kind of token that the model has a price for, or its calls would be priced in part. */
function checkRates(own: RatesOverride, all: readonly Override[], book: PriceBook): ContractError[] {
  const { id, model, rates } = own;
  if (all.some((other) => other.kind === "alias" && other.model === model && overlaps(other, own))) {
    const message = `${model} is an alias on some of these days: give the rates to the model that it stands for`;
    return [{ id, field: "model", message }];
  }
  const known = findSpelling(book, model)?.model ?? null;
  const needed = known ? kindsOf(known) : (["input"] as const);
  const whose = known ? known.name : "Every model";
  return needed
    .filter((kind) => rates[kind] === null)
    .map((kind) => ({ id, field: KIND_FIELDS[kind], message: `Missing: ${whose} charges for these tokens` }));
}

/** The kinds of token that a model of the book charges for, on any day. */
export function kindsOf({ rows }: PricedModel): readonly TokenKind[] {
  return TOKEN_KINDS.filter((kind) => rows.some((row) => row.rates[kind] !== null));
}
