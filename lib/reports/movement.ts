import type { Cell, Row } from "./schema";

/** How an entity moved from one period to the next: each is exactly one of these. */
export const MOVEMENTS = ["new", "growing", "shrinking", "gone", "steady"] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** One side of a movement: what was spent, and on how many calls, of which some may have no price. Picodollars. */
export type MovementSide = Readonly<{ costUsdPicos: bigint; calls: bigint; unpricedCalls: bigint }>;

const exact = (cell: Cell | undefined): bigint => (typeof cell === "bigint" ? cell : 0n);

/** Reads both sides from a row with `cost`, `calls` and `unpriced_calls`, each also as `compare_…`; nothing is zero. */
export function sidesOf(row: Row): Readonly<{ before: MovementSide; now: MovementSide }> {
  const side = (prefix: string): MovementSide => ({
    costUsdPicos: exact(row[`${prefix}cost`]),
    calls: exact(row[`${prefix}calls`]),
    unpricedCalls: exact(row[`${prefix}unpriced_calls`]),
  });
  return { before: side("compare_"), now: side("") };
}

/** A model that only serves within calls of others has cost, but no calls of its own. */
const isThere = ({ costUsdPicos, calls, unpricedCalls }: MovementSide) =>
  calls > 0n || unpricedCalls > 0n || costUsdPicos !== 0n;

/** New where nothing was called before, gone where nothing is now; else by the sign of the difference in spend. */
export function movementOf(before: MovementSide, now: MovementSide): Movement {
  if (!isThere(before)) return isThere(now) ? "new" : "steady";
  if (!isThere(now)) return "gone";
  if (now.costUsdPicos === before.costUsdPicos) return "steady";
  return now.costUsdPicos > before.costUsdPicos ? "growing" : "shrinking";
}

/** The quotient to the nearest whole, halves away from zero; `under` is above zero. */
function divideRounded(over: bigint, under: bigint): bigint {
  const half = over < 0n ? -under : under;
  return (2n * over + half) / (2n * under);
}

const pricedCalls = ({ calls, unpricedCalls }: MovementSide) => (calls > unpricedCalls ? calls - unpricedCalls : 0n);

/**
 * The difference in spend in two parts that add up to it to the picodollar: volume is (calls now − calls before) × cost
 * per call before, rounded to whole picodollars; the rest is what a call costs more or less. Calls are those with a price,
 * as in every cost per call. What had no price before is all volume.
 */
export function splitDifference(
  before: MovementSide,
  now: MovementSide,
): Readonly<{ volume: bigint; costPerCall: bigint }> {
  const difference = now.costUsdPicos - before.costUsdPicos;
  const [callsBefore, callsNow] = [pricedCalls(before), pricedCalls(now)];
  if (callsBefore === 0n) {
    const volume = before.costUsdPicos === 0n ? difference : 0n;
    return { volume, costPerCall: difference - volume };
  }
  const volume = divideRounded((callsNow - callsBefore) * before.costUsdPicos, callsBefore);
  return { volume, costPerCall: difference - volume };
}
