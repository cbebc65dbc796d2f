import type { Prices } from "@/lib/pricing/contract";
import { type LineUsage, priceLineUsage } from "@/lib/pricing/line-price";

/** Calls without a price that are alike in all that decides about a price. */
export type UnpricedGroup = Readonly<{
  provider: string;
  /** Canonical where the book knows it, else as it was sent. */
  model: string;
  /** As the provider spells it. */
  sentModel: string;
  platform: string;
  /** `unknown_model`, `service_tier_not_priced`…: why they had no price when they came. */
  reason: string;
  serviceTier: string;
  speed: string;
  inferenceGeo: string | null;
  location: string | null;
  /** UTC day, 00:00. */
  day: Date;
  hasInput: boolean;
  hasCacheCreate5m: boolean;
  hasCacheCreate1h: boolean;
  hasCacheRead: boolean;
  hasOutput: boolean;
  hasWebSearch: boolean;
  /** Why some of their tokens have no price whatever the model; null where all may have one. */
  partReason: string | null;
  calls: bigint;
  tokens: bigint;
  lastAt: Date;
}>;

/** Calls of a model that have no price for the same reason. */
export type UnpricedCause = Readonly<{
  sentModel: string;
  platform: string;
  reason: string;
  calls: bigint;
  tokens: bigint;
  lastAt: Date;
  /** Those of them that today's prices would price, and their UTC days (`to` exclusive); null where there are none. */
  pricedNow: Readonly<{ calls: bigint; from: Date; to: Date }> | null;
}>;

const DAY_MS = 86_400_000;

/** Puts the groups of one model together by cause, most tokens first, and asks of each whether it would be priced now. */
export function explainUnpriced(groups: readonly UnpricedGroup[], prices: Prices): readonly UnpricedCause[] {
  const causes = new Map<string, UnpricedCause>();
  for (const group of groups) {
    const { sentModel, platform, reason, calls, tokens, lastAt } = group;
    const key = JSON.stringify([sentModel, platform, reason]);
    const known = causes.get(key) ?? { sentModel, platform, reason, calls: 0n, tokens: 0n, lastAt, pricedNow: null };
    causes.set(key, {
      ...known,
      calls: known.calls + calls,
      tokens: known.tokens + tokens,
      lastAt: lastAt > known.lastAt ? lastAt : known.lastAt,
      pricedNow: wouldBePriced(group, prices) ? addDay(known.pricedNow, group) : known.pricedNow,
    });
  }
  return [...causes.values()].toSorted((a, b) => compare(b.tokens, a.tokens) || compare(b.calls, a.calls));
}

/** Whether these prices have one for such calls: which kinds of token they have decides, never how many. */
export function wouldBePriced(group: UnpricedGroup, prices: Prices): boolean {
  const { sentModel, platform, serviceTier, speed, inferenceGeo, location, day, partReason } = group;
  const part: LineUsage["parts"][0] = {
    model: sentModel,
    tokens: {
      input: Number(group.hasInput),
      cacheCreate5m: Number(group.hasCacheCreate5m),
      cacheCreate1h: Number(group.hasCacheCreate1h),
      cacheRead: Number(group.hasCacheRead),
      output: Number(group.hasOutput),
    },
    billable: true,
    ...(partReason !== null && { unpricedReason: partReason }),
  };
  const line: LineUsage = {
    ...{ parts: [part], platform, serviceTier, speed, inferenceGeo, location },
    webSearchRequests: Number(group.hasWebSearch),
    occurredAt: day,
    source: "provider",
    notes: [],
  };
  return priceLineUsage(line, prices).status !== "unpriced";
}

function addDay(known: UnpricedCause["pricedNow"], { day, calls }: UnpricedGroup): UnpricedCause["pricedNow"] {
  const next = new Date(day.getTime() + DAY_MS);
  if (!known) return { calls, from: day, to: next };
  return {
    calls: known.calls + calls,
    from: day < known.from ? day : known.from,
    to: next > known.to ? next : known.to,
  };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
