import { Prisma } from "@/prisma/client/client";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { Filter } from "./schema";

/** The filter bar as a condition on rows of the rollups. What the scope may see is `callScope` in `lib/calls/filters`. */
export function filterCondition(filters: readonly Filter[]): Prisma.Sql {
  const conditions = filters.map(({ dimension, op, values }) => {
    const { sql } = DIMENSION_CATALOGUE[dimension];
    return op === "is"
      ? Prisma.sql`${sql} = ANY(${[...values]}::text[])`
      : Prisma.sql`${sql} <> ALL(${[...values]}::text[])`;
  });
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** Of the filter bar only the environment, for rows that have no other dimension. */
export function environmentCondition(filters: readonly Filter[]): Prisma.Sql {
  return filterCondition(filters.filter(({ dimension }) => dimension === "environment"));
}
