import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";

export type NewestCall = Readonly<{
  occurredAt: Date;
  model: string;
  /** By which door it came; null when posted as it is. */
  source: string | null;
  inputTokens: number;
  cacheCreateTokens: number;
  cacheReadTokens: number;
  outputTokens: number;
  /** Picodollars, as everywhere; null when unpriced. */
  inputCost: bigint | null;
  cacheCreateCost: bigint | null;
  cacheReadCost: bigint | null;
  outputCost: bigint | null;
  cost: bigint | null;
  pricingStatus: string;
  pricingReason: string | null;
}>;

/** The latest call that the scope may see, in a few figures; null when there is none yet. */
export async function findNewestCall(scope: Scope): Promise<NewestCall | null> {
  const [call] = await readDb().$queryRaw<NewestCall[]>`
    SELECT occurred_at AS "occurredAt", model, source,
      input_tokens AS "inputTokens", cache_create_5m_tokens + cache_create_1h_tokens AS "cacheCreateTokens",
      cache_read_tokens AS "cacheReadTokens", output_tokens AS "outputTokens",
      input_cost_usd_picos AS "inputCost",
      cache_create_5m_cost_usd_picos + cache_create_1h_cost_usd_picos AS "cacheCreateCost",
      cache_read_cost_usd_picos AS "cacheReadCost", output_cost_usd_picos AS "outputCost",
      cost_usd_picos AS "cost", pricing_status AS "pricingStatus", pricing_reason AS "pricingReason"
    FROM llm_call WHERE ${callScope(scope)} AND line = 0
    ORDER BY occurred_at DESC LIMIT 1`;
  return call ?? null;
}
