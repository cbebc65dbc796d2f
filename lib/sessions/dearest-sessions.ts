import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callFilters, callScope, callsWithin } from "@/lib/calls/filters";
import type { CallsQuery } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import { Prisma } from "@/prisma/client/client";
import { withResent } from "./resent";

type Question = Pick<CallsQuery, "period" | "filters">;

/** What all sessions of the period come to; money in picodollars, spans in ms. */
export type SessionSummary = Readonly<{
  sessions: bigint;
  calls: bigint;
  cost: bigint;
  /** Calls in them without a price: not in any cost. */
  unpricedCalls: bigint;
  /** Of whose calls none has a price: counted, but in none of the figures below. */
  unpricedSessions: bigint;
  /** Of the cost of one: a session stands at each, so they are exact; null without a priced one. */
  medianCost: bigint | null;
  p95Cost: bigint | null;
  /** From its first to its last call. */
  longestMs: bigint | null;
  mostCalls: bigint | null;
  /** The dearest hundredth of those with a price, at least one: how many, and what they cost together. */
  topSessions: bigint;
  topCost: bigint;
}>;

/** One session with the calls that it made in the period. */
export type Session = Readonly<{
  environment: string;
  tenantId: string;
  sessionId: string;
  cost: bigint;
  calls: bigint;
  turns: bigint;
  unpricedCalls: bigint;
  firstAt: Date;
  lastAt: Date;
  durationMs: bigint;
  /** By what they cost, the dearest first. */
  features: readonly string[];
  inputTokens: bigint;
  resentTokens: bigint;
  resentReadTokens: bigint;
  resentCost: bigint;
  firstInputTokens: bigint | null;
  lastInputTokens: bigint | null;
}>;

export type DearestSessions = Readonly<{ summary: SessionSummary; sessions: readonly Session[] }>;

/** Only what decides the order is read of every call: a period may hold millions of sessions. */
const eachSession = (scope: Scope, query: Question) => Prisma.sql`
  SELECT environment, tenant_id, session_id, sum(cost_usd_picos)::bigint AS cost,
    count(*) FILTER (WHERE line = 0) AS calls, count(*) - count(cost_usd_picos) AS unpriced_calls,
    min(occurred_at) AS first_at, max(occurred_at) AS last_at
  FROM llm_call WHERE ${callsWithin(scope, query)} AND session_id IS NOT NULL
  GROUP BY environment, tenant_id, session_id`;

type Found = Record<string, string | Date | null> & {
  environment: string;
  tenantId: string;
  sessionId: string | null;
  firstAt: Date;
  lastAt: Date;
};

/** The sessions with calls in the period that cost most there, and what all of them come to. One statement over the period, one over what it found. */
export async function listDearestSessions(scope: Scope, query: Question, limit: number): Promise<DearestSessions> {
  const found = await scanCalls<Found>(Prisma.sql`
    WITH session AS MATERIALIZED (${eachSession(scope, query)}),
    summary AS (
      SELECT count(*) AS sessions, coalesce(sum(calls), 0) AS all_calls, coalesce(sum(cost), 0) AS all_cost,
        coalesce(sum(unpriced_calls), 0) AS all_unpriced, max(last_at - first_at) AS longest, max(calls) AS most_calls,
        percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY cost) AS costs, ceil(count(cost) * 0.01) AS top_sessions,
        count(*) - count(cost) AS unpriced_sessions
      FROM session),
    hundredth AS (
      SELECT sum(cost) AS top_cost FROM (
        SELECT cost FROM session ORDER BY cost DESC NULLS LAST LIMIT (SELECT top_sessions::bigint FROM summary)) AS dearest),
    dearest AS (
      SELECT * FROM session
      ORDER BY cost DESC NULLS LAST, first_at, session_id COLLATE "C", tenant_id COLLATE "C", environment COLLATE "C"
      LIMIT ${limit}::integer)
    SELECT sessions::text, all_calls::text AS "allCalls", all_cost::text AS "allCost", all_unpriced::text AS "allUnpriced", unpriced_sessions::text AS "unpricedSessions",
      costs[1]::text AS "medianCost", costs[2]::text AS "p95Cost", (date_part('epoch', longest) * 1000)::bigint::text AS "longestMs",
      most_calls::text AS "mostCalls", top_sessions::text AS "topSessions", top_cost::text AS "topCost",
      environment, tenant_id AS "tenantId", session_id AS "sessionId", cost::text, calls::text,
      unpriced_calls::text AS "unpricedCalls", first_at AS "firstAt", last_at AS "lastAt"
    FROM summary CROSS JOIN hundredth LEFT JOIN dearest ON TRUE
    ORDER BY dearest.cost DESC NULLS LAST, first_at, session_id COLLATE "C", tenant_id COLLATE "C", environment COLLATE "C"`);
  const named = found.filter((row) => row.sessionId !== null);
  const details = await readDetails(scope, query, named);
  return {
    summary: toSummary(found[0]),
    sessions: named.map((row) => ({
      environment: String(row.environment),
      tenantId: String(row.tenantId),
      sessionId: String(row.sessionId),
      cost: exact(row.cost),
      calls: exact(row.calls),
      unpricedCalls: exact(row.unpricedCalls),
      firstAt: row.firstAt,
      lastAt: row.lastAt,
      ...(details.get(keyOf(row)) ?? NO_DETAILS),
    })),
  };
}

