import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { DeployPrefixes } from "@/lib/cache/stability";
import { callFilters, callScope, callsWithin } from "@/lib/calls/filters";
import type { CallFilter } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import { readDb } from "@/lib/db";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";

type Question = Readonly<{ period: Period; filters: readonly CallFilter[] }>;

/** The prefixes of one feature: by deploy, and how many there are over all of them. */
export type FeaturePrefixes = Readonly<{ feature: string; prefixes: number; deploys: readonly DeployPrefixes[] }>;

type Row = Readonly<{
  feature: string;
  deploy_sha: string | null;
  is_feature: number;
  prefixes: number;
  calls: number;
  written: string;
  first_at: Date;
}>;

/**
 * How many prefixes each feature used under each deploy, of calls that read or wrote a cache: reads the calls themselves.
 * Further lines of a call are in the tokens alone.
 * @throws ScanTimeout when there are too many.
 */
export async function readPrefixes(scope: Scope, question: Question): Promise<readonly FeaturePrefixes[]> {
  const rows = await scanCalls<Row>(Prisma.sql`
    WITH cell AS (
      SELECT feature, deploy_sha, prefix_hash, count(*) FILTER (WHERE line = 0) AS calls, min(occurred_at) AS first_at,
        sum(cache_create_5m_tokens::bigint + cache_create_1h_tokens) AS written
      FROM llm_call
      WHERE ${callsWithin(scope, question)} AND prefix_hash IS NOT NULL
        AND (cache_read_tokens > 0 OR cache_create_5m_tokens > 0 OR cache_create_1h_tokens > 0)
      GROUP BY feature, deploy_sha, prefix_hash)
    SELECT feature, deploy_sha, grouping(deploy_sha) AS is_feature,
      (count(DISTINCT prefix_hash) FILTER (WHERE calls > 0))::int AS prefixes,
      sum(calls)::int AS calls, sum(written)::text AS written, min(first_at) AS first_at
    FROM cell GROUP BY GROUPING SETS ((feature, deploy_sha), (feature)) ORDER BY feature COLLATE "C"`);
  return rows
    .filter(({ is_feature }) => is_feature === 1)
    .map(({ feature, prefixes }) => ({
      feature,
      prefixes,
      deploys: rows.flatMap((row) =>
        row.is_feature === 0 && row.feature === feature
          ? [
              {
                deploy: row.deploy_sha ?? "",
                firstAt: row.first_at,
                calls: row.calls,
                prefixes: row.prefixes,
                tokensWritten: BigInt(row.written),
              },
            ]
          : [],
      ),
    }));
}

const LOOK_BACK = 50;

/** The latest prefixes of some features, newest first, at most `count` each: of their last calls, found by the index. */
export async function findLatestPrefixes(
  scope: Scope,
  features: readonly string[],
  { period, filters }: Question,
  count: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (features.length === 0) return new Map();
  const rows = await readDb().$queryRaw<{ name: string; prefix_hash: string }[]>`
    SELECT name, latest.prefix_hash
    FROM unnest(${[...features]}::text[]) AS name CROSS JOIN LATERAL (
      SELECT prefix_hash, occurred_at FROM llm_call
      WHERE ${callScope(scope)} AND ${callFilters(filters)} AND feature = name AND prefix_hash IS NOT NULL
        AND occurred_at >= ${period.from.toISOString()}::timestamptz AND occurred_at < ${period.to.toISOString()}::timestamptz
      ORDER BY occurred_at DESC LIMIT ${LOOK_BACK}) AS latest
    ORDER BY name, latest.occurred_at DESC`;
  const found = new Map<string, string[]>();
  for (const { name, prefix_hash: prefix } of rows) {
    const known = found.get(name) ?? [];
    if (!known.includes(prefix) && known.length < count) found.set(name, [...known, prefix]);
  }
  return found;
}
