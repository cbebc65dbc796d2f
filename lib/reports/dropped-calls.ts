import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { projectScope } from "@/lib/calls/project-scope";
import { readDb } from "@/lib/db";
import type { Period } from "@/lib/period";
import { environmentCondition } from "./filters";
import type { Filter } from "./schema";

/** What clients reported to have dropped for one reason. */
export type Dropped = Readonly<{ reason: string; calls: bigint; clients: number; lastAt: Date }>;

/**
 * How many calls clients reported in the period that they could not deliver: spend that no total holds. A dropped call has an
 * environment but neither tenant nor feature, so other filters do not apply to it.
 * @returns null where the scope sees only some tenants: whose calls were dropped is not known.
 */
export async function countDroppedCalls(
  scope: Scope,
  { from, to }: Period,
  filters: readonly Filter[],
): Promise<bigint | null> {
  if (scope.tenants !== "all") return null;
  const [found] = await readDb().$queryRaw<{ calls: string }[]>`
    SELECT coalesce(sum(calls), 0)::text AS calls FROM client_drop
    WHERE ${projectScope(scope)} AND ${environmentCondition(filters)} AND reason <> 'outcome'
      AND reported_at >= ${from.toISOString()}::timestamptz AND reported_at < ${to.toISOString()}::timestamptz`;
  return BigInt(found?.calls ?? "0");
}

/** What was dropped in the period by reason, the most first; under `outcome` stand outcomes of tasks, not calls. */
export async function listDropped(
  scope: Scope,
  { from, to }: Period,
  filters: readonly Filter[],
): Promise<readonly Dropped[]> {
  const found = await readDb().$queryRaw<(Omit<Dropped, "calls"> & { calls: string })[]>`
    SELECT reason, sum(calls)::text AS calls, count(DISTINCT (environment, client_id))::integer AS clients,
      max(reported_at) AS "lastAt"
    FROM client_drop
    WHERE ${projectScope(scope)} AND ${environmentCondition(filters)}
      AND reported_at >= ${from.toISOString()}::timestamptz AND reported_at < ${to.toISOString()}::timestamptz
    GROUP BY reason ORDER BY sum(calls) DESC, reason`;
  return found.map(({ calls, ...rest }) => ({ ...rest, calls: BigInt(calls) }));
}
