import { type Prices, resolveAlias } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { type EstimateWarning, estimateWarnings, promptOf } from "@/lib/pricing/estimate-warnings";
import { findSpelling } from "@/lib/pricing/match";
import { inferPlatform } from "@/lib/pricing/platform";
import { type CostByKind, type PricedLine, TOKEN_KINDS, type TokenKind, type Usage } from "@/lib/pricing/schema";

/** A share from 0 to 1 in millionths, exactly: 12.5 % is `125_000n`. */
export type Share = bigint;
export const WHOLE: Share = 1_000_000n;

/** An exact amount (picodollars) or count (tokens) times 10^12: the shares of a workload are never rounded. */
export type Exact = bigint;
const EXACT_UNIT = WHOLE * WHOLE;

/** A call to be priced on any model. */
export type AnyModelCall = Readonly<{
  /** The tokens of a call. The model that answered in it is replaced by the one asked for. */
  usage: Usage;
  /** Where it runs; null: at the maker's own API, or as the model's id says. */
  platform: string | null;
  location: string | null;
  /** Decides which prices hold. */
  occurredAt: Date;
}>;

/** One call that stands for all, and how the calls differ. */
export type Workload = AnyModelCall &
  Readonly<{
    /** Share of the calls sent as a batch; null: as the usage says. */
    batchShare: Share | null;
    /** Share of the fresh input that is read from the cache instead. */
    cacheHitShare: Share;
  }>;

/** What a call would cost if this model had answered it, priced as a real one. */
export function priceOnModel(model: string, call: AnyModelCall, prices: Prices): PricedLine[] {
  const { usage, platform, location, occurredAt } = call;
  const context = { ...inferPlatform(model, { platform }), location, occurredAt, stopReason: null, statusCode: 200 };
  return priceCall(answeredBy(usage, model), context, prices);
}

/** What a call of the workload costs on average: exact, by kind. */
export type EstimatedCost = Readonly<{
  tokens: Readonly<Record<TokenKind, Exact>>;
  cost: Readonly<Record<keyof CostByKind, Exact>>;
  /** By the project's contract, which is the list price where there is none. */
  total: Exact;
  /** By the book; null for own rates of a model that the book does not know. */
  listTotal: Exact | null;
  webSearches: Exact;
}>;

export type Estimate = Readonly<{ model: string; provider: string; warnings: readonly EstimateWarning[] }> &
  (
    | Readonly<{
        ok: true;
        perCall: EstimatedCost;
        /** The calls that were averaged: one, unless shares mix several. */
        calls: readonly WeightedCall[];
      }>
    | Readonly<{ ok: false; reason: string /** Whether it is the batch that has no price. */; isOfBatch: boolean }>
  );

/** One of the calls that a workload consists of, with its part of all calls (10^12 is all). */
export type WeightedCall = Readonly<{ weight: Exact; isBatch: boolean; lines: readonly PricedLine[] }>;

/**
 * Estimates a call of a workload on one model: the mean of up to four calls (batch or not, cached or not), each priced as a
 * real one would be, weighted by the shares. Exact, also where the mean of a call is a fraction of a token; only a
 * contracted cost has been rounded to a picodollar before, as every call's is. With both shares at 0 it is what
 * `priceCall` says. A model without a price for any part of it has a reason and no cost.
 */
export function estimateCall(model: string, workload: Workload, prices: Prices): Estimate {
  const { usage, platform, occurredAt, cacheHitShare } = workload;
  const name = resolveAlias(prices.contract, model, occurredAt.getTime()) ?? model;
  const known = findSpelling(prices.book, name)?.model ?? null;
  const base = {
    model,
    provider: known?.provider ?? inferPlatform(model, { platform }).provider,
    warnings: estimateWarnings(known, usage, cacheHitShare > 0n, occurredAt),
  };
  const calls: WeightedCall[] = [];
  for (const { weight, isBatch, isCached } of listVariants(workload)) {
    const tokens = isCached ? readFromCache(usage, known?.minCacheableTokens ?? 0) : usage;
    const call = { ...workload, usage: { ...tokens, serviceTier: tierOf(usage, isBatch) } };
    const lines = priceOnModel(model, call, prices);
    const unpriced = lines.find((line) => line.costUsdPicos === null);
    if (unpriced) return { ...base, ok: false, reason: unpriced.reason ?? "unpriced", isOfBatch: isBatch };
    calls.push({ weight, isBatch, lines });
  }
  return { ...base, ok: true, perCall: averageOf(calls), calls };
}

