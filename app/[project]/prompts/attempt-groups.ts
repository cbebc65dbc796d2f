import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";

/** Further attempts in groups that say something: the second, the third, those that a client makes by default, and all beyond. */
const STARTS = [2, 3, 4, 11];

export type AttemptGroup = Readonly<{ name: string; calls: bigint; cost: bigint; unpricedCalls: bigint }>;

/** Rows of `cost-by-attempt` in groups, the first attempt apart; groups without a call are left out. */
export function groupAttempts(
  rows: readonly Row[],
): Readonly<{ first: AttemptGroup; further: readonly AttemptGroup[] }> {
  const attempts = rows.map((row) => ({ row, attempt: Number(row.attempt) }));
  const sum = (name: string, part: typeof attempts): AttemptGroup => {
    const of = (key: string) => part.reduce((total, { row }) => total + sumOf(row, key), 0n);
    return { name, calls: of("calls"), cost: of("cost"), unpricedCalls: of("unpriced_calls") };
  };
  const further = STARTS.flatMap((start, at) => {
    const end = STARTS[at + 1] ?? Number.POSITIVE_INFINITY;
    const part = attempts.filter(({ attempt }) => attempt >= start && attempt < end);
    if (part.length === 0) return [];
    const last = Math.max(...part.map(({ attempt }) => attempt));
    return [sum(last === start ? `Attempt ${start}` : `Attempt ${start} – ${last}`, part)];
  });
  return {
    first: sum(
      "Attempt 1",
      attempts.filter(({ attempt }) => attempt < 2),
    ),
    further,
  };
}
