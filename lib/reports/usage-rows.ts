import type { Scope } from "@/lib/auth/scope";
import { ROLLUP_BOUNDS, ROLLUP_DIMENSIONS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import { callScope } from "@/lib/calls/filters";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import { filterCondition } from "./filters";
import type { Filter } from "./schema";
import { type Segment, segmentsOf } from "./segments";

const DIMENSIONS = Prisma.raw(ROLLUP_DIMENSIONS.join(", "));
const AGGREGATES = Prisma.raw(
  Object.entries({ ...ROLLUP_MEASURES, ...ROLLUP_BOUNDS })
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", "),
);

function segmentRows({ table, from, to }: Segment, where: Prisma.Sql): Prisma.Sql {
  const [start, end] = [from.toISOString(), to.toISOString()];
  if (table === "llm_call") {
    return Prisma.sql`SELECT project_id, date_trunc('hour', occurred_at, 'UTC') AS bucket, ${DIMENSIONS}, ${AGGREGATES}
      FROM (SELECT *, attempt > 1 AS is_retry FROM llm_call
        WHERE occurred_at >= ${start}::timestamptz AND occurred_at < ${end}::timestamptz) AS edge
      WHERE ${where} GROUP BY project_id, bucket, ${DIMENSIONS}`;
  }
  return Prisma.sql`SELECT * FROM ${Prisma.raw(table)}
    WHERE bucket >= ${start}::timestamptz AND bucket < ${end}::timestamptz AND ${where}`;
}

/** Rows of the rollups' shape from one table. */
export type UsageRows = Readonly<{ table: Segment["table"]; sql: Prisma.Sql }>;

/**
 * One SELECT for each part of the period, all giving rows of the rollups' shape: what the scope may see and the filters
 * let through. No parts for an empty period.
 */
export function usageRows(
  scope: Scope,
  period: Period,
  filters: readonly Filter[],
  coarsest: "day" | "hour",
): readonly UsageRows[] {
  const where = Prisma.sql`${callScope(scope)} AND ${filterCondition(filters)}`;
  return segmentsOf(period, coarsest).map((segment) => ({ table: segment.table, sql: segmentRows(segment, where) }));
}
