import type { LinePrice } from "@/lib/pricing/schema";

/** The columns of llm_call that a price fills, in the form in which they are written. */
export type PriceColumns = Readonly<{
  input_cost_usd_picos: string | null;
  cache_create_5m_cost_usd_picos: string | null;
  cache_create_1h_cost_usd_picos: string | null;
  cache_read_cost_usd_picos: string | null;
  output_cost_usd_picos: string | null;
  web_search_cost_usd_picos: string | null;
  cost_usd_picos: string | null;
  list_cost_usd_picos: string | null;
  pricing_status: string;
  pricing_reason: string | null;
  pricing_notes: string;
  price_id: string | null;
  price_tier: string | null;
  price_multipliers: string;
}>;

/** A price as the columns of llm_call hold it; picodollars as decimal strings. */
export function toPriceColumns(price: LinePrice): PriceColumns {
  const { cost } = price;
  return {
    input_cost_usd_picos: toText(cost?.input),
    cache_create_5m_cost_usd_picos: toText(cost?.cacheCreate5m),
    cache_create_1h_cost_usd_picos: toText(cost?.cacheCreate1h),
    cache_read_cost_usd_picos: toText(cost?.cacheRead),
    output_cost_usd_picos: toText(cost?.output),
    web_search_cost_usd_picos: toText(cost?.webSearch),
    cost_usd_picos: toText(price.costUsdPicos),
    list_cost_usd_picos: toText(price.listCostUsdPicos),
    pricing_status: price.status,
    pricing_reason: price.reason,
    pricing_notes: price.notes.join(","),
    price_id: price.priceId,
    price_tier: price.tier,
    price_multipliers: price.multipliers.join(","),
  };
}

function toText(picos: bigint | null | undefined): string | null {
  return picos?.toString() ?? null;
}
