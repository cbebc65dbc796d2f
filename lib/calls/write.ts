import "server-only";
import type { CallRow } from "@/lib/calls/columns";
import { isDataError, isSerializationFailure, sqlState } from "@/lib/calls/database-error";
import { ensurePartitions, forgetPartitions, monthOf } from "@/lib/calls/partition";
import { STORE_CALLS, toColumns } from "@/lib/calls/write-statement";
import { now } from "@/lib/clock";
import { writeDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";

/** The rows of one call, line 0 first. Made by `lib/ingest` with a Scope: that is where `project_id` comes from. */
export type CallLines = readonly [CallRow, ...CallRow[]];

/**
 * What became of a call: `accepted` is new and committed; `duplicate` was known with the same content; `conflict` was
 * known with other content, which stays; `refused` could not be stored for a reason in its own data.
 */
export type StoreOutcome = "accepted" | "duplicate" | "conflict" | "refused";

/** How a call stands in the database; one that could not be stored has none. */
type Stored = Readonly<{ isNew: boolean; contentHash: string }>;

const MAX_ATTEMPTS = 5;

/** What makes a call the same call; NUL cannot occur in a part. */
function identityOf([{ project_id, occurred_at, tenant_id, request_id }]: CallLines): string {
  return `${project_id}\0${occurred_at}\0${tenant_id}\0${request_id}`;
}

/**
 * Stores calls and adds what was new to the rollups. Resolves, in the order given, once everything accepted is committed.
 * A call that cannot be stored does not hold up the others.
 * @throws when the database cannot be reached or does not answer: what was not committed by then may be sent again.
 */
export async function storeCalls(calls: readonly CallLines[]): Promise<StoreOutcome[]> {
  const firsts = new Map<string, CallLines>();
  for (const call of calls) {
    const identity = identityOf(call);
    if (!firsts.has(identity)) firsts.set(identity, call);
  }
  // One order for all writers: two that bring the same calls queue up behind each other instead of deadlocking.
  const sorted = [...firsts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
  const stored = new Map<CallLines, Stored>();
  await storeDistinct(sorted, stored);

  return calls.map((call) => {
    const first = firsts.get(identityOf(call)) ?? call;
    const found = stored.get(first);
    if (found === undefined) return "refused";
    if (first === call && found.isNew) return "accepted";
    return found.contentHash === call[0].content_hash ? "duplicate" : "conflict";
  });
}

async function storeDistinct(calls: readonly CallLines[], stored: Map<CallLines, Stored>): Promise<void> {
  if (calls.length === 0) return;
  try {
    const known = await insertNew(calls);
    for (const call of calls) stored.set(call, { isNew: true, contentHash: call[0].content_hash });
    for (const [call, contentHash] of await readHashes(known)) stored.set(call, { isNew: false, contentHash });
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (calls.length === 1) return;
    const middle = calls.length >> 1;
    await storeDistinct(calls.slice(0, middle), stored);
    await storeDistinct(calls.slice(middle), stored);
  }
}

/** Runs the one statement, again where another transaction was in the way. @returns the calls that were known already. */
async function insertNew(calls: readonly CallLines[], attempt = 1): Promise<CallLines[]> {
  await ensurePartitions(
    calls.map(([first]) => monthOf(first.occurred_at)),
    now(),
  );
  try {
    const known = await writeDb().$queryRaw<{ ord: number }[]>(Prisma.sql(STORE_CALLS, ...toColumns(calls)));
    return known.flatMap(({ ord }) => calls.slice(ord, ord + 1));
  } catch (error) {
    if (attempt === MAX_ATTEMPTS) throw error;
    if (sqlState(error) === "23514" && attempt === 1) {
      // Perhaps "no partition found": one that this process remembers was dropped. If it was a check, it fails again.
      forgetPartitions();
    } else if (isSerializationFailure(error)) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    } else {
      throw error;
    }
    return insertNew(calls, attempt + 1);
  }
}

/** What the known calls held when they first came. A statement of its own: it must see what others committed meanwhile. */
async function readHashes(calls: readonly CallLines[]): Promise<(readonly [CallLines, string])[]> {
  if (calls.length === 0) return [];
  const keys = calls.map(([{ project_id, occurred_at, tenant_id, request_id }], ord) => ({
    ord,
    project_id,
    occurred_at,
    tenant_id,
    request_id,
  }));
  const stored = await writeDb().$queryRaw<{ ord: number; content_hash: string }[]>`
    SELECT sent.ord, llm_call.content_hash
    FROM json_to_recordset(${JSON.stringify(keys)}::json)
      AS sent (ord integer, project_id integer, occurred_at timestamptz, tenant_id text, request_id text)
    JOIN llm_call USING (project_id, occurred_at, tenant_id, request_id)
    WHERE llm_call.line = 0`;
  const hashes = new Map(stored.map(({ ord, content_hash }) => [ord, content_hash]));
  return calls.map((call, ord) => [call, hashes.get(ord) ?? call[0].content_hash] as const);
}