const exact = (value: Found[string] | undefined) => BigInt(String(value ?? "0"));
const exactOrNull = (value: Found[string] | undefined) => (value === null || value === undefined ? null : exact(value));

function toSummary(row: Found | undefined): SessionSummary {
  return {
    sessions: exact(row?.sessions),
    calls: exact(row?.allCalls),
    cost: exact(row?.allCost),
    unpricedCalls: exact(row?.allUnpriced),
    unpricedSessions: exact(row?.unpricedSessions),
    medianCost: exactOrNull(row?.medianCost),
    p95Cost: exactOrNull(row?.p95Cost),
    longestMs: exactOrNull(row?.longestMs),
    mostCalls: exactOrNull(row?.mostCalls),
    topSessions: exact(row?.topSessions),
    topCost: exact(row?.topCost),
  };
}

type Key = Readonly<{ environment: unknown; tenantId: unknown; sessionId: unknown }>;
type Details = Pick<
  Session,
  | "turns"
  | "durationMs"
  | "features"
  | "inputTokens"
  | "resentTokens"
  | "resentReadTokens"
  | "resentCost"
  | "firstInputTokens"
  | "lastInputTokens"
>;

const NO_DETAILS: Details = {
  ...{
    turns: 0n,
    durationMs: 0n,
    features: [],
    inputTokens: 0n,
    resentTokens: 0n,
    resentReadTokens: 0n,
    resentCost: 0n,
  },
  ...{ firstInputTokens: null, lastInputTokens: null },
};

const keyOf = ({ environment, tenantId, sessionId }: Key) => JSON.stringify([environment, tenantId, sessionId]);

/** What is told only of the sessions that are shown: found by the index of sessions. */
async function readDetails(
  scope: Scope,
  query: Question,
  keys: readonly Found[],
): Promise<ReadonlyMap<string, Details>> {
  if (keys.length === 0) return new Map();
  const column = (name: string) => keys.map((key) => String(key[name]));
  const ids = column("sessionId");
  const where = Prisma.sql`${callsWithin(scope, query)} AND session_id IS NOT NULL AND session_id = ANY(${ids}::text[])
    AND (environment, tenant_id, session_id) IN (
      SELECT * FROM unnest(${column("environment")}::text[], ${column("tenantId")}::text[], ${ids}::text[]))`;
  // What the first call of the period sent again was sent before the period.
  const before = Prisma.sql`${callScope(scope)} AND ${callFilters(query.filters)}
    AND occurred_at < ${query.period.from.toISOString()}::timestamptz`;
  const rows = await scanCalls<Details & Key>(Prisma.sql`
    WITH traced AS MATERIALIZED (${withResent("session", where, { before })}),
    spent AS (
      SELECT environment, tenant_id, session_id, array_agg(feature ORDER BY cost DESC, feature COLLATE "C") AS features
      FROM (SELECT environment, tenant_id, session_id, feature, coalesce(sum(cost_usd_picos), 0) AS cost
        FROM traced GROUP BY 1, 2, 3, 4) AS each GROUP BY 1, 2, 3)
    SELECT environment, tenant_id AS "tenantId", session_id AS "sessionId", min(features) AS features,
      count(*) FILTER (WHERE line = 0 AND attempt = 1) AS turns,
      (date_part('epoch', max(occurred_at + latency_ms * interval '1 millisecond') - min(occurred_at)) * 1000)::bigint
        AS "durationMs",
      sum(input)::bigint AS "inputTokens", sum(resent)::bigint AS "resentTokens", sum(sure)::bigint AS "resentReadTokens",
      coalesce(sum(resent_cost), 0)::bigint AS "resentCost",
      (array_agg(input ORDER BY occurred_at, request_id COLLATE "C", line) FILTER (WHERE input > 0))[1]
        AS "firstInputTokens",
      (array_agg(input ORDER BY occurred_at DESC, request_id COLLATE "C" DESC, line) FILTER (WHERE input > 0))[1]
        AS "lastInputTokens"
    FROM traced JOIN spent USING (environment, tenant_id, session_id)
    GROUP BY environment, tenant_id, session_id`);
  return new Map(rows.map((row) => [keyOf(row), row]));
}
