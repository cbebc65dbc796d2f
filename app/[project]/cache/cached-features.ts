import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";
import { ratioOf } from "../panels/summarize";

/** Below it a cache is said to be lost (Recipe 3). */
export const LOW_HIT = 0.2;

/** Whether a feature read or wrote a cache in the period. */
export const isCaching = (row: Row): boolean =>
  sumOf(row, "cache_read_tokens") + sumOf(row, "cache_create_5m_tokens") + sumOf(row, "cache_create_1h_tokens") > 0n;

/** Whether it caches, and to little avail. */
export const isUnderLine = (row: Row): boolean => isCaching(row) && (ratioOf(row, "cache_hit") ?? 1) < LOW_HIT;

/** How many points of hit a feature lost against the comparison, 0…1; null without one. */
export function lostHit(row: Row): number | null {
  const [now, before] = [ratioOf(row, "cache_hit"), ratioOf(row, "compare_cache_hit")];
  return now === null || before === null ? null : before - now;
}

const LOUD = 0.05;

/** The feature that lost most, if any lost 5 points or more; else the lowest under 20 %. Null when all is well. */
export function findLoser(rows: readonly Row[]): string | null {
  const byLoss = rows
    .filter((row) => (lostHit(row) ?? 0) >= LOUD)
    .toSorted((a, b) => (lostHit(b) ?? 0) - (lostHit(a) ?? 0));
  const low = rows
    .filter(isUnderLine)
    .toSorted((a, b) => (ratioOf(a, "cache_hit") ?? 0) - (ratioOf(b, "cache_hit") ?? 0));
  const found = byLoss[0] ?? low[0];
  return found ? String(found.feature) : null;
}
