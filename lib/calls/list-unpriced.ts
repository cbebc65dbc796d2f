import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callFilters, callScope } from "@/lib/calls/filters";
import type { CallsQuery } from "@/lib/calls/query";
import { readDb } from "@/lib/db";

/** Calls without a price, by model and why. */
export type UnpricedModel = Readonly<{
  provider: string;
  model: string;
  /** `unknown_model`, `service_tier_not_priced`… */
  reason: string;
  rows: bigint;
  tokens: bigint;
  lastAt: Date;
}>;

/** The models whose calls in the period have no price, with the reason, most calls first. */
export async function listUnpricedModels(
  scope: Scope,
  { period, filters }: Pick<CallsQuery, "period" | "filters">,
): Promise<readonly UnpricedModel[]> {
  return readDb().$queryRaw<UnpricedModel[]>`
    SELECT provider, model, coalesce(pricing_reason, '') AS reason, count(*) AS rows,
      sum(input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens + output_tokens)::bigint
        AS tokens,
      max(occurred_at) AS "lastAt"
    FROM llm_call
    WHERE ${callScope(scope)} AND ${callFilters(filters)} AND pricing_status = 'unpriced'
      AND occurred_at >= ${period.from.toISOString()}::timestamptz AND occurred_at < ${period.to.toISOString()}::timestamptz
    GROUP BY provider, model, pricing_reason ORDER BY count(*) DESC, model COLLATE "C", reason LIMIT 200`;
}
