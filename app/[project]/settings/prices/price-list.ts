import type { PricedModel, PriceRates, PriceRow } from "@/lib/pricing/book";
import {
  type AdjustmentOverride,
  factorOf,
  findAdjustments,
  findOwnRates,
  type Override,
  type Prices,
  type RatesOverride,
  resolveAlias,
} from "@/lib/pricing/contract";
import { findSpelling, findValid, isPricedOn } from "@/lib/pricing/match";
import { multiplyRounded } from "@/lib/pricing/multiplier";
import { isUndated } from "./changes";
import { agreedPlatforms, type PriceQuery, type PriceSort } from "./price-query";
import { type MtokRates, mapRates, perMtok } from "./rates";

/** Which calls a price is for: standard speed or fast, prompts over a limit or not. */
export type PriceTier = "standard" | "long" | "fast" | "fast_long";

/** A price of a model on the day that is looked at. Rates in picodollars for a million tokens. */
export type TierPrice = Readonly<{
  tier: PriceTier;
  /** For `long` and `fast_long`: for prompts of more than so many tokens. */
  above: number | null;
  /** Null where the book has none and the contract alone prices the model. */
  row: PriceRow | null;
  list: MtokRates | null;
  /** By the project's contract; null where it says nothing about it. */
  contracted: MtokRates | null;
}>;

/** What the contract says about a model on that day and platform. */
export type ModelTerms = Readonly<{ own: RatesOverride | null; adjustments: readonly AdjustmentOverride[] }>;

export type ListedModel = Readonly<{
  model: PricedModel;
  /** Standard first; empty when there is no price on that day. */
  tiers: readonly TierPrice[];
  terms: ModelTerms;
  /** Platforms on which the contract has other terms than those shown here. */
  termsElsewhere: readonly string[];
}>;

/** The models that a query asks for, in its order; without one Anthropic first, priced and sold before retired, newest first, what has no known first day after. */
export function listPrices(prices: Prices, query: PriceQuery): ListedModel[] {
  const found = findModels(prices, query);
  const listed = found.map((model) => priceOn(prices, model, query.on, query.platform));
  return query.sort ? sortBy(listed, query.sort.key, query.sort.dir) : inOwnOrder(prices, listed, query.on);
}

/** The models of the book that match search, provider and platform. */
export function findModels(prices: Prices, { q, provider, platform, on }: PriceQuery): readonly PricedModel[] {
  const matches = searchFor(prices, q, on);
  return prices.book.models.filter(
    (model) =>
      (provider === null || model.provider === provider) &&
      (platform === null || holdsOn(prices, model, platform, on)) &&
      matches(model),
  );
}

/** The price of a model on a UTC day, at the maker's own API where no platform is said. */
export function priceOn(prices: Prices, model: PricedModel, on: string, platform: string | null): ListedModel {
  const at = Date.parse(on);
  const terms = termsOn(prices, model, platform ?? model.provider, at);
  const base = findValid(model.rows, at) ?? null;
  const fast = (base && findValid(model.fastRows, at)) ?? null;
  const tiers = [...tiersOf(base, "standard", terms), ...tiersOf(fast, "fast", { ...terms, own: null })];
  if (!base && terms.own) {
    tiers.push({ tier: "standard", above: null, row: null, list: null, contracted: perMtok(terms.own.rates) });
  }
  // Terms differ between platforms only where the contract names one.
  const termsElsewhere = agreedPlatforms(prices).filter((other) => {
    return idsOf(termsOn(prices, model, other, at)) !== idsOf(terms);
  });
  return { model, tiers, terms, termsElsewhere };
}

/** Overrides of the contract, of any day, that decide what this model costs or that stand for it. */
export function overridesOf(prices: Prices, model: PricedModel): readonly Override[] {
  const isModel = (name: string) => findSpelling(prices.book, name)?.model === model;
  return prices.contract.overrides.filter((override) => {
    if (override.kind === "alias") return isModel(override.target);
    if (override.kind === "rates") return isModel(override.model);
    const isProvider = override.provider === null || override.provider === model.provider;
    return isProvider && (override.model === null || isModel(override.model));
  });
}

