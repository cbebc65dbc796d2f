import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";

/** As many of the newest calls as are looked at: a second of work at most, however many there are. */
export const NEWEST_CALLS = 100_000;
const SOURCES = 50;

/** Calls that came by one door; `source` is null for those posted as they are. */
export type SourceCalls = Readonly<{ source: string | null; calls: number; lastAt: Date }>;

/**
 * By which doors the calls since `since` came, the most first; of more than 100,000 the newest so many.
 * @returns `calls` is how many were looked at.
 */
export async function countBySource(
  scope: Scope,
  since: Date,
): Promise<Readonly<{ sources: readonly SourceCalls[]; calls: number }>> {
  const found = await readDb().$queryRaw<(SourceCalls & { all: number })[]>`
    SELECT source, count(*)::integer AS calls, max(occurred_at) AS "lastAt", (sum(count(*)) OVER ())::integer AS "all"
    FROM (
      SELECT source, occurred_at FROM llm_call
      WHERE ${callScope(scope)} AND occurred_at >= ${since.toISOString()}::timestamptz AND line = 0
      ORDER BY occurred_at DESC LIMIT ${NEWEST_CALLS}::integer
    ) AS newest
    GROUP BY source ORDER BY count(*) DESC, source LIMIT ${SOURCES}::integer`;
  return { sources: found.map(({ all: _all, ...one }) => one), calls: found[0]?.all ?? 0 };
}
