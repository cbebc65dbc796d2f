import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { Prisma } from "@/prisma/client/client";
import {
  type Ask,
  askIndex,
  askScan,
  isRepeat,
  PROMPT,
  type PromptQuestion,
  REPEAT_SUMS,
  SENT_BEFORE,
  stormsAmong,
  withPrompt,
  withPromptBefore,
} from "./prompt-calls";
import { optionOf } from "./schema";

/** A run of calls of one prompt, see `stormsAmong`; both moments are of calls of it. */
export type Storm = Readonly<{ prompt: string; startedAt: Date; endedAt: Date; calls: number }>;

/** What a storm was; money in picodollars. Names are null where there are several of them. */
export type StormDetails = Storm &
  Readonly<{
    cost: bigint;
    unpricedCalls: bigint;
    repeats: bigint;
    wasted: bigint;
    unpricedRepeats: bigint;
    tenant: string | null;
    tenants: number;
    feature: string | null;
    features: number;
    deploy: string | null;
    deploys: number;
    model: string | null;
    models: number;
    /** The last attempt that was made. */
    attempt: number;
    /** Calls that stopped at `max_tokens`, and the one limit that all of them had. */
    cut: number;
    maxTokens: number | null;
    rateLimited: number;
    errors: number;
  }>;

/** Prompts with more than `storm_calls` calls in a short period. Over a long one `rankPrompts` finds them on its way. */
export async function listFrequentPrompts(scope: Scope, question: PromptQuestion): Promise<readonly string[]> {
  const rows = await askIndex<{ prompt: string }>(Prisma.sql`
    SELECT ${PROMPT} AS prompt FROM llm_call WHERE ${withPrompt(scope, question)} AND line = 0
    GROUP BY 1 HAVING count(*) > ${optionOf(question, "storm_calls")}::integer`);
  return rows.map(({ prompt }) => prompt);
}

/** The storms of the period, the latest first. @param frequent prompts among which to look: none of the others can have one. */
export async function findStorms(
  scope: Scope,
  question: PromptQuestion,
  frequent: readonly string[],
  ask: Ask = askScan,
): Promise<readonly Storm[]> {
  if (frequent.length === 0) return [];
  const calls = Prisma.sql`(SELECT ${PROMPT} AS prompt, occurred_at, request_id FROM llm_call
    WHERE ${withPrompt(scope, question)} AND line = 0 AND prompt_hash = ANY(${[...frequent]}::text[]))`;
  return ask<Storm>(Prisma.sql`
    SELECT prompt, started_at AS "startedAt", ended_at AS "endedAt", calls
    FROM (${stormsAmong(calls, question)}) AS storm ORDER BY started_at DESC, prompt`);
}

type Sum = "cost" | "unpriced_calls" | "repeats" | "wasted" | "unpriced_repeats";
type Found = Omit<StormDetails, "cost" | "unpricedCalls" | "repeats" | "wasted" | "unpricedRepeats"> &
  Record<Sum, string>;

/** Of calls, not of their further lines, which other models served. */
const only = (column: string, name: string) =>
  Prisma.raw(`CASE WHEN count(DISTINCT ${column}) FILTER (WHERE line = 0) = 1 THEN min(${column}) FILTER (WHERE line = 0) END
    AS ${name}, (count(DISTINCT ${column}) FILTER (WHERE line = 0))::integer AS ${name}s`);

/** What storms cost, in the order in which they are given; money in picodollars. */
export type StormSums = Pick<StormDetails, "cost" | "unpricedCalls" | "repeats" | "wasted" | "unpricedRepeats">;

