import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callsWithin } from "@/lib/calls/filters";
import type { CallFilter } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import type { Period } from "@/lib/period";
import type { PriceBook } from "@/lib/pricing/book";
import { Prisma } from "@/prisma/client/client";

/** How long the prompts of one feature are for one model, and how many are too short for its cache. */
export type PromptLengths = Readonly<{
  feature: string;
  model: string;
  /** Calls with a prompt. */
  calls: number;
  promptTokens: bigint;
  /** Calls that neither read nor wrote a cache. */
  uncached: number;
  /** The shortest prompt that the model caches, in tokens; null where it is not known. */
  minimum: number | null;
  /** Calls with a shorter prompt; null where the minimum is not known. */
  tooShort: number | null;
}>;

type Row = Readonly<{
  feature: string;
  model: string;
  calls: number;
  prompt: string;
  uncached: number;
  minimum: number | null;
  too_short: number;
}>;

/**
 * Prompts by feature and model against the shortest that the model caches, by the price book: reads the calls themselves.
 * @throws ScanTimeout when there are too many.
 */
export async function readLengths(
  scope: Scope,
  book: PriceBook,
  question: Readonly<{ period: Period; filters: readonly CallFilter[] }>,
): Promise<readonly PromptLengths[]> {
  const known = book.models.flatMap(({ id, minCacheableTokens }) =>
    minCacheableTokens ? [{ id, minCacheableTokens }] : [],
  );
  const rows = await scanCalls<Row>(Prisma.sql`
    WITH minimum AS (
      SELECT * FROM unnest(${known.map(({ id }) => id)}::text[], ${known.map((one) => one.minCacheableTokens)}::int[])
        AS listed (name, tokens)),
    sized AS (
      SELECT feature, model, input_tokens::bigint + cache_read_tokens + cache_create_5m_tokens + cache_create_1h_tokens AS prompt,
        cache_read_tokens = 0 AND cache_create_5m_tokens = 0 AND cache_create_1h_tokens = 0 AS is_plain
      FROM llm_call WHERE ${callsWithin(scope, question)} AND line = 0)
    SELECT feature, model, count(*)::int AS calls, sum(prompt)::text AS prompt, count(*) FILTER (WHERE is_plain)::int AS uncached,
      max(minimum.tokens) AS minimum, count(*) FILTER (WHERE prompt < minimum.tokens)::int AS too_short
    FROM sized LEFT JOIN minimum ON minimum.name = model
    WHERE prompt > 0 GROUP BY feature, model ORDER BY feature COLLATE "C", model COLLATE "C"`);
  return rows.map(({ feature, model, calls, prompt, uncached, minimum, too_short }) => ({
    feature,
    model,
    calls,
    promptTokens: BigInt(prompt),
    uncached,
    minimum,
    tooShort: minimum === null ? null : too_short,
  }));
}
