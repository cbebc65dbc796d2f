import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callsWithin } from "@/lib/calls/filters";
import { Prisma } from "@/prisma/client/client";
import {
  askScan,
  isRepeat,
  PROMPT,
  type PromptQuestion,
  SENT_BEFORE,
  withPrompt,
  withPromptBefore,
} from "./prompt-calls";
import { optionOf } from "./schema";

/** What prompts can be sorted by. */
export const PROMPT_SORTS = ["cost", "calls", "latency", "first_seen", "last_seen", "repeats", "wasted"] as const;
export type PromptSort = (typeof PROMPT_SORTS)[number];

export type PromptRanking = Readonly<{
  /** The first of all prompts, in no order: sort them by their exact figures. */
  prompts: readonly string[];
  /** How many prompt hashes there are, of those how many with one call, and the calls of all. */
  hashes: number;
  seenOnce: number;
  calls: bigint;
  /** Prompts with more than `storm_calls` calls: only among these can be a storm. */
  frequent: readonly string[];
}>;

/**
 * Sums of a prompt's calls by which it is ranked. Picodollars as floats: exact up to $9,007 of one prompt, and many times cheaper
 * than exact sums of millions of prompts that nobody will see.
 */
const KEYS: Readonly<Record<PromptSort, Prisma.Sql>> = {
  cost: Prisma.sql`sum(cost_usd_picos::float8)`,
  calls: Prisma.sql`count(*) FILTER (WHERE line = 0)`,
  latency: Prisma.sql`(avg(nullif(latency_ms, 0)) FILTER (WHERE line = 0))::float8`,
  first_seen: Prisma.sql`min(occurred_at)`,
  last_seen: Prisma.sql`max(occurred_at)`,
  repeats: Prisma.sql`count(*) FILTER (WHERE is_repeat AND line = 0)`,
  wasted: Prisma.sql`coalesce(sum(cost_usd_picos::float8) FILTER (WHERE is_repeat), 0)`,
};

const EXTRA: Readonly<Record<PromptSort, Prisma.Sql>> = {
  cost: Prisma.sql`cost_usd_picos`,
  calls: Prisma.sql`0 AS none`,
  latency: Prisma.sql`latency_ms`,
  first_seen: Prisma.sql`occurred_at`,
  last_seen: Prisma.sql`occurred_at`,
  repeats: Prisma.sql`cost_usd_picos, occurred_at`,
  wasted: Prisma.sql`cost_usd_picos, occurred_at`,
};

/** One row a call, in the order of the prompts: sorted narrow rows take a fraction of the memory of a table of all prompts. */
function source(scope: Scope, question: PromptQuestion, sort: PromptSort): Prisma.Sql {
  if (sort !== "repeats" && sort !== "wasted") {
    return Prisma.sql`(SELECT ${PROMPT} AS prompt, line, ${EXTRA[sort]} FROM llm_call
      WHERE ${withPrompt(scope, question)} ORDER BY 1 OFFSET 0) AS call`;
  }
  return Prisma.sql`(SELECT *, ${isRepeat(question)} AS is_repeat
    FROM (SELECT ${PROMPT} AS prompt, line, ${EXTRA[sort]}, ${SENT_BEFORE} AS sent_before FROM llm_call
      WHERE ${withPromptBefore(scope, question)}) AS sent
    WHERE occurred_at >= ${question.period.from.toISOString()}::timestamptz) AS call`;
}

/** The first `limit` prompts of the period by one of their sums, and how many there are. Reads every call of the period once. */
export async function rankPrompts(
  scope: Scope,
  question: PromptQuestion,
  { key, dir }: Readonly<{ key: PromptSort; dir: "asc" | "desc" }>,
  limit: number,
): Promise<PromptRanking> {
  const order = Prisma.raw(dir === "asc" ? "ASC NULLS LAST" : "DESC NULLS LAST");
  const rows = await askScan<Found>(Prisma.sql`
    WITH prompts AS MATERIALIZED (
      SELECT prompt, count(*) FILTER (WHERE line = 0) AS calls, ${KEYS[key]} AS sum
      FROM ${source(scope, question, key)} GROUP BY prompt)
    SELECT 'top' AS kind, prompt, NULL::integer AS hashes, NULL::integer AS once, NULL::text AS calls
    FROM (SELECT prompt FROM prompts ORDER BY sum ${order}, prompt LIMIT ${limit}) AS top
    UNION ALL
    SELECT 'frequent', prompt, NULL, NULL, NULL FROM prompts WHERE calls > ${optionOf(question, "storm_calls")}::integer
    UNION ALL
    SELECT 'all', NULL, count(*)::integer, (count(*) FILTER (WHERE calls = 1))::integer, coalesce(sum(calls), 0)::text
    FROM prompts`);
  const named = (kind: Found["kind"]) =>
    rows.flatMap((row) => (row.kind === kind && row.prompt !== null ? row.prompt : []));
  const all = rows.find(({ kind }) => kind === "all");
  return {
    prompts: named("top"),
    frequent: named("frequent"),
    hashes: all?.hashes ?? 0,
    seenOnce: all?.once ?? 0,
    calls: BigInt(all?.calls ?? "0"),
  };
}

type Found = {
  kind: "top" | "frequent" | "all";
  prompt: string | null;
  hashes: number | null;
  once: number | null;
  calls: string | null;
};

/** What the rows of the period without a prompt hash cost, in picodollars: it is in no figure by prompt. */
export async function sumWithoutPrompt(scope: Scope, { period, filters }: PromptQuestion): Promise<bigint> {
  const [found] = await askScan<{ cost: string }>(Prisma.sql`
    SELECT coalesce(sum(cost_usd_picos), 0)::text AS cost
    FROM llm_call WHERE ${callsWithin(scope, { period, filters })} AND prompt_hash IS NULL`);
  return BigInt(found?.cost ?? "0");
}
