import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { Prisma } from "@/prisma/client/client";
import {
  askScan,
  isRepeat,
  PROMPT,
  type PromptQuestion,
  REPEAT_SUMS,
  SENT_BEFORE,
  stormsAmong,
  withPromptBefore,
} from "./prompt-calls";

/** What is known of one prompt in the period; money in picodollars. `storms*` are of those found by `storm_calls` and `storm_minutes`. */
export type PromptDetails = Readonly<{
  prompt: string;
  calls: bigint;
  cost: bigint;
  unpricedCalls: bigint;
  /** Mean of its calls that tell it, in ms; null when none does, or only further lines of calls are in the selection. */
  latency: number | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** The one tenant; null when there are several. Likewise the feature. */
  tenant: string | null;
  tenants: number;
  feature: string | null;
  features: number;
  repeats: bigint;
  wasted: bigint;
  unpricedRepeats: bigint;
  storms: number;
  stormCalls: number;
  stormFirstAt: Date | null;
  stormLastAt: Date | null;
}>;

const BATCH = 500;

/** Details of prompts by their hashes, found by index; in no order. One without a call in the period is left out. */
export async function describePrompts(
  scope: Scope,
  question: PromptQuestion,
  prompts: readonly string[],
): Promise<readonly PromptDetails[]> {
  const found: PromptDetails[] = [];
  for (let at = 0; at < prompts.length; at += BATCH) {
    found.push(...(await detailsOf(scope, question, prompts.slice(at, at + BATCH))));
  }
  return found;
}

type Sum = "calls" | "cost" | "unpriced_calls" | "repeats" | "wasted" | "unpriced_repeats";
type Found = Omit<PromptDetails, "calls" | "cost" | "unpricedCalls" | "repeats" | "wasted" | "unpricedRepeats"> &
  Record<Sum, string>;

async function detailsOf(scope: Scope, question: PromptQuestion, prompts: readonly string[]): Promise<PromptDetails[]> {
  const rows = await askScan<Found>(Prisma.sql`
    WITH call AS MATERIALIZED (
      SELECT *, ${isRepeat(question)} AS is_repeat
      FROM (
        SELECT ${PROMPT} AS prompt, tenant_id, feature, occurred_at, request_id, line, cost_usd_picos, pricing_status,
          latency_ms, ${SENT_BEFORE} AS sent_before
        FROM llm_call WHERE ${withPromptBefore(scope, question)} AND prompt_hash = ANY(${[...prompts]}::text[])) AS sent
      WHERE occurred_at >= ${question.period.from.toISOString()}::timestamptz),
    storm AS (
      SELECT prompt, count(*)::integer AS storms, sum(calls)::integer AS storm_calls,
        min(started_at) AS storm_first, max(ended_at) AS storm_last
      FROM (${stormsAmong(Prisma.sql`(SELECT * FROM call WHERE line = 0)`, question)}) AS one GROUP BY prompt),
    figure AS (
      SELECT prompt, count(*) FILTER (WHERE line = 0)::text AS calls, coalesce(sum(cost_usd_picos), 0)::text AS cost,
        count(*) FILTER (WHERE pricing_status = 'unpriced')::text AS unpriced_calls,
        (avg(nullif(latency_ms, 0)) FILTER (WHERE line = 0))::float8 AS latency,
        min(occurred_at) AS "firstSeenAt", max(occurred_at) AS "lastSeenAt",
        CASE WHEN count(DISTINCT tenant_id) = 1 THEN min(tenant_id) END AS tenant,
        count(DISTINCT tenant_id)::integer AS tenants,
        CASE WHEN count(DISTINCT feature) = 1 THEN min(feature) END AS feature,
        count(DISTINCT feature)::integer AS features, ${REPEAT_SUMS}
      FROM call GROUP BY prompt)
    SELECT figure.*, coalesce(storms, 0) AS storms, coalesce(storm_calls, 0) AS "stormCalls",
      storm_first AS "stormFirstAt", storm_last AS "stormLastAt"
    FROM figure LEFT JOIN storm USING (prompt)`);
  return rows.map(({ unpriced_calls: unpricedCalls, unpriced_repeats: unpricedRepeats, ...row }) => ({
    ...row,
    calls: BigInt(row.calls),
    cost: BigInt(row.cost),
    unpricedCalls: BigInt(unpricedCalls),
    repeats: BigInt(row.repeats),
    wasted: BigInt(row.wasted),
    unpricedRepeats: BigInt(unpricedRepeats),
  }));
}
