import type { PriceRow } from "@/lib/pricing/book";
import { findAdjustments, findOwnRates, type Prices, type RatesOverride, resolveAlias } from "@/lib/pricing/contract";
import { findSpelling, isPricedOn, matchPrice, type PriceMatch } from "@/lib/pricing/match";
import {
  listMultipliers,
  type Multiplier,
  multiplyByRatio,
  multiplyRounded,
  productOf,
  scaleRates,
} from "@/lib/pricing/multiplier";
import {
  type CostByKind,
  type LinePrice,
  TOKEN_KINDS,
  type TokenKind,
  type UsagePart,
  type UsageSource,
} from "@/lib/pricing/schema";
import type { Spelling } from "@/lib/pricing/spelling";

/** The billed parts of one line of a call, all of one model, and what else decides their price. */
export type LineUsage = Readonly<{
  /** At least one. */
  parts: readonly [UsagePart, ...UsagePart[]];
  webSearchRequests: number;
  serviceTier: string;
  speed: string;
  inferenceGeo: string | null;
  source: UsageSource;
  /** What reading the usage object noticed or assumed. */
  notes: readonly string[];
  platform: string;
  location: string | null;
  occurredAt: Date;
}>;

type Match = Extract<PriceMatch, { ok: true }>;
type Cost = Record<TokenKind | "webSearch", bigint>;
type ListPrice = Readonly<{
  cost: Cost;
  priceId: string;
  tier: LinePrice["tier"];
  multipliers: readonly Multiplier[];
  notes: string[];
}>;
type Refusal = Readonly<{ reason: string }>;
type Multipliers = readonly Multiplier[] | Refusal;
type OwnPricing = Readonly<{
  line: LineUsage;
  own: RatesOverride;
  match: PriceMatch;
  multipliers: Multipliers;
  list: ListPrice | Refusal;
  notes: string[];
}>;

const NO_COST: CostByKind = {
  input: 0n,
  cacheCreate5m: 0n,
  cacheCreate1h: 0n,
  cacheRead: 0n,
  output: 0n,
  webSearch: 0n,
};
const KIND_NAMES: Readonly<Record<TokenKind, string>> = {
  input: "input",
  cacheCreate5m: "cache_create_5m",
  cacheCreate1h: "cache_create_1h",
  cacheRead: "cache_read",
  output: "output",
};

/** What a column of the database holds, $9.2M: no call costs as much, but rates of a contract and counts of a test may say so. */
const MAX_PICOS = 2n ** 63n - 1n;
const OUT_OF_RANGE = "cost_out_of_range";

/** Notes that pricing adds; any other came with the usage and stays when a call is priced again. */
const PRICE_NOTE = /^(price_change_day|tier_ambiguous|by_alias|[a-z]+_endpoint_unknown:assumed_regional)$/;

/** Whether a note was added by pricing, so that pricing again decides about it again. */
export const isPriceNote = (note: string): boolean => PRICE_NOTE.test(note);

/**
 * Prices one line by list and by contract. The list price is exact and never rounded. Own rates of the contract replace it
 * at standard speed, with the same batch and regional factors, and take no further discount; else discounts and
 * premiums multiply the list price. A contracted cost is rounded once, half up, to a whole picodollar for each kind.
 */
export function priceLineUsage(line: LineUsage, prices: Prices): LinePrice {
  const { book, contract } = prices;
  const [{ model: sent }] = line.parts;
  const at = line.occurredAt.getTime();
  const alias = resolveAlias(contract, sent, at);
  const name = alias ?? sent;
  const spelling = findSpelling(book, name);
  const model = spelling?.model.id ?? name;
  const provider = spelling?.model.provider ?? "unknown";
  const adjustments = findAdjustments(contract, { provider, platform: line.platform, model }, at);
  // Who says what a platform adds to the list price, or that a name stands for a model, says that the list price holds there.
  const isAgreed = alias !== null || adjustments.some((entry) => entry.platform !== null);
  const platform = isAgreed && !isPricedOn(provider, line.platform) ? homeOf(spelling, provider) : line.platform;
  const { occurredAt, location } = line;
  const match = matchPrice(spelling, { platform, occurredAt, location, isFast: line.speed === "fast" });
  const notes = [...line.notes];
  if (alias !== null) notes.push("by_alias");

  const own = line.speed === "fast" ? null : findOwnRates(contract, model, line.platform, at);
  const reason = line.parts.find((part) => part.unpricedReason)?.unpricedReason;
  if (reason && (match.ok || own)) return unpriced(notes, reason);
  const multipliers = match.ok ? listMultipliers(match, line, platform) : plainOnly(line);
  const list = match.ok ? priceByBook(line, match, multipliers) : { reason: match.reason };
  if (own) return priceByOwnRates({ line, own, match, multipliers, list, notes });
  if ("reason" in list) return unpriced(notes, list.reason);

  addNotes(notes, list.notes);
  const factors = adjustments.map(({ factor }) => factor);
  const listCost = total(list.cost);
  const cost = factors.length === 0 ? list.cost : multiplyCost(list.cost, factors);
  const contracted = factors.length === 0 ? listCost : total(cost);
  if (listCost > MAX_PICOS || contracted > MAX_PICOS) return unpriced(notes, OUT_OF_RANGE);
  return {
    status: statusOf(line, notes),
    reason: null,
    cost,
    costUsdPicos: contracted,
    listCostUsdPicos: listCost,
    priceId: list.priceId,
    tier: list.tier,
    multipliers: [...list.multipliers, ...factors].map(({ label }) => label),
    notes,
  };
}

