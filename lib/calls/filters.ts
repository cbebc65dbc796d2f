import type { Scope } from "@/lib/auth/scope";
import type { CallDimension, CallFilter, CallSelection } from "@/lib/calls/query";
import type { CallRange, RangeField } from "@/lib/calls/ranges";
import { Prisma } from "@/prisma/client/client";

/** Each dimension as an expression over a row of llm_call. */
const EXPRESSIONS: Readonly<Record<Exclude<CallDimension, "status" | "attempt">, Prisma.Sql>> = {
  tenant: Prisma.sql`tenant_id`,
  feature: Prisma.sql`feature`,
  deploy: Prisma.sql`deploy_sha`,
  model: Prisma.sql`model`,
  provider: Prisma.sql`provider`,
  environment: Prisma.sql`environment`,
  service_tier: Prisma.sql`service_tier`,
  pricing: Prisma.sql`pricing_status`,
  prompt: Prisma.sql`prompt_hash`,
  prefix: Prisma.sql`prefix_hash`,
  session: Prisma.sql`session_id`,
  task: Prisma.sql`task_id`,
  user: Prisma.sql`user_id`,
  request: Prisma.sql`request_id`,
  stop_reason: Prisma.sql`stop_reason`,
  source: Prisma.sql`source`,
};

/** Written as the partial index on failed and repeated calls has it, so that a few of them are found among millions. */
const CONDITIONS: Readonly<Record<"status" | "attempt", Readonly<Record<string, Prisma.Sql>>>> = {
  attempt: { first: Prisma.sql`attempt <= 1`, retry: Prisma.sql`attempt > 1` },
  status: {
    succeeded: Prisma.sql`status_code < 400`,
    rate_limited: Prisma.sql`(status_code >= 400 AND status_code = 429)`,
    error: Prisma.sql`(status_code >= 400 AND status_code <> 429)`,
  },
};

/** Each figure that can be bounded; the whole prompt counts as input, as in the reports. */
export const RANGE_EXPRESSIONS: Readonly<Record<RangeField, Prisma.Sql>> = {
  cost_usd: Prisma.sql`cost_usd_picos`,
  latency_ms: Prisma.sql`latency_ms`,
  input_tokens: Prisma.sql`(input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens)`,
  output_tokens: Prisma.sql`output_tokens`,
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
    const among = isAmong(dimension, values);
    return op === "is" ? among : Prisma.sql`(${among}) IS NOT TRUE`;
  });
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** One value is asked for by `=`: with ANY an index would lose its order of time, and every match had to be sorted. */
function isAmong(dimension: CallDimension, values: readonly string[]): Prisma.Sql {
  if (dimension !== "status" && dimension !== "attempt") {
    const column = EXPRESSIONS[dimension];
    return values.length === 1
      ? Prisma.sql`${column} = ${values[0]}`
      : Prisma.sql`${column} = ANY(${[...values]}::text[])`;
  }
  const any = values.map((value) => CONDITIONS[dimension][value] ?? hasStatus(Number(value)));
  return any.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`(${Prisma.join(any, " OR ")})`;
}

function hasStatus(code: number): Prisma.Sql {
  const failed = code >= 400 ? Prisma.sql`status_code >= 400 AND ` : Prisma.empty;
  return Prisma.sql`(${failed}status_code = ${code}::smallint)`;
}

function inRanges(ranges: readonly CallRange[]): Prisma.Sql {
  const conditions = ranges.map(({ field, bound, value }) => {
    const limit = Prisma.sql`${value.toString()}::bigint`;
    const figure = RANGE_EXPRESSIONS[field];
    return bound === "min" ? Prisma.sql`${figure} >= ${limit}` : Prisma.sql`${figure} <= ${limit}`;
  });
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** The rows of llm_call that a query means: seen by the scope, within the period, let through by filters and ranges. */
export function callsWithin(scope: Scope, { period, filters, ranges = [] }: CallSelection): Prisma.Sql {
  return Prisma.sql`${callScope(scope)} AND ${callFilters(filters)} AND ${inRanges(ranges)}
    AND occurred_at >= ${period.from.toISOString()}::timestamptz AND occurred_at < ${period.to.toISOString()}::timestamptz`;
}
