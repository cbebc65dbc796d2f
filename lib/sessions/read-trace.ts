import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { ROLLUP_MEASURES } from "@/lib/calls/columns";
import { callFilters, callScope } from "@/lib/calls/filters";
import type { CallFilter } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";
import { INPUT, TRACE_COLUMN, type TraceKind, withResent } from "./resent";

/** What may be looked at call by call: an application may send one id with all of its calls. */
export const MOST_TRACED = 20_000;

/** One session or task by its id, which several tenants may have used. */
export type TraceId = Readonly<{ kind: TraceKind; id: string }>;

/** Whose it is: with the id, the identity of a session or task. */
export type TraceOwner = Readonly<{ environment: string; tenantId: string }>;

/** A session or task of one tenant over all time: picodollars, tokens, calls. */
export type Trace = TraceOwner &
  Readonly<{
    calls: number;
    /** Rows of llm_call: more than calls where one was served by several models. */
    lines: number;
    /** Calls that are no retry. */
    turns: number;
    /** Calls answered with an error or 429. */
    failures: number;
    firstAt: Date;
    /** When the last answer ended. */
    endAt: Date;
    costUsdPicos: bigint;
    unpricedCalls: number;
    inputTokens: bigint;
    /** At most so many of them were sent before; null, like the next two, where an id has more than `MOST_TRACED` rows. */
    resentTokens: bigint | null;
    /** … and at least so many. */
    resentReadTokens: bigint | null;
    /** What the former cost; what is unpriced is not in it. */
    resentCostUsdPicos: bigint | null;
    /** Input of the first and of the last call that had any; null where none had. */
    firstInputTokens: bigint | null;
    lastInputTokens: bigint | null;
    /** In order of their first call. */
    features: readonly string[];
    deploys: readonly string[];
    /** Both empty where an id has more than `MOST_TRACED` rows. */
    sessions: readonly string[];
    tasks: readonly string[];
  }>;

/** A row of llm_call within its session or task. */
export type TracedCall = Readonly<{
  occurredAt: Date;
  tenantId: string;
  requestId: string;
  line: number;
  feature: string;
  model: string;
  attempt: number;
  statusCode: number;
  latencyMs: number;
  ttftMs: number | null;
  pricingStatus: string;
  inputTokens: number;
  cacheCreate5mTokens: number;
  cacheCreate1hTokens: number;
  cacheReadTokens: number;
  outputTokens: number;
  resentTokens: number;
  resentReadTokens: number;
  costUsdPicos: bigint | null;
  resentCostUsdPicos: bigint | null;
}>;

function rowsOf(scope: Scope, { kind, id }: TraceId, filters: readonly CallFilter[], owner?: TraceOwner): Prisma.Sql {
  const own = owner
    ? Prisma.sql`environment = ${owner.environment} AND tenant_id = ${owner.tenantId}`
    : Prisma.sql`TRUE`;
  // A value that is no null in words, so that the index of calls with a session is used.
  const column = TRACE_COLUMN[kind];
  return Prisma.sql`${callScope(scope)} AND ${callFilters(filters)} AND ${column} IS NOT NULL AND ${column} = ${id} AND ${own}`;
}

const ORDER = Prisma.sql`occurred_at, request_id COLLATE "C", line`;
/** Distinct names in order of their first row; a session has few of them. */
const names = (column: string) =>
  Prisma.raw(`array(SELECT name FROM (SELECT DISTINCT ON (name) name, at FROM
    unnest(array_agg(${column} ORDER BY occurred_at), array_agg(occurred_at ORDER BY occurred_at)) AS each (name, at)
    WHERE name IS NOT NULL ORDER BY name, at) AS first ORDER BY at, name COLLATE "C")`);

/** Everybody whose session or task has this id, dearest first; empty where the scope may see none. At most 100. */
export async function listTraces(
  scope: Scope,
  trace: TraceId,
  filters: readonly CallFilter[],
  most = MOST_TRACED,
): Promise<readonly Trace[]> {
  // An address may hold what no id can, and what the database would refuse.
  if (trace.id.includes("\0")) return [];
  const where = rowsOf(scope, trace, filters);
  const [counted] = await readDb().$queryRaw<{ rows: number }[]>`
    SELECT count(*)::integer AS rows FROM (SELECT 1 FROM llm_call WHERE ${where} LIMIT ${most + 1}::integer) AS each`;
  if ((counted?.rows ?? 0) > most) return scanCalls<Trace>(withoutResent(where));
  return readDb().$queryRaw<Trace[]>`
    SELECT environment, tenant_id AS "tenantId", count(*) FILTER (WHERE line = 0)::integer AS calls,
      count(*)::integer AS lines, count(*) FILTER (WHERE line = 0 AND attempt = 1)::integer AS turns,
      count(*) FILTER (WHERE line = 0 AND status_code >= 400)::integer AS failures,
      min(occurred_at) AS "firstAt", max(occurred_at + latency_ms * interval '1 millisecond') AS "endAt",
      coalesce(sum(cost_usd_picos), 0)::bigint AS "costUsdPicos",
      (${Prisma.raw(ROLLUP_MEASURES.unpriced_calls)})::integer AS "unpricedCalls",
      sum(input)::bigint AS "inputTokens", sum(resent)::bigint AS "resentTokens",
      sum(sure)::bigint AS "resentReadTokens", coalesce(sum(resent_cost), 0)::bigint AS "resentCostUsdPicos",
      (array_agg(input ORDER BY ${ORDER}) FILTER (WHERE input > 0))[1] AS "firstInputTokens",
      (array_agg(input ORDER BY occurred_at DESC, request_id COLLATE "C" DESC, line) FILTER (WHERE input > 0))[1]
        AS "lastInputTokens",
      ${names("feature")} AS features, ${names("deploy_sha")} AS deploys,
      ${names("session_id")} AS sessions, ${names("task_id")} AS tasks
    FROM (${withResent(trace.kind, where)}) AS traced
    GROUP BY environment, tenant_id
    ORDER BY sum(cost_usd_picos) DESC NULLS LAST, tenant_id COLLATE "C", environment COLLATE "C" LIMIT 100`;
}

