import { canonicalModel, type Prices } from "@/lib/pricing/contract";
import { addNotes, priceLineUsage } from "@/lib/pricing/line-price";
import {
  type CostByKind,
  type PricedLine,
  type PricingContext,
  type TokenCounts,
  type TokenKind,
  USAGE_UNKNOWN,
  type Usage,
  type UsagePart,
} from "@/lib/pricing/schema";

const NO_TOKENS: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
const NO_COST: CostByKind = { ...mapKinds(() => 0n), webSearch: 0n };
const DECLINED = "declined_before_output";

type Draft = Pick<PricedLine, "line" | "model" | "sentModel" | "parts" | "tokens" | "webSearchRequests" | "notes">;

/**
 * Prices a call: one line per model, line 0 the model that answered, which also carries the fees of web searches.
 * Exact in picodollars. A call that the provider does not bill (error status, refusal before any output) costs 0; one
 * whose price is not known is `unpriced` with a reason, never priced at some default.
 */
export function priceCall(usage: Usage, context: PricingContext, prices: Prices): PricedLine[] {
  const sentModel = usage.parts[0]?.model ?? "";
  // A failure of which nobody knows what it used is not the same as one that is not billed.
  if (context.statusCode >= 400 && !usage.parts.some(isUnknown)) {
    const model = canonicalModel(prices.book, sentModel);
    const nothing = { tokens: NO_TOKENS, webSearchRequests: 0, parts: [] };
    return [notBillable({ line: 0, model, sentModel, ...nothing, notes: usage.notes }, "http_error")];
  }
  const [first] = usage.parts;
  if (first && usage.parts.length === 1) {
    const model = canonicalModel(prices.book, sentModel);
    return [priceLine(0, model, [withoutRefusal(first, context)], usage, context, prices)];
  }
  const byModel = new Map<string, UsagePart[]>();
  for (const [index, part] of usage.parts.entries()) {
    const model = canonicalModel(prices.book, part.model);
    const billed = index === 0 ? withoutRefusal(part, context) : part;
    const known = byModel.get(model);
    if (known) known.push(billed);
    else byModel.set(model, [billed]);
  }
  return [...byModel].map(([model, parts], line) => priceLine(line, model, parts, usage, context, prices));
}

const isUnknown = ({ unpricedReason }: UsagePart): boolean => unpricedReason === USAGE_UNKNOWN;

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
  prices: Prices,
): PricedLine {
  const billed = parts.every(isBilled) ? parts : parts.filter(isBilled);
  const notes = line === 0 ? [...usage.notes] : [];
  for (const part of parts) addNotes(notes, part.notes);
  if (billed.length < parts.length) addNotes(notes, [`${DECLINED}:not_billed`]);
  const webSearchRequests = line === 0 ? usage.webSearchRequests : 0;
  const sentModel = (billed[0] ?? parts[0])?.model ?? model;
  const tokens = sumTokens(billed);
  if (!isSome(billed)) {
    return notBillable({ line, model, sentModel, parts: billed, tokens, webSearchRequests: 0, notes }, DECLINED);
  }
  // Written out, here and below: this runs for every call, and copying objects whole would take most of its time.
  const price = priceLineUsage(
    {
      parts: billed,
      webSearchRequests,
      serviceTier: usage.serviceTier,
      speed: usage.speed,
      inferenceGeo: usage.inferenceGeo,
      source: usage.source,
      notes,
      platform: context.platform,
      location: context.location,
      occurredAt: context.occurredAt,
    },
    prices,
  );
  return {
    line,
    model,
    sentModel,
    parts: billed,
    tokens,
    webSearchRequests,
    status: price.status,
    reason: price.reason,
    cost: price.cost,
    costUsdPicos: price.costUsdPicos,
    listCostUsdPicos: price.listCostUsdPicos,
    priceId: price.priceId,
    tier: price.tier,
    multipliers: price.multipliers,
    notes: price.notes,
  };
}

const isBilled = ({ billable }: UsagePart): boolean => billable;

function isSome<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

function sumTokens(parts: readonly UsagePart[]): TokenCounts {
  const [first] = parts;
  if (first && parts.length === 1) return first.tokens;
  return parts.reduce((sum, { tokens }) => mapKinds((kind) => sum[kind] + tokens[kind]), NO_TOKENS);
}

function notBillable(draft: Draft, reason: string): PricedLine {
  const outcome = { status: "not_billable", reason, cost: NO_COST, costUsdPicos: 0n, listCostUsdPicos: 0n } as const;
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
