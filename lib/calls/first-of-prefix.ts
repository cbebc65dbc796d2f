import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import type { Call } from "@/lib/calls/read";
import { readDb } from "@/lib/db";

/** How far back to look: a cache lives an hour at most, so weeks are more than enough to call a prefix new. */
export const PREFIX_DAYS = 28;

/** Whether nobody whom the scope sees sent the call's prefix in the 28 days before it; false where it has none. */
export async function isFirstOfPrefix(scope: Scope, { occurredAt, prefixHash }: Call): Promise<boolean> {
  if (prefixHash === null) return false;
  const from = new Date(occurredAt.getTime() - PREFIX_DAYS * 86_400_000);
  const earlier = await readDb().$queryRaw<unknown[]>`
    SELECT 1 FROM llm_call
    WHERE ${callScope(scope)} AND prefix_hash = ${prefixHash}
      AND occurred_at < ${occurredAt.toISOString()}::timestamptz AND occurred_at >= ${from.toISOString()}::timestamptz
    ORDER BY occurred_at DESC LIMIT 1`;
  return earlier.length === 0;
}