/** The same of very many calls, without what would have to sort them. */
function withoutResent(where: Prisma.Sql): Prisma.Sql {
  const inputAt = (order: Prisma.Sql) => Prisma.sql`(SELECT ${INPUT} FROM llm_call WHERE ${where}
    AND llm_call.environment = whole.environment AND llm_call.tenant_id = whole.tenant_id AND ${INPUT} > 0
    ORDER BY occurred_at ${order} LIMIT 1)`;
  return Prisma.sql`
    SELECT environment, tenant_id AS "tenantId", calls, lines, turns, failures, "firstAt", "endAt", "costUsdPicos",
      "unpricedCalls", "inputTokens", NULL::bigint AS "resentTokens", NULL::bigint AS "resentReadTokens",
      NULL::bigint AS "resentCostUsdPicos", ${inputAt(Prisma.sql`ASC`)} AS "firstInputTokens",
      ${inputAt(Prisma.sql`DESC`)} AS "lastInputTokens", features, deploys,
      ARRAY[]::text[] AS sessions, ARRAY[]::text[] AS tasks
    FROM (
      SELECT environment, tenant_id, sum(calls)::integer AS calls, sum(lines)::integer AS lines,
        sum(turns)::integer AS turns, sum(failures)::integer AS failures, min(occurred_at) AS "firstAt",
        max(end_at) AS "endAt", coalesce(sum(cost), 0)::bigint AS "costUsdPicos",
        sum(unpriced)::integer AS "unpricedCalls", sum(input)::bigint AS "inputTokens",
        ${names("feature")} AS features, ${names("deploy_sha")} AS deploys
      FROM (
        SELECT environment, tenant_id, feature, deploy_sha, min(occurred_at) AS occurred_at,
          max(occurred_at + latency_ms * interval '1 millisecond') AS end_at,
          count(*) FILTER (WHERE line = 0) AS calls, count(*) AS lines,
          count(*) FILTER (WHERE line = 0 AND attempt = 1) AS turns,
          count(*) FILTER (WHERE line = 0 AND status_code >= 400) AS failures, sum(cost_usd_picos) AS cost,
          ${Prisma.raw(ROLLUP_MEASURES.unpriced_calls)} AS unpriced, sum(${INPUT}) AS input
        FROM llm_call WHERE ${where} GROUP BY environment, tenant_id, feature, deploy_sha) AS part
      GROUP BY environment, tenant_id
      ORDER BY sum(cost) DESC NULLS LAST, tenant_id COLLATE "C", environment COLLATE "C" LIMIT 100) AS whole
    ORDER BY "costUsdPicos" DESC, tenant_id COLLATE "C", environment COLLATE "C"`;
}

/**
 * The rows of one session or task, the first first; of more than `MOST_TRACED`, the first of them.
 * @param offset rows before the first of them, and how many of them are read: a session may have very many.
 */
export async function readTracedCalls(
  scope: Scope,
  trace: TraceId,
  owner: TraceOwner,
  filters: readonly CallFilter[],
  { offset, limit }: Readonly<{ offset: number; limit: number }>,
): Promise<readonly TracedCall[]> {
  return readDb().$queryRaw<TracedCall[]>`
    SELECT occurred_at AS "occurredAt", tenant_id AS "tenantId", request_id AS "requestId", line, feature, model, attempt,
      status_code AS "statusCode", latency_ms AS "latencyMs", ttft_ms AS "ttftMs", pricing_status AS "pricingStatus",
      input_tokens AS "inputTokens", cache_create_5m_tokens AS "cacheCreate5mTokens",
      cache_create_1h_tokens AS "cacheCreate1hTokens", cache_read_tokens AS "cacheReadTokens",
      -- Four kinds of up to a thousand million tokens each: more than an integer holds, and exact in a float.
      output_tokens AS "outputTokens", resent::float8 AS "resentTokens", sure::float8 AS "resentReadTokens",
      cost_usd_picos AS "costUsdPicos", resent_cost AS "resentCostUsdPicos"
    FROM (${withResent(trace.kind, rowsOf(scope, trace, filters, owner), { first: MOST_TRACED })}) AS traced
    ORDER BY ${ORDER} LIMIT ${limit}::integer OFFSET ${offset}::integer`;
}
