import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { CallKey } from "@/lib/calls/call-id";
import { callScope } from "@/lib/calls/filters";
import type { Call } from "@/lib/calls/read";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";

/** A call of the same session or task; its cost is of all its lines, null when one has no price. */
export type Neighbour = CallKey &
  Readonly<{
    feature: string;
    model: string;
    promptHash: string | null;
    attempt: number;
    statusCode: number;
    latencyMs: number;
    pricingStatus: string;
    costUsdPicos: bigint | null;
  }>;

/** The calls around one, in order of time: `calls[at]` is the call itself. */
export type Neighbours = Readonly<{
  calls: readonly Neighbour[];
  at: number;
  /** False where there are more calls before or after than were read. */
  isWhole: boolean;
}>;

/** How many calls to look at on either side: no conversation of people is as long. */
const REACH = 500;

const COLUMNS = { session: Prisma.sql`session_id`, task: Prisma.sql`task_id` } as const;

/** The calls of the same session (or task) of the same tenant and environment, at most 500 on either side; null without one. */
export async function listNeighbours(scope: Scope, call: Call, by: keyof typeof COLUMNS): Promise<Neighbours | null> {
  const value = by === "session" ? call.sessionId : call.taskId;
  if (value === null) return null;
  const same = Prisma.sql`${callScope(scope)} AND ${COLUMNS[by]} = ${value}
    AND environment = ${call.environment} AND tenant_id = ${call.tenantId} AND line = 0`;
  const key = Prisma.sql`(${call.occurredAt.toISOString()}::timestamptz, ${call.requestId})`;
  const rows = await readDb().$queryRaw<Neighbour[]>`
    WITH around AS (
      (SELECT project_id, occurred_at, tenant_id, request_id FROM llm_call
        WHERE ${same} AND (occurred_at, request_id) < ${key}
        ORDER BY occurred_at DESC, request_id DESC LIMIT ${REACH + 1}::integer)
      UNION ALL
      (SELECT project_id, occurred_at, tenant_id, request_id FROM llm_call
        WHERE ${same} AND (occurred_at, request_id) >= ${key}
        ORDER BY occurred_at, request_id LIMIT ${REACH + 2}::integer)
    )
    SELECT occurred_at AS "occurredAt", tenant_id AS "tenantId", request_id AS "requestId", min(line)::integer AS line,
      min(feature) AS feature, (array_agg(model ORDER BY line))[1] AS model, min(prompt_hash) AS "promptHash",
      min(attempt)::integer AS attempt, min(status_code)::integer AS "statusCode", min(latency_ms)::integer AS "latencyMs",
      (array_agg(pricing_status ORDER BY line))[1] AS "pricingStatus",
      CASE WHEN count(*) = count(cost_usd_picos) THEN sum(cost_usd_picos)::bigint END AS "costUsdPicos"
    FROM llm_call JOIN around USING (project_id, occurred_at, tenant_id, request_id)
    GROUP BY occurred_at, tenant_id, request_id
    ORDER BY occurred_at, request_id`;
  const at = rows.findIndex(({ requestId, occurredAt }) => {
    return requestId === call.requestId && occurredAt.getTime() === call.occurredAt.getTime();
  });
  return at < 0 ? null : { calls: rows, at, isWhole: at <= REACH && rows.length - at <= REACH + 1 };
}