/** Where a model is priced when the call's own platform is none of the maker's: as its name says, else at the maker's. */
function homeOf(spelling: Spelling | null, provider: string): string {
  const spelled = spelling?.platform ?? null;
  return spelled !== null && isPricedOn(provider, spelled) ? spelled : provider;
}

function priceByBook(line: LineUsage, match: Match, multipliers: Multipliers): ListPrice | Refusal {
  if ("reason" in multipliers) return multipliers;
  if (line.webSearchRequests > 0 && match.model.webSearchPicos === null) return { reason: "web_search_not_priced" };
  const cost: Cost = { ...NO_COST, webSearch: searchFee(line, match) };
  const notes = [...match.notes];
  let tier: LinePrice["tier"] = null;
  for (const part of line.parts) {
    const priced = tierOf(match.row, part);
    tier = tier === null || tier === priced.tier ? priced.tier : "mixed";
    if (priced.isAmbiguous) addNotes(notes, ["tier_ambiguous"]);
    const rates = scaleRates(priced.rates, multipliers);
    for (const kind of TOKEN_KINDS) {
      if (part.tokens[kind] === 0) continue;
      const rate = rates[kind];
      if (rate === null) return { reason: `no_rate_for_${KIND_NAMES[kind]}` };
      cost[kind] += BigInt(part.tokens[kind]) * rate;
    }
  }
  return { cost, priceId: match.row.id, tier, multipliers, notes };
}

function priceByOwnRates({ line, own, match, multipliers, list, notes }: OwnPricing): LinePrice {
  if ("reason" in multipliers) return unpriced(notes, multipliers.reason);
  const fee = match.ok ? match.model.webSearchPicos : null;
  if (line.webSearchRequests > 0 && fee === null) return unpriced(notes, "web_search_not_priced");
  if (match.ok)
    addNotes(
      notes,
      match.notes.filter((note) => note !== "price_change_day"),
    );
  const cost: Cost = { ...NO_COST, webSearch: BigInt(line.webSearchRequests) * (fee ?? 0n) };
  for (const kind of TOKEN_KINDS) {
    const tokens = line.parts.reduce((sum, part) => sum + part.tokens[kind], 0);
    if (tokens === 0) continue;
    const rate = own.rates[kind];
    if (rate === null) return unpriced(notes, `no_rate_for_${KIND_NAMES[kind]}`);
    cost[kind] = multiplyRounded(BigInt(tokens) * rate, multipliers);
  }
  const contracted = total(cost);
  const listCost = "reason" in list ? null : total(list.cost);
  if (contracted > MAX_PICOS || (listCost !== null && listCost > MAX_PICOS)) return unpriced(notes, OUT_OF_RANGE);
  return {
    status: statusOf(line, notes),
    reason: null,
    cost,
    costUsdPicos: contracted,
    listCostUsdPicos: listCost,
    priceId: `contract/${own.id}`,
    tier: "base",
    multipliers: multipliers.map(({ label }) => label),
    notes,
  };
}

/** The modifiers of a model that the book does not know are not known either. */
function plainOnly({ serviceTier, speed }: LineUsage): Multipliers {
  if (serviceTier !== "standard") return { reason: "service_tier_not_priced" };
  return speed === "standard" ? [] : { reason: "speed_not_priced" };
}

function searchFee({ webSearchRequests }: LineUsage, { model }: Match): bigint {
  return BigInt(webSearchRequests) * (model.webSearchPicos ?? 0n);
}

/** A prompt strictly longer than the threshold puts the whole request, output included, on the higher rates. */
export function tierOf(row: PriceRow, { tokens, largestPromptTokens }: UsagePart) {
  const prompt = tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead;
  if (row.longPrompt === null || prompt <= row.longPrompt.above) {
    return { tier: row.fast ? "fast" : "base", rates: row.rates, isAmbiguous: false } as const;
  }
  const isAmbiguous = largestPromptTokens !== undefined && largestPromptTokens <= row.longPrompt.above;
  return { tier: row.fast ? "fast_long" : "long", rates: row.longPrompt.rates, isAmbiguous } as const;
}

function statusOf({ source }: LineUsage, notes: readonly string[]) {
  return source !== "provider" || notes.some(isAssumption) ? "estimated" : "priced";
}

function isAssumption(note: string): boolean {
  return note.includes(":assumed_") || note === "incomplete_stream" || note === "tier_ambiguous";
}

function unpriced(notes: readonly string[], reason: string): LinePrice {
  const outcome = { status: "unpriced", reason, cost: null, costUsdPicos: null, listCostUsdPicos: null } as const;
  return { ...outcome, priceId: null, tier: null, multipliers: [], notes };
}

/** Adds what is not noted yet. */
export function addNotes(notes: string[], more: readonly string[] = []): void {
  for (const note of more) if (!notes.includes(note)) notes.push(note);
}

function total(cost: CostByKind): bigint {
  return cost.input + cost.cacheCreate5m + cost.cacheCreate1h + cost.cacheRead + cost.output + cost.webSearch;
}

/** The contracted cost of each kind: every product is rounded once. */
function multiplyCost(cost: CostByKind, factors: readonly Multiplier[]): CostByKind {
  const product = productOf(factors);
  return {
    input: multiplyByRatio(cost.input, product),
    cacheCreate5m: multiplyByRatio(cost.cacheCreate5m, product),
    cacheCreate1h: multiplyByRatio(cost.cacheCreate1h, product),
    cacheRead: multiplyByRatio(cost.cacheRead, product),
    output: multiplyByRatio(cost.output, product),
    webSearch: multiplyByRatio(cost.webSearch, product),
  };
}
