import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { projectScope } from "@/lib/calls/project-scope";
import { readDb } from "@/lib/db";
import type { RateLimits } from "./schema";

export type ClientDrops = Readonly<{ reason: string; calls: bigint; lastDayCalls: bigint }>;

export type Client = Readonly<{
  environment: string;
  clientId: string;
  /** `sdk-js/0.1.0`. */
  sdk: string;
  runtime: string | null;
  deploySha: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Its clock less ours, when it last reported. */
  skewMs: number;
  /** By model, as last told. */
  rateLimits: Readonly<Record<string, Readonly<{ at: string; told: RateLimits }>>>;
  /** All that it ever dropped, by reason. */
  drops: readonly ClientDrops[];
}>;

/** The clients that reported last, newest first, with what they dropped; and how many there are in all. */
export async function listClients(
  scope: Scope,
  now: Date,
  limit: number,
): Promise<Readonly<{ clients: readonly Client[]; count: number }>> {
  const dayAgo = new Date(now.getTime() - 86_400_000).toISOString();
  type Found = Omit<Client, "drops"> & Readonly<{ drops: readonly [string, string, string][]; count: number }>;
  const found = await readDb().$queryRaw<Found[]>`
    SELECT environment, client_id AS "clientId", sdk, runtime, deploy_sha AS "deploySha",
      first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt", skew_ms::float8 AS "skewMs",
      rate_limits AS "rateLimits", count, coalesce(drops, '[]') AS drops
    FROM (
      SELECT *, (count(*) OVER ())::integer AS count FROM client WHERE ${projectScope(scope)}
      ORDER BY last_seen_at DESC, client_id LIMIT ${limit}::integer
    ) AS latest
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(reason, calls::text, "lastDay"::text) ORDER BY calls DESC, reason) AS drops
      FROM (
        SELECT reason, sum(calls) AS calls, coalesce(sum(calls) FILTER (WHERE reported_at >= ${dayAgo}::timestamptz), 0) AS "lastDay"
        FROM client_drop
        WHERE project_id = latest.project_id AND environment = latest.environment AND client_id = latest.client_id
        GROUP BY reason
      ) AS summed
    ) AS dropped ON TRUE
    ORDER BY last_seen_at DESC, client_id`;
  const clients = found.map(({ count: _count, drops, ...client }) => ({
    ...client,
    drops: drops.map(([reason, calls, lastDay]) => ({ reason, calls: BigInt(calls), lastDayCalls: BigInt(lastDay) })),
  }));
  return { clients, count: found[0]?.count ?? 0 };
}
