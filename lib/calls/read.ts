import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { type CallKey, decodeCallId, encodeCallId } from "@/lib/calls/call-id";
import { CALL_COLUMNS } from "@/lib/calls/columns";
import { callScope, callsWithin, RANGE_EXPRESSIONS } from "@/lib/calls/filters";
import { type CallSort, type CallsQuery, DEFAULT_PAGE } from "@/lib/calls/query";
import { scanCalls } from "@/lib/calls/scan";
import { readDb } from "@/lib/db";
import { type LlmCall, Prisma } from "@/prisma/client/client";

/** A row of llm_call; costs in picodollars, null when unpriced. */
export type Call = LlmCall;

const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
/** Filled by the database, and by re-pricing. */
const OTHER_COLUMNS = ["received_at", "reprice_run", "former_price_version"];
const ROW = Prisma.raw(
  [...Object.keys(CALL_COLUMNS), ...OTHER_COLUMNS].map((name) => `${name} AS "${camelCase(name)}"`).join(", "),
);

const NEWEST_FIRST = Prisma.sql`occurred_at DESC, tenant_id DESC, request_id DESC, line DESC`;
const OLDEST_FIRST = Prisma.sql`occurred_at, tenant_id, request_id, line`;

/** Rows of one statement of an export: enough to be quick, little enough to hold. */
const EXPORT_BATCH = 2000;

export type CallPage = Readonly<{ calls: readonly Call[] /** Null on the last page. */; nextCursor: string | null }>;

/**
 * A page of calls, newest first; with a sort the largest of all calls that the query means, which has no further page.
 * @throws ScanTimeout when a sort has too many calls to read.
 */
export async function listCalls(scope: Scope, query: CallsQuery): Promise<CallPage> {
  const limit = query.limit ?? DEFAULT_PAGE;
  if (query.sort) return { calls: await listLargest(scope, query, query.sort, limit), nextCursor: null };
  const rows = await selectCalls(scope, query, query.cursor, limit + 1);
  const calls = rows.slice(0, limit);
  const last = calls.at(-1);
  return { calls, nextCursor: rows.length > limit && last ? encodeCallId(last) : null };
}

/**
 * The page of calls that came just after the query's cursor, newest first; `isFirst` when nothing is newer than it.
 * Without a cursor the oldest calls of the query: the last page.
 */
export async function listNewerCalls(scope: Scope, query: CallsQuery): Promise<CallPage & { isFirst: boolean }> {
  const limit = query.limit ?? DEFAULT_PAGE;
  const rows = await selectCalls(scope, query, query.cursor, limit + 1, "newer");
  const calls = rows.slice(0, limit).reverse();
  const last = calls.at(-1);
  return { calls, nextCursor: last && query.cursor ? encodeCallId(last) : null, isFirst: rows.length <= limit };
}

/** Every call of the query (up to its limit), in batches, newest first. The next batch is read when it is asked for. */
export async function* eachCall(scope: Scope, query: CallsQuery): AsyncGenerator<readonly Call[]> {
  let after = query.cursor;
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const size = Math.min(left, EXPORT_BATCH);
    const calls = await selectCalls(scope, query, after, size);
    if (calls.length > 0) yield calls;
    left = calls.length < size ? 0 : left - calls.length;
    after = calls.at(-1) ?? null;
  }
}

/** All rows of the call that `id` (see `encodeCallId`) belongs to, line 0 first; empty where there is none to be seen. */
export async function findCall(scope: Scope, id: string): Promise<readonly Call[]> {
  const key = decodeCallId(id);
  if (key === null) return [];
  return readDb().$queryRaw<Call[]>`
    SELECT ${ROW} FROM llm_call
    WHERE ${callScope(scope)} AND occurred_at = ${key.occurredAt.toISOString()}::timestamptz
      AND tenant_id = ${key.tenantId} AND request_id = ${key.requestId}
    ORDER BY line`;
}

/** Reads every call of the query once; those without the figure come last. */
function listLargest(scope: Scope, query: CallsQuery, sort: CallSort, limit: number): Promise<Call[]> {
  return scanCalls<Call>(Prisma.sql`
    SELECT ${ROW} FROM llm_call
    WHERE ${callsWithin(scope, query)}
    ORDER BY ${RANGE_EXPRESSIONS[sort]} DESC NULLS LAST, ${NEWEST_FIRST}
    LIMIT ${limit}::integer`);
}

function selectCalls(
  scope: Scope,
  query: CallsQuery,
  after: CallKey | null,
  limit: number,
  towards: "older" | "newer" = "older",
): Promise<Call[]> {
  const beyond = after
    ? Prisma.sql`(occurred_at, tenant_id, request_id, line)
        ${towards === "older" ? Prisma.sql`<` : Prisma.sql`>`} (${after.occurredAt.toISOString()}::timestamptz, ${after.tenantId}, ${after.requestId}, ${after.line}::smallint)`
    : Prisma.sql`TRUE`;
  const statement = Prisma.sql`
    SELECT ${ROW} FROM llm_call
    WHERE ${callsWithin(scope, query)} AND ${beyond}
    ORDER BY ${towards === "older" ? NEWEST_FIRST : OLDEST_FIRST}
    LIMIT ${limit}::integer`;
  // A range has no index: where few calls are in it, very many are read to find them.
  return query.ranges?.length ? scanCalls<Call>(statement) : readDb().$queryRaw<Call[]>(statement);
}
