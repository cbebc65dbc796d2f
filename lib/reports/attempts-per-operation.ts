import { type AttemptCell, readAttemptCells } from "./attempt-cells";
import { buildReport } from "./builder";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

/** Operations by the attempt they ended with. */
export type AttemptCounts = Readonly<{
  /** One row an attempt number that was reached, from 1 on. */
  rows: readonly Row[];
  totals: Row;
}>;

const none = { calls: 0n, failed: 0n, costUsdPicos: 0n };
type Reached = typeof none;

function add(sum: Reached, { status, calls, costUsdPicos }: AttemptCell): Reached {
  return {
    calls: sum.calls + calls,
    failed: sum.failed + (status >= 400 ? calls : 0n),
    costUsdPicos: sum.costUsdPicos + costUsdPicos,
  };
}

const ratio = (part: bigint, whole: bigint) => (whole === 0n ? null : Number(part) / Number(whole));

/**
 * An operation is a call with attempt 1 and its retries. As many ended with attempt n as reached it and did not reach
 * n + 1; an attempt whose earlier one is not among the calls (it lies before the period, or was never sent) is an operation
 * too. So no call has to be matched with another, and the operations add up.
 * @param cells attempts that failed or were retries.
 * @param calls and cost of all calls of the same selection, in picodollars.
 */
export function countAttempts(
  cells: readonly AttemptCell[],
  all: Readonly<{ calls: bigint; costUsdPicos: bigint }>,
): AttemptCounts {
  const reached = new Map<number, Reached>();
  for (const cell of cells) reached.set(cell.attempt, add(reached.get(cell.attempt) ?? none, cell));
  const retries = [...reached].filter(([attempt]) => attempt > 1);
  const sum = (of: (one: Reached) => bigint) => retries.reduce((total, [, one]) => total + of(one), 0n);
  const first: Reached = {
    calls: all.calls - sum(({ calls }) => calls),
    failed: reached.get(1)?.failed ?? 0n,
    costUsdPicos: all.costUsdPicos - sum(({ costUsdPicos }) => costUsdPicos),
  };
  reached.set(1, first);
  const ended = (attempt: number) => {
    const stayed = (reached.get(attempt)?.calls ?? 0n) - (reached.get(attempt + 1)?.calls ?? 0n);
    return stayed > 0n ? stayed : 0n;
  };
  const numbers = [...reached.keys()].filter((n) => (reached.get(n)?.calls ?? 0n) > 0n).sort((a, b) => a - b);
  const operations = numbers.reduce((total, n) => total + ended(n), 0n);
  const rows = numbers.map((attempt): Row => {
    const { calls, failed, costUsdPicos } = reached.get(attempt) ?? none;
    return {
      attempt: String(attempt),
      calls,
      failed,
      ended: ended(attempt),
      share_of_operations: ratio(ended(attempt), operations),
      cost: costUsdPicos,
    };
  });
  const failed = rows.reduce((total, row) => total + (row.failed as bigint), 0n);
  const totals = {
    calls: all.calls,
    failed,
    ended: operations,
    share_of_operations: ratio(operations, operations),
    cost: all.costUsdPicos,
  };
  return { rows, totals };
}

const COLUMNS: readonly Column[] = [
  { key: "attempt", label: "Attempt", unit: "text" },
  { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
  { key: "failed", label: "Of them failed", unit: "calls", missing: "zero" },
  { key: "ended", label: "Operations that ended with it", unit: "calls", missing: "zero" },
  { key: "share_of_operations", label: "Share of operations", unit: "ratio", missing: "gap" },
  { key: "cost", label: "Spend", unit: "usd_picos", missing: "zero" },
];

/** With how many attempts operations end: what share needed one, two, three and more. */
export const attemptsPerOperation: Report = {
  label: "Attempts per operation",
  question: "How many attempts does an operation take?",
  dimensions: ["attempt"],
  groupable: [],
  measures: [],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const whole = { ...query, compare: null, bucket: null, groupBy: [], sort: null };
    const [frame, cells] = await Promise.all([
      buildReport(scope, "attempts-per-operation", whole, ["calls", "cost"], asOf),
      readAttemptCells(scope, query, [], null),
    ]);
    const exact = (key: "calls" | "cost") =>
      typeof frame.totals[key] === "bigint" ? (frame.totals[key] as bigint) : 0n;
    const { rows, totals } = countAttempts(cells, { calls: exact("calls"), costUsdPicos: exact("cost") });
    return { ...frame, columns: COLUMNS, rows: rows.slice(0, query.limit), rowCount: rows.length, totals };
  },
};
