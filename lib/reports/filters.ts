import type { Scope } from "@/lib/auth/scope";
import { Prisma } from "@/prisma/client/client";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { Filter } from "./schema";

/** What the scope may see, as a condition on any table with project_id, tenant_id and environment. The one place. */
export function scopeFilter(scope: Scope): Prisma.Sql {
  if (scope.role === "ingest") return Prisma.sql`FALSE`;
  const conditions = [Prisma.sql`project_id = ${scope.projectId}`];
  if (scope.tenants !== "all") conditions.push(Prisma.sql`tenant_id = ANY(${[...scope.tenants]}::text[])`);
  if (scope.environment !== "all") conditions.push(Prisma.sql`environment = ${scope.environment}`);
  return Prisma.join(conditions, " AND ");
}

/** The filter bar as a condition on rows of the rollups. The one place where filters become SQL. */
export function filterCondition(filters: readonly Filter[]): Prisma.Sql {
  const conditions = filters.map(({ dimension, op, values }) => {
    const { sql } = DIMENSION_CATALOGUE[dimension];
    return op === "is"
      ? Prisma.sql`${sql} = ANY(${[...values]}::text[])`
      : Prisma.sql`${sql} <> ALL(${[...values]}::text[])`;
  });
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}
