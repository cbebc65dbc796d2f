import type { PriceRow } from "@/lib/pricing/book";
import { findSpelling, matchPrice } from "@/lib/pricing/match";
import { listMultipliers, scaleRates } from "@/lib/pricing/multiplier";
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
const NO_COST: CostByKind = {
  input: 0n,
  cacheCreate5m: 0n,
  cacheCreate1h: 0n,
  cacheRead: 0n,
  output: 0n,
  webSearch: 0n,
};
const DECLINED = "declined_before_output";
const KIND_NAMES: Readonly<Record<TokenKind, string>> = {
  input: "input",
  cacheCreate5m: "cache_create_5m",
  cacheCreate1h: "cache_create_1h",
  cacheRead: "cache_read",
  output: "output",
};

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
  const notes = line === 0 ? [...usage.notes] : [];
  for (const part of parts) addNotes(notes, part.notes);
  if (billed.length < parts.length) addNotes(notes, [`${DECLINED}:not_billed`]);
  const webSearchRequests = line === 0 ? usage.webSearchRequests : 0;
  const draft: Draft = { line, model, tokens: sumTokens(billed), webSearchRequests, notes };
  const [first] = billed;
  if (!first) return notBillable({ ...draft, webSearchRequests: 0 }, DECLINED);

  const { platform, occurredAt, location } = context;
  const match = matchPrice({ platform, model: first.model, occurredAt, location, isFast: usage.speed === "fast" });
  if (!match.ok) return unpriced(draft, match.reason);
  const reason = billed.find((part) => part.unpricedReason)?.unpricedReason;
  if (reason) return unpriced(draft, reason);
  const multipliers = listMultipliers(match, usage, platform);
  if ("reason" in multipliers) return unpriced(draft, multipliers.reason);
  if (webSearchRequests > 0 && match.model.webSearchPicos === null) return unpriced(draft, "web_search_not_priced");
  addNotes(notes, match.notes);

  const cost = { ...NO_COST, webSearch: BigInt(webSearchRequests) * (match.model.webSearchPicos ?? 0n) };
  let costUsdPicos = cost.webSearch;
  let tier: PricedLine["tier"] = null;
  for (const part of billed) {
    const priced = tierOf(match.row, part);
    tier = tier === null || tier === priced.tier ? priced.tier : "mixed";
    if (priced.isAmbiguous) addNotes(notes, ["tier_ambiguous"]);
    const rates = scaleRates(priced.rates, multipliers);
    for (const kind of TOKEN_KINDS) {
      if (part.tokens[kind] === 0) continue;
      const rate = rates[kind];
      if (rate === null) return unpriced(draft, `no_rate_for_${KIND_NAMES[kind]}`);
      const picos = BigInt(part.tokens[kind]) * rate;
      cost[kind] += picos;
      costUsdPicos += picos;
    }
  }
  return {
    line,
    model,
    tokens: draft.tokens,
    webSearchRequests,
    status: usage.source === "estimated" || notes.some(isAssumption) ? "estimated" : "priced",
    reason: null,
    cost,
    costUsdPicos,
    priceId: match.row.id,
    tier,
    multipliers: multipliers.map(({ label }) => label),
    notes,
  };
}

function addNotes(notes: string[], more: readonly string[] = []): void {
  for (const note of more) if (!notes.includes(note)) notes.push(note);
}

function sumTokens(parts: readonly UsagePart[]): TokenCounts {
  const [first, ...others] = parts;
  return others.reduce((sum, { tokens }) => mapKinds((kind) => sum[kind] + tokens[kind]), first?.tokens ?? NO_TOKENS);
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
