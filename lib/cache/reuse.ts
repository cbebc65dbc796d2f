import type { Period } from "@/lib/period";

/**
 * The calls of one feature, deploy and model that read or wrote a cache and named their prefix, while rates kept their
 * ratios. Tokens as counts, money in picodollars; unpriced calls are in the tokens and not in the money.
 */
export type ReuseCell = Readonly<{
  feature: string;
  deploy: string;
  provider: string;
  model: string;
  /** The span of `cutAtChanges` in which these calls were. */
  era: Period;
  /** Calls: further lines of one are in the tokens and the money alone. */
  uses: number;
  firstAt: Date;
  lastAt: Date;
  unpriced: number;
  readTokens: bigint;
  write5mTokens: bigint;
  write1hTokens: bigint;
  readCost: bigint;
  write5mCost: bigint;
  write1hCost: bigint;
  /** Written and not read again while it lived. */
  unreadTokens: bigint;
  unreadCost: bigint;
  /** Written, not read yet, and no longer ago than it lives when the figures were read. */
  openTokens: bigint;
  openCost: bigint;
  /** Written again between 5 and 60 minutes after it was last used. */
  rewrittenCost: bigint;
  /** Read between 5 and 60 minutes after it was last used. */
  readLateCost: bigint;
  /** Uses by the time until the next one of the same prefix, in the buckets of `GAPS`. */
  gaps: readonly number[];
}>;

/** Times between two uses of a prefix. */
export const GAPS = ["under 1 min", "1 – 5 min", "5 – 15 min", "15 – 60 min", "over 1 h"] as const;

/** Cells by one of their names, in the order in which it first comes. */
export function cellsBy(
  cells: readonly ReuseCell[],
  name: "feature" | "deploy",
): ReadonlyMap<string, readonly ReuseCell[]> {
  const groups = new Map<string, ReuseCell[]>();
  for (const cell of cells) {
    const group = groups.get(cell[name]);
    if (group) group.push(cell);
    else groups.set(cell[name], [cell]);
  }
  return groups;
}

type Amount = {
  [Key in keyof ReuseCell]: ReuseCell[Key] extends bigint ? Key : never;
}[keyof ReuseCell];

/** The exact sum of one figure over cells. */
export function sumCells(cells: readonly ReuseCell[], key: Amount): bigint {
  return cells.reduce((sum, cell) => sum + cell[key], 0n);
}
