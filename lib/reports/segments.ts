import type { Period } from "@/lib/period";

const HOUR = 3_600_000;
const LEVELS = [
  { table: "usage_day", ms: 24 * HOUR },
  { table: "usage_hour", ms: HOUR },
] as const;

/** A part of a period, and the coarsest table that holds it exactly. */
export type Segment = Readonly<{ table: "usage_day" | "usage_hour" | "llm_call"; from: Date; to: Date }>;

/**
 * Cuts a period so that every part is read from the smallest table that gives it exactly: whole days from usage_day,
 * whole hours from usage_hour, and only the ragged ends from the calls themselves.
 * @param coarsest `hour` where figures by the hour are wanted.
 */
export function segmentsOf({ from, to }: Period, coarsest: "day" | "hour"): readonly Segment[] {
  return cut(from.getTime(), to.getTime(), coarsest === "day" ? 0 : 1);
}

function cut(from: number, to: number, level: number): Segment[] {
  if (from >= to) return [];
  const entry = LEVELS[level];
  if (!entry) return [{ table: "llm_call", from: new Date(from), to: new Date(to) }];
  const first = Math.ceil(from / entry.ms) * entry.ms;
  const last = Math.floor(to / entry.ms) * entry.ms;
  if (first >= last) return cut(from, to, level + 1);
  const middle: Segment = { table: entry.table, from: new Date(first), to: new Date(last) };
  return [...cut(from, first, level + 1), middle, ...cut(last, to, level + 1)];
}
