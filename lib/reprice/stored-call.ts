import { type PriceColumns, toPriceColumns } from "@/lib/calls/price-columns";
import type { Prices } from "@/lib/pricing/contract";
import { isPriceNote, priceLineUsage } from "@/lib/pricing/line-price";
import { type LinePrice, USAGE_SOURCES } from "@/lib/pricing/schema";
import { readParts, type StoredPart } from "@/lib/pricing/stored-parts";

/** A row of llm_call, as far as pricing it again needs it. Costs in picodollars. */
export type StoredCall = Readonly<{
  occurredAt: Date;
  requestId: string;
  line: number;
  environment: string;
  tenantId: string;
  feature: string;
  provider: string;
  platform: string;
  model: string;
  sentModel: string | null;
  inputTokens: number;
  cacheCreate5mTokens: number;
  cacheCreate1hTokens: number;
  cacheReadTokens: number;
  outputTokens: number;
  webSearchRequests: number;
  usageParts: readonly StoredPart[] | null;
  serviceTier: string;
  speed: string;
  inferenceGeo: string | null;
  location: string | null;
  usageSource: string;
  inputCost: bigint | null;
  cacheCreate5mCost: bigint | null;
  cacheCreate1hCost: bigint | null;
  cacheReadCost: bigint | null;
  outputCost: bigint | null;
  webSearchCost: bigint | null;
  costUsdPicos: bigint | null;
  listCostUsdPicos: bigint | null;
  pricingStatus: string;
  pricingReason: string | null;
  pricingNotes: string;
  priceId: string | null;
  priceTier: string | null;
  priceMultipliers: string;
  priceVersion: number;
  repriceRun: number | null;
  formerPriceVersion: number | null;
}>;

/** A stored call under other prices: what it costs by them, and whether that differs in anything from what is stored. */
export type Repriced = Readonly<{ price: LinePrice; columns: PriceColumns; isChanged: boolean }>;

/**
 * Prices a stored, billable call again, exactly as it would be priced if it arrived now: what was read from its usage stays,
 * what the book and the contract decided is decided anew.
 */
export function repriceCall(call: StoredCall, prices: Prices): Repriced {
  const tokens = {
    input: call.inputTokens,
    cacheCreate5m: call.cacheCreate5mTokens,
    cacheCreate1h: call.cacheCreate1hTokens,
    cacheRead: call.cacheReadTokens,
    output: call.outputTokens,
  };
  const { serviceTier, speed, inferenceGeo, platform, location, occurredAt, webSearchRequests } = call;
  const price = priceLineUsage(
    {
      parts: readParts(call.usageParts, tokens, call.sentModel ?? call.model),
      notes: call.pricingNotes.split(",").filter((note) => note !== "" && !isPriceNote(note)),
      source: USAGE_SOURCES.find((source) => source === call.usageSource) ?? "provider",
      ...{ webSearchRequests, serviceTier, speed, inferenceGeo, platform, location, occurredAt },
    },
    prices,
  );
  const columns = toPriceColumns(price);
  const stored = columnsOf(call);
  const isChanged = (Object.keys(columns) as (keyof PriceColumns)[]).some((name) => columns[name] !== stored[name]);
  return { price, columns, isChanged };
}

function columnsOf(call: StoredCall): PriceColumns {
  return {
    input_cost_usd_picos: toText(call.inputCost),
    cache_create_5m_cost_usd_picos: toText(call.cacheCreate5mCost),
    cache_create_1h_cost_usd_picos: toText(call.cacheCreate1hCost),
    cache_read_cost_usd_picos: toText(call.cacheReadCost),
    output_cost_usd_picos: toText(call.outputCost),
    web_search_cost_usd_picos: toText(call.webSearchCost),
    cost_usd_picos: toText(call.costUsdPicos),
    list_cost_usd_picos: toText(call.listCostUsdPicos),
    pricing_status: call.pricingStatus,
    pricing_reason: call.pricingReason,
    pricing_notes: call.pricingNotes,
    price_id: call.priceId,
    price_tier: call.priceTier,
    price_multipliers: call.priceMultipliers,
  };
}

const toText = (picos: bigint | null): string | null => picos?.toString() ?? null;
