import { ROLLUP_BOUNDS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import { Prisma } from "@/prisma/client/client";

/** A figure that adds up over rows of the rollups: every measure is arithmetic on these. */
export type Sum = keyof typeof ROLLUP_MEASURES | keyof typeof ROLLUP_BOUNDS | "retries" | "batch_calls";

/** The value of one row, and how rows fold. Names come from constant tables only, so they are safe as identifiers. */
type SumEntry = Readonly<{ row: Prisma.Sql; fold: Prisma.Sql }>;

const column = (name: string, fold: string) => [name, { row: Prisma.raw(name), fold: Prisma.raw(fold) }] as const;

export const SUMS = {
  ...Object.fromEntries(Object.keys(ROLLUP_MEASURES).map((name) => column(name, "sum"))),
  ...Object.fromEntries([column("first_occurred_at", "min"), column("last_occurred_at", "max")]),
  retries: { row: Prisma.sql`CASE WHEN is_retry THEN calls ELSE 0 END`, fold: Prisma.raw("sum") },
  batch_calls: { row: Prisma.sql`CASE WHEN service_tier = 'batch' THEN calls ELSE 0 END`, fold: Prisma.raw("sum") },
} as Readonly<Record<Sum, SumEntry>>;

/** Needed for every report's coverage, whatever its measures. */
export const COVERAGE_SUMS = [
  "calls",
  "input_tokens",
  "cache_create_5m_tokens",
  "cache_create_1h_tokens",
  "cache_read_tokens",
  "output_tokens",
  "unpriced_calls",
  "unpriced_tokens",
  "estimated_calls",
  "estimated_cost_usd_picos",
] as const satisfies readonly Sum[];

export const isBound = (name: Sum): name is keyof typeof ROLLUP_BOUNDS => name in ROLLUP_BOUNDS;
