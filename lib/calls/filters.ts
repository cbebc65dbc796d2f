import type { Scope } from "@/lib/auth/scope";
import type { CallDimension, CallFilter, CallsQuery } from "@/lib/calls/query";
import { Prisma } from "@/prisma/client/client";

/** Each dimension as an expression over a row of llm_call. */
const EXPRESSIONS: Readonly<Record<CallDimension, Prisma.Sql>> = {
  tenant: Prisma.sql`tenant_id`,
  feature: Prisma.sql`feature`,
  deploy: Prisma.sql`deploy_sha`,
  model: Prisma.sql`model`,
  provider: Prisma.sql`provider`,
  environment: Prisma.sql`environment`,
  service_tier: Prisma.sql`service_tier`,
  attempt: Prisma.sql`CASE WHEN attempt > 1 THEN 'retry' ELSE 'first' END`,
  status: Prisma.sql`CASE WHEN status_code = 429 THEN 'rate_limited' WHEN status_code >= 400 THEN 'error' ELSE 'succeeded' END`,
  pricing: Prisma.sql`pricing_status`,
  prompt: Prisma.sql`prompt_hash`,
  prefix: Prisma.sql`prefix_hash`,
  session: Prisma.sql`session_id`,
  task: Prisma.sql`task_id`,
  user: Prisma.sql`user_id`,
  request: Prisma.sql`request_id`,
};

/** What the scope may see of llm_call. A key that only ingests sees nothing. */
export function callScope(scope: Scope): Prisma.Sql {
  if (scope.role === "ingest") return Prisma.sql`FALSE`;
  const conditions = [Prisma.sql`project_id = ${scope.projectId}`];
  if (scope.tenants !== "all") conditions.push(Prisma.sql`tenant_id = ANY(${[...scope.tenants]}::text[])`);
  if (scope.environment !== "all") conditions.push(Prisma.sql`environment = ${scope.environment}`);
  return Prisma.join(conditions, " AND ");
}

/** Filters as a condition; a call without a session is among those whose session is not s. */
export function callFilters(filters: readonly CallFilter[]): Prisma.Sql {
  const conditions = filters.map(({ dimension, op, values }) => {
    const among = Prisma.sql`${EXPRESSIONS[dimension]} = ANY(${[...values]}::text[])`;
    return op === "is" ? among : Prisma.sql`(${among}) IS NOT TRUE`;
  });
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** The rows of llm_call that a query means: seen by the scope, within the period, let through by the filters. */
export function callsWithin(scope: Scope, { period, filters }: Pick<CallsQuery, "period" | "filters">): Prisma.Sql {
  return Prisma.sql`${callScope(scope)} AND ${callFilters(filters)}
    AND occurred_at >= ${period.from.toISOString()}::timestamptz AND occurred_at < ${period.to.toISOString()}::timestamptz`;
}
