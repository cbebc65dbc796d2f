import { groupBy } from "@/lib/group-by";
import type { Cell } from "./schema";

type Names = Readonly<Record<string, unknown>>;

/**
 * Which groups a series keeps: `limit` counts groups, never buckets, so that no series ends before its time.
 * @param rows one a group and bucket.
 * @param sizeOf what a row adds to the size of its group.
 * @returns how many groups there are, whether that of a row is kept, and the names a row is shown under: null where it is not.
 */
export function largestGroups<T extends Names>(
  rows: readonly T[],
  dimensions: readonly string[],
  sizeOf: (row: T) => bigint,
  limit: number,
): Readonly<{
  groups: number;
  isKept: (of: Names) => boolean;
  keep: (of: Names) => Readonly<Record<string, Cell>>;
}> {
  const namesOf = (of: Names) => Object.fromEntries(dimensions.map((name) => [name, (of[name] ?? null) as Cell]));
  const idOf = (of: Names) => JSON.stringify(dimensions.map((name) => of[name] ?? null));
  const sized = [...groupBy(rows, idOf)].map(([id, parts]) => ({
    id,
    size: parts.reduce((sum, row) => sum + sizeOf(row), 0n),
  }));
  sized.sort((a, b) => (a.size === b.size ? (a.id < b.id ? -1 : 1) : a.size < b.size ? 1 : -1));
  const kept = new Set(sized.slice(0, limit).map(({ id }) => id));
  const isKept = (of: Names) => kept.has(idOf(of));
  const others = Object.fromEntries(dimensions.map((name) => [name, null]));
  return { groups: sized.length, isKept, keep: (of) => (isKept(of) ? namesOf(of) : others) };
}
