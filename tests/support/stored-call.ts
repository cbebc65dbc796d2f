import type { CallRow } from "@/lib/calls/columns";
import type { StoredCall } from "@/lib/reprice/stored-call";

const toPicos = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** A row as it is written → as it is read for pricing it again (lib/reprice/read-calls). */
export function toStoredCall(row: CallRow): StoredCall {
  return {
    occurredAt: new Date(row.occurred_at),
    requestId: row.request_id,
    line: row.line,
    environment: row.environment,
    tenantId: row.tenant_id,
    feature: row.feature,
    provider: row.provider,
    platform: row.platform,
    model: row.model,
    sentModel: row.sent_model,
    inputTokens: row.input_tokens,
    cacheCreate5mTokens: row.cache_create_5m_tokens,
    cacheCreate1hTokens: row.cache_create_1h_tokens,
    cacheReadTokens: row.cache_read_tokens,
    outputTokens: row.output_tokens,
    webSearchRequests: row.web_search_requests,
    usageParts: JSON.parse(JSON.stringify(row.usage_parts)) as StoredCall["usageParts"],
    serviceTier: row.service_tier,
    speed: row.speed,
    inferenceGeo: row.inference_geo,
    location: row.location,
    usageSource: row.usage_source,
    inputCost: toPicos(row.input_cost_usd_picos),
    cacheCreate5mCost: toPicos(row.cache_create_5m_cost_usd_picos),
    cacheCreate1hCost: toPicos(row.cache_create_1h_cost_usd_picos),
    cacheReadCost: toPicos(row.cache_read_cost_usd_picos),
    outputCost: toPicos(row.output_cost_usd_picos),
    webSearchCost: toPicos(row.web_search_cost_usd_picos),
    costUsdPicos: toPicos(row.cost_usd_picos),
    listCostUsdPicos: toPicos(row.list_cost_usd_picos),
    pricingStatus: row.pricing_status,
    pricingReason: row.pricing_reason,
    pricingNotes: row.pricing_notes,
    priceId: row.price_id,
    priceTier: row.price_tier,
    priceMultipliers: row.price_multipliers,
    priceVersion: row.price_version,
    repriceRun: null,
    formerPriceVersion: null,
  };
}
