import { Prisma } from "@/prisma/client/client";

/** Every input token of a row of llm_call: fresh, written to a cache and read from one. */
export const INPUT = Prisma.sql`(input_tokens::bigint + cache_create_5m_tokens + cache_create_1h_tokens + cache_read_tokens)`;
/** What of it went through a cache. */
const CACHED = Prisma.sql`(cache_create_5m_tokens::bigint + cache_create_1h_tokens + cache_read_tokens)`;

/** What a conversation is known by. */
export type TraceKind = "session" | "task";

export const TRACE_COLUMN: Readonly<Record<TraceKind, Prisma.Sql>> = {
  session: Prisma.sql`session_id`,
  task: Prisma.sql`task_id`,
};

/** What some tokens of one kind cost of what all of them did, in whole picodollars, rounded down; nothing of nothing is nothing. */
const part = (cost: string, tokens: string, of: string) =>
  `coalesce(div(${cost}::numeric * ${tokens}, nullif(${of}, 0)), 0)`;

/** How the re-sent tokens of a row spread over the kinds, in the order in which they stand in a prompt. */
const SPREAD = Prisma.raw(`
  least(cache_read_tokens, resent, cached_before) AS sure,
  least(cache_read_tokens, resent) AS of_read,
  least(cache_create_1h_tokens, greatest(resent - cache_read_tokens, 0)) AS of_1h,
  least(cache_create_5m_tokens, greatest(resent - cache_read_tokens - cache_create_1h_tokens, 0)) AS of_5m,
  greatest(resent - cache_read_tokens - cache_create_1h_tokens - cache_create_5m_tokens, 0) AS of_fresh`);

const COST = Prisma.raw(`
  (${part("cache_read_cost_usd_picos", "of_read", "cache_read_tokens")}
  + ${part("cache_create_1h_cost_usd_picos", "of_1h", "cache_create_1h_tokens")}
  + ${part("cache_create_5m_cost_usd_picos", "of_5m", "cache_create_5m_tokens")}
  + ${part("input_cost_usd_picos", "of_fresh", "input_tokens")})::bigint`);

const ORDER = Prisma.sql`occurred_at, request_id COLLATE "C", line`;

/** A figure of the last call with input of the same chain that `before` lets through, found by the index of sessions or tasks. */
const ofTheCallBefore = (kind: TraceKind, before: Prisma.Sql, figure: Prisma.Sql) => Prisma.sql`(
  SELECT ${figure} FROM llm_call AS earlier
  WHERE ${before} AND earlier.${TRACE_COLUMN[kind]} IS NOT NULL AND earlier.${TRACE_COLUMN[kind]} = llm_call.${TRACE_COLUMN[kind]}
    AND earlier.environment = llm_call.environment AND earlier.tenant_id = llm_call.tenant_id
    AND earlier.feature = llm_call.feature AND earlier.model = llm_call.model AND ${INPUT} > 0
  ORDER BY occurred_at DESC, request_id COLLATE "C" DESC, line DESC LIMIT 1)`;

/** `before`: where a chain goes on from, when `where` cuts it off. `first`: how many rows are read at most, the first of all. */
type Bounds = Readonly<{ before?: Prisma.Sql; first?: number }>;

/**
 * Rows of llm_call that `where` lets through, each with what of its input was sent before (docs/sessions.md): `input`,
 * `resent` at most (upper bound), `sure` of it (lower bound), `of_read` at the rate of a cache read, and `resent_cost` of the
 * upper bound, null when unpriced. No text is known, so it is inferred from counts. The call before is the one before it with
 * input of the same feature and model.
 */
export function withResent(kind: TraceKind, where: Prisma.Sql, { before, first }: Bounds = {}): Prisma.Sql {
  const rows =
    first === undefined
      ? Prisma.sql`llm_call WHERE ${where}`
      : Prisma.sql`(SELECT * FROM llm_call WHERE ${where} ORDER BY ${ORDER} LIMIT ${first}::integer) AS llm_call`;
  const ofBefore = (figure: Prisma.Sql) => {
    const cutOff = before ? Prisma.sql`${ofTheCallBefore(kind, before, figure)},` : Prisma.empty;
    return Prisma.sql`coalesce(lag(${figure}) OVER chain, ${cutOff} 0)`;
  };
  return Prisma.sql`
    SELECT *, CASE WHEN cost_usd_picos IS NOT NULL THEN ${COST} END AS resent_cost FROM (
      SELECT *, ${SPREAD} FROM (
        SELECT *, ${INPUT} AS input, least(${INPUT}, ${ofBefore(Prisma.sql`${INPUT} + output_tokens`)}) AS resent,
          ${ofBefore(CACHED)} AS cached_before
        FROM ${rows}
        WINDOW chain AS (
          PARTITION BY environment, tenant_id, ${TRACE_COLUMN[kind]}, feature, model, ${INPUT} > 0 ORDER BY ${ORDER})
      ) AS chained) AS spread`;
}
