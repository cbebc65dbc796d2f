import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import type { Call } from "@/lib/calls/read";
import { readDb } from "@/lib/db";

/** How long a cache lives at most: what was sent longer before cannot have filled it. */
const LIVES_MS = 3_600_000;

/**
 * Whether no call of its feature to its model that the scope sees carried the call's prefix in the hour before it; false where
 * it has none. Of one feature, because calls of an hour are found by its index: prefixes themselves have none.
 */
export async function isFirstOfPrefix(
  scope: Scope,
  { occurredAt, prefixHash, feature, model }: Call,
): Promise<boolean> {
  if (prefixHash === null) return false;
  const from = new Date(occurredAt.getTime() - LIVES_MS);
  const earlier = await readDb().$queryRaw<unknown[]>`
    SELECT 1 FROM llm_call
    WHERE ${callScope(scope)} AND feature = ${feature} AND model = ${model} AND prefix_hash = ${prefixHash}
      AND occurred_at < ${occurredAt.toISOString()}::timestamptz AND occurred_at >= ${from.toISOString()}::timestamptz
    LIMIT 1`;
  return earlier.length === 0;
}
