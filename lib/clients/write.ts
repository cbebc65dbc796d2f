import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { writeDb } from "@/lib/db";
import type { ClientReport } from "./schema";

/** As many models as a client's limits are kept of, the latest told. */
const MODELS_KEPT = 50;

/**
 * Stores one report of a client, in one statement, once: a report whose sequence is not above the last one known changes nothing.
 * Of rate limits the latest of each model stay, with the time they were told.
 * @returns whether it was new.
 */
export async function recordClientReport(
  { projectId }: Scope,
  environment: string,
  report: ClientReport,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const limits = Object.entries(report.rate_limits ?? {}).map(([model, told]) => [model, { at, told }]);
  const drops = [...(report.dropped ?? new Map())];
  const taken = await writeDb().$queryRaw<unknown[]>`
    WITH taken AS (
      INSERT INTO client AS known (project_id, environment, client_id, sdk, runtime, deploy_sha, last_sequence, skew_ms,
        rate_limits, first_seen_at, last_seen_at)
      VALUES (${projectId}::integer, ${environment}, ${report.client_id}::uuid, ${report.sdk}, ${report.runtime ?? null},
        ${report.deploy_sha ?? null}, ${report.sequence}::integer, ${report.sent_at.getTime() - now.getTime()}::bigint,
        ${JSON.stringify(Object.fromEntries(limits))}::jsonb, ${at}::timestamptz, ${at}::timestamptz)
      ON CONFLICT (project_id, environment, client_id) DO UPDATE SET
        sdk = EXCLUDED.sdk, runtime = EXCLUDED.runtime, deploy_sha = EXCLUDED.deploy_sha,
        last_sequence = EXCLUDED.last_sequence, skew_ms = EXCLUDED.skew_ms, last_seen_at = EXCLUDED.last_seen_at,
        rate_limits = (
          SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM (
            SELECT key, value FROM jsonb_each(known.rate_limits || EXCLUDED.rate_limits)
            ORDER BY value->>'at' DESC, key LIMIT ${MODELS_KEPT}::integer) AS latest)
      WHERE known.last_sequence < EXCLUDED.last_sequence
      RETURNING client_id
    ), dropped AS (
      INSERT INTO client_drop (project_id, environment, client_id, sequence, reason, calls, reported_at)
      SELECT ${projectId}::integer, ${environment}, client_id, ${report.sequence}::integer, reason, calls, ${at}::timestamptz
      FROM taken, unnest(${drops.map(([reason]) => reason)}::text[], ${drops.map(([, calls]) => calls)}::bigint[])
        AS sent (reason, calls)
    )
    SELECT client_id FROM taken`;
  return taken.length > 0;
}
