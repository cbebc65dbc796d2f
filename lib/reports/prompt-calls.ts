import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callsWithin } from "@/lib/calls/filters";
import { scanCalls } from "@/lib/calls/scan";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";
import { optionOf, type ReportQuery } from "./schema";

/** Which calls are looked through for hot prompts, and by which numbers (`storm_calls`, `storm_minutes`, `repeat_minutes`). */
export type PromptQuestion = Pick<ReportQuery, "period" | "filters" | "options">;

/** How a statement is run: over very many calls, or over few that an index finds. */
export type Ask = <T>(statement: Prisma.Sql) => Promise<T[]>;
export const askScan: Ask = scanCalls;
export const askIndex: Ask = (statement) => readDb().$queryRaw(statement);

/** A prompt hash as text to group by: compared byte by byte, and not led into reading a whole index in its order. */
export const PROMPT = Prisma.sql`prompt_hash COLLATE "C"`;

const MINUTE = 60_000;
const REQUEST = Prisma.sql`request_id COLLATE "C"`;

/** The rows of the period that carry a prompt hash. */
export function withPrompt(scope: Scope, { period, filters }: PromptQuestion): Prisma.Sql {
  return Prisma.sql`${callsWithin(scope, { period, filters })} AND prompt_hash IS NOT NULL`;
}

/** The same, and those before it that a call of the period may repeat: so that periods side by side add up. */
export function withPromptBefore(scope: Scope, question: PromptQuestion): Prisma.Sql {
  const { from, to } = question.period;
  const since = new Date(from.getTime() - optionOf(question, "repeat_minutes") * MINUTE);
  return withPrompt(scope, { ...question, period: { from: since, to } });
}

/** When the same prompt of the same tenant was sent before; lines of one call are one. Null for the first. */
export const SENT_BEFORE = Prisma.sql`first_value(occurred_at) OVER (
  PARTITION BY ${PROMPT}, tenant_id COLLATE "C" ORDER BY occurred_at, ${REQUEST} GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING)`;

/** Whether a row is of a repeat: `occurred_at` at most `repeat_minutes` after `sent_before`. Never null. */
export function isRepeat(question: PromptQuestion): Prisma.Sql {
  const minutes = optionOf(question, "repeat_minutes");
  return Prisma.sql`coalesce(occurred_at - sent_before <= make_interval(mins => ${minutes}::integer), FALSE)`;
}

/** Repeats, what they cost and how many rows of them have no price, over rows with `is_repeat`. */
export const REPEAT_SUMS = Prisma.sql`count(*) FILTER (WHERE is_repeat AND line = 0)::text AS repeats,
  coalesce(sum(cost_usd_picos) FILTER (WHERE is_repeat), 0)::text AS wasted,
  count(*) FILTER (WHERE is_repeat AND pricing_status = 'unpriced')::text AS unpriced_repeats`;

/**
 * Storms among the rows of `calls` (with `prompt`, `occurred_at`, `request_id`, one a call): runs of more than `storm_calls` calls
 * of one prompt, the first and last of any `storm_calls` + 1 neighbours less than `storm_minutes` apart. Runs that share a call are one.
 * Gives `prompt`, `started_at`, `ended_at`, `calls`.
 */
export function stormsAmong(calls: Prisma.Sql, question: PromptQuestion): Prisma.Sql {
  const beyond = Prisma.sql`${optionOf(question, "storm_calls")}::integer`;
  const minutes = Prisma.sql`${optionOf(question, "storm_minutes")}::integer`;
  return Prisma.sql`
    SELECT prompt, min(since) AS started_at, max(occurred_at) AS ended_at,
      (max(place) - min(place) + ${beyond} + 1)::integer AS calls
    FROM (
      SELECT *, count(*) FILTER (WHERE is_new) OVER (PARTITION BY prompt ORDER BY place) AS number
      FROM (
        SELECT *, coalesce(place - ${beyond} > lag(place) OVER (PARTITION BY prompt ORDER BY place), TRUE) AS is_new
        FROM (
          SELECT prompt, occurred_at, lag(occurred_at, ${beyond}) OVER one AS since, row_number() OVER one AS place
          FROM ${calls} AS call
          WINDOW one AS (PARTITION BY prompt ORDER BY occurred_at, ${REQUEST})) AS run
        WHERE occurred_at - since < make_interval(mins => ${minutes})) AS dense) AS numbered
    GROUP BY prompt, number`;
}