function tiersOf(row: PriceRow | null, tier: "standard" | "fast", terms: ModelTerms): TierPrice[] {
  if (!row) return [];
  const price = (rates: PriceRates) => ({ row, list: perMtok(rates), contracted: contractedRates(rates, terms) });
  const base = { tier, above: null, ...price(row.rates) };
  if (!row.longPrompt) return [base];
  const long = tier === "fast" ? "fast_long" : "long";
  return [base, { tier: long, above: row.longPrompt.above, ...price(row.longPrompt.rates) }];
}

/** Own rates replace the list price whatever the length of the prompt; else discounts and premiums multiply it. */
function contractedRates(rates: PriceRates, { own, adjustments }: ModelTerms): MtokRates | null {
  if (own) return perMtok(own.rates);
  if (adjustments.length === 0) return null;
  const factors = adjustments.map(factorOf);
  return mapRates(perMtok(rates), (rate) => multiplyRounded(rate, factors));
}

function termsOn({ contract }: Prices, model: PricedModel, platform: string, at: number): ModelTerms {
  const own = findOwnRates(contract, model.id, platform, at);
  const call = { provider: model.provider, platform, model: model.id };
  return { own, adjustments: findAdjustments(contract, call, at) };
}

const idsOf = ({ own, adjustments }: ModelTerms) => [own?.id, ...adjustments.map(({ id }) => id)].join();

/** Where the maker's list price holds, and where the contract says something about the model. */
function holdsOn(prices: Prices, model: PricedModel, platform: string, on: string): boolean {
  if (isPricedOn(model.provider, platform)) return true;
  const { own, adjustments } = termsOn(prices, model, platform, Date.parse(on));
  return own !== null || adjustments.some((adjustment) => adjustment.platform !== null);
}

/** By part of a name or spelling, or by any exact spelling that would be priced: an ARN, an alias of the contract. */
function searchFor({ book, contract }: Prices, q: string, on: string): (model: PricedModel) => boolean {
  if (!q) return () => true;
  const exact = findSpelling(book, resolveAlias(contract, q, Date.parse(on)) ?? q)?.model;
  const wanted = q.toLowerCase();
  return (model) => {
    const names = [model.name, model.id, ...model.aliases, ...model.bedrockIds, model.vertexId ?? ""];
    return model === exact || names.some((name) => name.toLowerCase().includes(wanted));
  };
}

function inOwnOrder({ book }: Prices, listed: readonly ListedModel[], on: string): ListedModel[] {
  const providers = [...new Set(book.models.map(({ provider }) => provider))];
  const rank = ({ model, tiers }: ListedModel): readonly [number, number, string] => {
    const isGone = model.retiredOn !== null && model.retiredOn <= on;
    const [first] = model.rows;
    const since = first && !isUndated(first) ? first.from : "";
    return [providers.indexOf(model.provider), tiers.length === 0 ? 2 : isGone ? 1 : 0, since];
  };
  return listed.toSorted((a, b) => {
    const [provider, state, from] = rank(a);
    const [otherProvider, otherState, otherFrom] = rank(b);
    if (provider !== otherProvider) return provider - otherProvider;
    if (state !== otherState) return state - otherState;
    return from === otherFrom ? byText(sortName(a), sortName(b)) : byText(otherFrom, from);
  });
}

/** What has no value is last in either direction. */
function sortBy(listed: readonly ListedModel[], key: PriceSort, dir: "asc" | "desc"): ListedModel[] {
  const sign = dir === "asc" ? 1 : -1;
  return listed.toSorted((a, b) => {
    const [one, other] = [sortValue(a, key), sortValue(b, key)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return one === other ? byText(sortName(a), sortName(b)) : one < other ? -sign : sign;
  });
}

function sortValue({ model, tiers }: ListedModel, key: PriceSort): bigint | string | null {
  const [standard] = tiers;
  if (key === "model") return sortName({ model });
  if (key === "since") return standard?.row?.from ?? null;
  const rates = standard?.contracted ?? standard?.list;
  return rates?.[key === "cache_read" ? "cacheRead" : key] ?? null;
}

const sortName = ({ model }: Pick<ListedModel, "model">) => model.name.toLowerCase();

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
