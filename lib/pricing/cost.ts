import type { PriceRates, PriceRow } from "@/lib/pricing/book";
import { findSpelling, matchPrice } from "@/lib/pricing/match";
import { listMultipliers, type Multiplier } from "@/lib/pricing/multiplier";
import {
  type CostByKind,
  type PricedLine,
  type PricingContext,
  TOKEN_KINDS,
  type TokenCounts,
  type TokenKind,
  type Usage,
  type UsagePart,
} from "@/lib/pricing/schema";

const NO_TOKENS: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
const NO_COST: CostByKind = { ...mapKinds(() => 0n), webSearch: 0n };
const DECLINED = "declined_before_output";
const KIND_NAMES: Readonly<Record<TokenKind, string>> = {
  input: "input",
  cacheCreate5m: "cache_create_5m",
  cacheCreate1h: "cache_create_1h",
  cacheRead: "cache_read",
  output: "output",
};

type Tier = NonNullable<PricedLine["tier"]>;
type Draft = Omit<PricedLine, "status" | "reason" | "cost" | "costUsdPicos" | "priceId" | "tier" | "multipliers">;

/**
 * Prices a call: one line per model, line 0 the model that answered, which also carries the fees of web searches.
 * Exact in picodollars and never rounded. A call that the provider does not bill (error status, refusal before any
 * output) costs 0; one whose price is not known is `unpriced` with a reason, never priced at some default.
 */
export function priceCall(usage: Usage, context: PricingContext): PricedLine[] {
  if (context.statusCode >= 400) {
    const model = canonical(usage.parts[0]?.model ?? "");
    return [notBillable({ line: 0, model, tokens: NO_TOKENS, webSearchRequests: 0, notes: usage.notes }, "http_error")];
  }
  const byModel = new Map<string, UsagePart[]>();
  for (const [index, part] of usage.parts.entries()) {
    const model = canonical(part.model);
    const billed = index === 0 ? withoutRefusal(part, context) : part;
    byModel.set(model, [...(byModel.get(model) ?? []), billed]);
  }
  return [...byModel].map(([model, parts], line) => priceLine(line, model, parts, usage, context));
}

function canonical(model: string): string {
  return findSpelling(model)?.model.id ?? model;
}

/** Zero output alone is no refusal: a pre-warm has none either and is billed. */
function withoutRefusal(part: UsagePart, context: PricingContext): UsagePart {
  const isDeclined = context.provider === "anthropic" && context.stopReason === "refusal" && part.tokens.output === 0;
  return isDeclined ? { ...part, billable: false } : part;
}

function priceLine(
  line: number,
  model: string,
  parts: readonly UsagePart[],
  usage: Usage,
  context: PricingContext,
): PricedLine {
  const billed = parts.filter((part) => part.billable);
  const notes = new Set(line === 0 ? usage.notes : []);
  for (const part of parts) for (const note of part.notes ?? []) notes.add(note);
  if (billed.length < parts.length) notes.add(`${DECLINED}:not_billed`);
  const tokens = billed.reduce((sum, part) => mapKinds((kind) => sum[kind] + part.tokens[kind]), NO_TOKENS);
  const webSearchRequests = line === 0 ? usage.webSearchRequests : 0;
  const draft: Draft = { line, model, tokens, webSearchRequests, notes: [...notes] };
  if (billed.length === 0) return notBillable({ ...draft, webSearchRequests: 0 }, DECLINED);
  const spelled = billed[0]?.model ?? model;
  const isFast = usage.speed === "fast";
  const match = matchPrice({ ...context, model: spelled, isFast });
  if (!match.ok) return unpriced(draft, match.reason);
  const reason = billed.find((part) => part.unpricedReason)?.unpricedReason;
  if (reason) return unpriced(draft, reason);
  const multipliers = listMultipliers(match, { ...usage, platform: context.platform });
  if ("reason" in multipliers) return unpriced(draft, multipliers.reason);
  for (const note of match.notes) notes.add(note);

  const { row } = match;
  const tiers = new Set<Tier>();
  let cost = NO_COST;
  for (const part of billed) {
    const { tier, rates, isAmbiguous } = tierOf(row, part);
    tiers.add(tier);
    if (isAmbiguous) notes.add("tier_ambiguous");
    const missing = TOKEN_KINDS.find((kind) => part.tokens[kind] > 0 && rates[kind] === null);
    if (missing) return unpriced(draft, `no_rate_for_${KIND_NAMES[missing]}`);
    cost = addCost(cost, part.tokens, rates, multipliers);
  }
  if (webSearchRequests > 0) {
    if (match.model.webSearchPicos === null) return unpriced(draft, "web_search_not_priced");
    cost = { ...cost, webSearch: BigInt(webSearchRequests) * match.model.webSearchPicos };
  }
  const [tier = "base", ...otherTiers] = tiers;
  return {
    ...draft,
    notes: [...notes],
    status: usage.source === "estimated" || [...notes].some(isAssumption) ? "estimated" : "priced",
    reason: null,
    cost,
    costUsdPicos: TOKEN_KINDS.reduce((sum, kind) => sum + cost[kind], cost.webSearch),
    priceId: row.id,
    tier: otherTiers.length > 0 ? "mixed" : tier,
    multipliers: multipliers.map(({ label }) => label),
  };
}

/** A prompt strictly longer than the threshold puts the whole request, output included, on the higher rates. */
function tierOf(row: PriceRow, { tokens, largestPromptTokens }: UsagePart) {
  const prompt = tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead;
  if (row.longPrompt === null || prompt <= row.longPrompt.above) {
    return { tier: row.fast ? "fast" : "base", rates: row.rates, isAmbiguous: false } as const;
  }
  const isAmbiguous = largestPromptTokens !== undefined && largestPromptTokens <= row.longPrompt.above;
  return { tier: row.fast ? "fast_long" : "long", rates: row.longPrompt.rates, isAmbiguous } as const;
}

function addCost(
  cost: CostByKind,
  tokens: TokenCounts,
  rates: PriceRates,
  multipliers: readonly Multiplier[],
): CostByKind {
  let numerator = 1n;
  let denominator = 1n;
  for (const multiplier of multipliers) {
    numerator *= multiplier.numerator;
    denominator *= multiplier.denominator;
  }
  const kinds = mapKinds((kind) => {
    const scaled = BigInt(tokens[kind]) * (rates[kind] ?? 0n) * numerator;
    if (scaled % denominator !== 0n) throw new RangeError(`${kind} cost is not a whole number of picodollars`);
    return cost[kind] + scaled / denominator;
  });
  return { ...kinds, webSearch: cost.webSearch };
}

function isAssumption(note: string): boolean {
  return note.includes(":assumed_") || note === "incomplete_stream" || note === "tier_ambiguous";
}

function notBillable(draft: Draft, reason: string): PricedLine {
  const outcome = { status: "not_billable", reason, cost: NO_COST, costUsdPicos: 0n } as const;
  return { ...draft, ...outcome, priceId: null, tier: null, multipliers: [] };
}

function unpriced(draft: Draft, reason: string): PricedLine {
  const outcome = { status: "unpriced", reason, cost: null, costUsdPicos: null } as const;
  return { ...draft, ...outcome, priceId: null, tier: null, multipliers: [] };
}

function mapKinds<T>(value: (kind: TokenKind) => T): Record<TokenKind, T> {
  return {
    input: value("input"),
    cacheCreate5m: value("cacheCreate5m"),
    cacheCreate1h: value("cacheCreate1h"),
    cacheRead: value("cacheRead"),
    output: value("output"),
  };
}
