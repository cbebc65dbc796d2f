import type { z } from "zod";
import { callSchema } from "@/lib/ingest/schema";

/** The counts of tokens a question may give, in the fixed order of the kinds. */
export const COUNT_PARAMS = [
  "input_tokens",
  "cache_create_5m_tokens",
  "cache_create_1h_tokens",
  "cache_read_tokens",
  "output_tokens",
  "web_search_requests",
] as const;
export type CountParam = (typeof COUNT_PARAMS)[number];

/** What besides tokens decides a price, by the names of POST /api/v1/calls. */
export const PLACE_PARAMS = ["platform", "location", "service_tier", "speed", "inference_geo"] as const;

const shape = callSchema.shape;

/** What of a call decides its price; the rules of each field are those of POST /api/v1/calls. */
export const pricedCallSchema = callSchema
  .pick({
    model: true,
    provider: true,
    platform: true,
    location: true,
    usage: true,
    input_tokens: true,
    cache_create_5m_tokens: true,
    cache_create_1h_tokens: true,
    cache_create_tokens: true,
    cache_read_tokens: true,
    output_tokens: true,
    web_search_requests: true,
    service_tier: true,
    speed: true,
    inference_geo: true,
    stop_reason: true,
    status_code: true,
    incomplete: true,
    usage_source: true,
  })
  .extend({
    occurred_at: shape.occurred_at.nullish(),
    tenant_id: shape.tenant_id.nullish(),
    feature: shape.feature.nullish(),
  });

/** A call without what only storing needs: time, tenant and feature may be absent. */
export type PricedCall = z.infer<typeof pricedCallSchema>;