/** What each of many storms cost, in one statement: `describeStorms` asks once a storm. */
export async function sumStorms(
  scope: Scope,
  question: PromptQuestion,
  storms: readonly Storm[],
): Promise<readonly StormSums[]> {
  if (storms.length === 0) return [];
  const times = (of: "startedAt" | "endedAt") => storms.map((storm) => storm[of].toISOString());
  const rows = await askScan<Record<Sum, string> & { place: number }>(Prisma.sql`
    WITH storm AS (
      SELECT * FROM unnest(${storms.map(({ prompt }) => prompt)}::text[], ${times("startedAt")}::timestamptz[],
        ${times("endedAt")}::timestamptz[]) WITH ORDINALITY AS listed (hash, started_at, ended_at, place)),
    call AS (
      SELECT *, ${isRepeat(question)} AS is_repeat
      FROM (
        SELECT prompt_hash, occurred_at, line, cost_usd_picos, pricing_status, ${SENT_BEFORE} AS sent_before FROM llm_call
        WHERE ${withPromptBefore(scope, question)}
          AND prompt_hash = ANY(${[...new Set(storms.map(({ prompt }) => prompt))]}::text[])) AS sent)
    SELECT place::integer AS place, coalesce(sum(cost_usd_picos), 0)::text AS cost,
      count(*) FILTER (WHERE pricing_status = 'unpriced')::text AS unpriced_calls, ${REPEAT_SUMS}
    FROM storm JOIN call ON prompt_hash = hash AND occurred_at >= started_at AND occurred_at <= ended_at GROUP BY place`);
  const byPlace = new Map(rows.map((row) => [row.place, toSums(row)]));
  return storms.map((_, i) => byPlace.get(i + 1) ?? NOTHING);
}

const NOTHING: StormSums = { cost: 0n, unpricedCalls: 0n, repeats: 0n, wasted: 0n, unpricedRepeats: 0n };

function toSums(row: Record<Sum, string>): StormSums {
  return {
    cost: BigInt(row.cost),
    unpricedCalls: BigInt(row.unpriced_calls),
    repeats: BigInt(row.repeats),
    wasted: BigInt(row.wasted),
    unpricedRepeats: BigInt(row.unpriced_repeats),
  };
}

/** What these storms were, in the same order: each is read by the index of its prompt. */
export async function describeStorms(
  scope: Scope,
  question: PromptQuestion,
  storms: readonly Storm[],
  ask: Ask = askScan,
): Promise<readonly StormDetails[]> {
  const described: StormDetails[] = [];
  for (const storm of storms) {
    const period = { from: storm.startedAt, to: new Date(storm.endedAt.getTime() + 1) };
    const own = { ...question, period };
    const [row] = await ask<Found>(Prisma.sql`
      SELECT coalesce(sum(cost_usd_picos), 0)::text AS cost,
        count(*) FILTER (WHERE pricing_status = 'unpriced')::text AS unpriced_calls, ${REPEAT_SUMS},
        ${only("tenant_id", "tenant")}, ${only("feature", "feature")}, ${only("deploy_sha", "deploy")}, ${only("model", "model")},
        max(attempt)::integer AS attempt,
        (count(*) FILTER (WHERE line = 0 AND stop_reason = 'max_tokens'))::integer AS cut,
        CASE WHEN min(max_tokens) FILTER (WHERE line = 0) = max(max_tokens) FILTER (WHERE line = 0)
          AND count(*) FILTER (WHERE line = 0 AND max_tokens IS NULL) = 0
          THEN min(max_tokens) FILTER (WHERE line = 0) END AS "maxTokens",
        (count(*) FILTER (WHERE line = 0 AND status_code = 429))::integer AS "rateLimited",
        (count(*) FILTER (WHERE line = 0 AND status_code >= 400 AND status_code <> 429))::integer AS errors
      FROM (
        SELECT *, ${isRepeat(question)} AS is_repeat
        FROM (
          SELECT *, ${SENT_BEFORE} AS sent_before FROM llm_call
          WHERE ${withPromptBefore(scope, own)} AND prompt_hash = ${storm.prompt}) AS sent
        WHERE occurred_at >= ${period.from.toISOString()}::timestamptz) AS call`);
    if (row) described.push(toDetails(storm, row));
  }
  return described;
}

function toDetails(storm: Storm, row: Found): StormDetails {
  const { unpriced_calls: _calls, unpriced_repeats: _repeats, ...rest } = row;
  return { ...rest, ...storm, ...toSums(row) };
}
