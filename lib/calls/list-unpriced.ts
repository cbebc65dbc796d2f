import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { UnpricedGroup } from "@/lib/calls/explain-unpriced";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";

/** The first few of some names, by tokens, and how many there are. */
export type TopNames = Readonly<{ names: readonly string[]; count: number }>;

/** A model some of whose calls have no price: how many, and from whom. Exact, over all days. */
export type UnpricedModel = Readonly<{
  provider: string;
  /** Canonical where the book knows it, else as it was sent. */
  model: string;
  calls: bigint;
  tokens: bigint;
  /** UTC days (00:00) of its first and last call without a price. */
  firstDay: Date;
  lastDay: Date;
  tenants: TopNames;
  features: TopNames;
}>;

/** Models without a price, most tokens first, and what they are a part of. */
export type UnpricedModels = Readonly<{
  /** At most 100. */
  models: readonly UnpricedModel[];
  /** All of them. */
  modelCount: number;
  unpricedCalls: bigint;
  unpricedTokens: bigint;
  /** Of all that the scope may see, priced or not. */
  calls: bigint;
  tokens: bigint;
}>;

/** Reasons are read from this many calls of a model, the newest: a model without a price may have millions. */
export const NEWEST_CALLS = 10_000;
const MAX_MODELS = 100;

/** How many models have calls without a price that the scope may see. */
export async function countUnpricedModels(scope: Scope): Promise<number> {
  const [row] = await readDb().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM (
      SELECT FROM usage_day WHERE ${callScope(scope)} AND unpriced_calls > 0 GROUP BY provider, model) AS models`;
  return Number(row?.count ?? 0);
}

type ModelRow = Omit<UnpricedModel, "tenants" | "features"> &
  Readonly<{
    tenants: string[];
    tenantCount: bigint;
    features: string[];
    featureCount: bigint;
    modelCount: bigint;
    unpricedCalls: bigint;
    unpricedTokens: bigint;
  }>;

/** The models whose calls have no price, of all days, from the sums by day. */
export async function listUnpricedModels(scope: Scope): Promise<UnpricedModels> {
  const [rows, [all]] = await Promise.all([
    readDb().$queryRaw<ModelRow[]>`
      WITH unpriced AS MATERIALIZED (
        SELECT provider, model, tenant_id, feature, sum(unpriced_calls) AS calls, sum(unpriced_tokens) AS tokens,
          min(bucket) AS first_day, max(bucket) AS last_day
        FROM usage_day WHERE ${callScope(scope)} AND unpriced_calls > 0 GROUP BY 1, 2, 3, 4),
      models AS (
        SELECT provider, model, sum(calls) AS calls, sum(tokens) AS tokens, min(first_day) AS first_day,
          max(last_day) AS last_day
        FROM unpriced GROUP BY 1, 2),
      tenants AS (
        SELECT provider, model, count(*) AS count, (array_agg(tenant_id ORDER BY tokens DESC, tenant_id COLLATE "C"))[1:3] AS names
        FROM (SELECT provider, model, tenant_id, sum(tokens) AS tokens FROM unpriced GROUP BY 1, 2, 3) AS each GROUP BY 1, 2),
      features AS (
        SELECT provider, model, count(*) AS count, (array_agg(feature ORDER BY tokens DESC, feature COLLATE "C"))[1:3] AS names
        FROM (SELECT provider, model, feature, sum(tokens) AS tokens FROM unpriced GROUP BY 1, 2, 3) AS each GROUP BY 1, 2)
      SELECT provider, model, calls::bigint, tokens::bigint, first_day AS "firstDay", last_day AS "lastDay",
        tenants.names AS tenants, tenants.count AS "tenantCount",
        features.names AS features, features.count AS "featureCount",
        count(*) OVER () AS "modelCount", (sum(calls) OVER ())::bigint AS "unpricedCalls",
        (sum(tokens) OVER ())::bigint AS "unpricedTokens"
      FROM models JOIN tenants USING (provider, model) JOIN features USING (provider, model)
      ORDER BY models.tokens DESC, models.calls DESC, model COLLATE "C", provider COLLATE "C" LIMIT ${MAX_MODELS}`,
    readDb().$queryRaw<{ calls: bigint; tokens: bigint }[]>`
      SELECT coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(input_tokens + cache_create_5m_tokens
        + cache_create_1h_tokens + cache_read_tokens + output_tokens), 0)::bigint AS tokens
      FROM usage_day WHERE ${callScope(scope)}`,
  ]);
  return {
    models: rows.map(({ provider, model, calls, tokens, firstDay, lastDay, ...from }) => ({
      ...{ provider, model, calls, tokens, firstDay, lastDay },
      tenants: { names: from.tenants, count: Number(from.tenantCount) },
      features: { names: from.features, count: Number(from.featureCount) },
    })),
    modelCount: Number(rows[0]?.modelCount ?? 0),
    unpricedCalls: rows[0]?.unpricedCalls ?? 0n,
    unpricedTokens: rows[0]?.unpricedTokens ?? 0n,
    calls: all?.calls ?? 0n,
    tokens: all?.tokens ?? 0n,
  };
}

/**
 * The calls without a price of these models, grouped by all that decides about a price: of each model the newest
 * `NEWEST_CALLS` that are still kept.
 */
export async function listUnpricedGroups(
  scope: Scope,
  models: readonly Pick<UnpricedModel, "provider" | "model">[],
): Promise<readonly UnpricedGroup[]> {
  const [names, providers] = [models.map(({ model }) => model), models.map(({ provider }) => provider)];
  return readDb().$queryRaw<UnpricedGroup[]>`
    SELECT provider, model, platform, coalesce(sent_model, model) AS "sentModel", coalesce(pricing_reason, '') AS reason,
      service_tier AS "serviceTier", speed, inference_geo AS "inferenceGeo", location,
      date_trunc('day', occurred_at, 'UTC') AS day,
      input_tokens > 0 AS "hasInput", cache_create_5m_tokens > 0 AS "hasCacheCreate5m",
      cache_create_1h_tokens > 0 AS "hasCacheCreate1h", cache_read_tokens > 0 AS "hasCacheRead",
      output_tokens > 0 AS "hasOutput", web_search_requests > 0 AS "hasWebSearch",
      jsonb_path_query_first(usage_parts, '$[*].unpriced_reason') #>> '{}' AS "partReason",
      count(*) AS calls, max(occurred_at) AS "lastAt",
      sum(input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens + output_tokens)::bigint
        AS tokens
    FROM unnest(${names}::text[], ${providers}::text[]) AS wanted (wanted_model, wanted_provider)
    CROSS JOIN LATERAL (
      SELECT * FROM llm_call
      WHERE ${callScope(scope)} AND pricing_status = 'unpriced' AND model = wanted_model AND provider = wanted_provider
      ORDER BY occurred_at DESC LIMIT ${NEWEST_CALLS}) AS newest
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17`;
}