/** Picodollars of so many calls with margins applied after, rounded once, half up. */
export function toPicos(perCall: Exact, calls: bigint = 1n, margins: readonly Margin[] = []): bigint {
  let [numerator, denominator] = [perCall * calls, EXACT_UNIT];
  for (const margin of margins) {
    numerator *= margin.numerator;
    denominator *= margin.denominator;
  }
  return (2n * numerator + denominator) / (2n * denominator);
}

/** A mean count of tokens or searches as a number to show, to a hundredth. */
export function toCount(count: Exact): number {
  return Number((200n * count + EXACT_UNIT) / (2n * EXACT_UNIT)) / 100;
}

/** What a kind of token costs after batch and contract, in picodollars for a million, rounded half up; null without tokens. */
export function effectiveRate(cost: Exact, tokens: Exact): bigint | null {
  return tokens === 0n ? null : (2n * 1_000_000n * cost + tokens) / (2n * tokens);
}

/** A safety margin on what calls cost: an exact factor. */
export type Margin = Readonly<{ key: string; label: string; numerator: bigint; denominator: bigint }>;

/** The customary margins of an estimate before launch: +30 % for tool recursion, +20 % for retries (they multiply). */
export const MARGINS = [
  { key: "recursion", label: "Recursion", numerator: 13n, denominator: 10n },
  { key: "retries", label: "Retries", numerator: 12n, denominator: 10n },
] as const satisfies readonly Margin[];

/** A month of an estimate has 30 days. */
export const DAYS_PER_MONTH = 30n;

type Variant = Readonly<{ weight: Exact; isBatch: boolean; isCached: boolean }>;

function listVariants({ usage, batchShare, cacheHitShare }: Workload): Variant[] {
  const batch = batchShare ?? (usage.serviceTier === "batch" ? WHOLE : 0n);
  const variants = [true, false].flatMap((isBatch) =>
    [true, false].map((isCached) => ({
      isBatch,
      isCached,
      weight: (isBatch ? batch : WHOLE - batch) * (isCached ? cacheHitShare : WHOLE - cacheHitShare),
    })),
  );
  return variants.filter(({ weight }) => weight > 0n);
}

function tierOf({ serviceTier }: Usage, isBatch: boolean): string {
  if (isBatch) return "batch";
  return serviceTier === "batch" ? "standard" : serviceTier;
}

/** The same tokens on another model; parts of further models (an advisor, say) stay with theirs. */
function answeredBy(usage: Usage, model: string): Usage {
  const sent = usage.parts[0]?.model;
  return { ...usage, parts: usage.parts.map((part) => (part.model === sent ? { ...part, model } : part)) };
}

/** All fresh input read from the cache instead, where the prompt is long enough to be cached. */
function readFromCache(usage: Usage, minimum: number): Usage {
  const parts = usage.parts.map((part) => {
    const { input, cacheRead } = part.tokens;
    if (promptOf(part) < minimum) return part;
    return { ...part, tokens: { ...part.tokens, input: 0, cacheRead: cacheRead + input } };
  });
  return { ...usage, parts };
}

function averageOf(calls: readonly WeightedCall[]): EstimatedCost {
  const all = calls.flatMap(({ weight, lines }) => lines.map((line) => ({ weight, line })));
  const sum = (value: (line: PricedLine) => bigint) =>
    all.reduce((total, { weight, line }) => total + weight * value(line), 0n);
  const byKind = (value: (line: PricedLine, kind: TokenKind) => bigint) =>
    Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, sum((line) => value(line, kind))])) as Record<TokenKind, Exact>;
  const cost = {
    ...byKind((line, kind) => line.cost?.[kind] ?? 0n),
    webSearch: sum((line) => line.cost?.webSearch ?? 0n),
  };
  const hasList = all.every(({ line }) => line.listCostUsdPicos !== null);
  return {
    tokens: byKind((line, kind) => BigInt(line.tokens[kind])),
    cost,
    total: sum((line) => line.costUsdPicos ?? 0n),
    listTotal: hasList ? sum((line) => line.listCostUsdPicos ?? 0n) : null,
    webSearches: sum((line) => BigInt(line.webSearchRequests)),
  };
}
