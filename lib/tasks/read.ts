import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";
import type { Outcome } from "./schema";

export type TaskOutcome = Readonly<{ outcome: Outcome; occurredAt: Date }>;

/** What became of a task; null while nobody has told, or where the scope may not see its tenant. */
export async function findOutcome(
  scope: Scope,
  task: Readonly<{ environment: string; tenantId: string; taskId: string }>,
): Promise<TaskOutcome | null> {
  const [found] = await readDb().$queryRaw<TaskOutcome[]>`
    SELECT outcome, occurred_at AS "occurredAt" FROM task_outcome
    WHERE ${callScope(scope)} AND environment = ${task.environment}
      AND tenant_id = ${task.tenantId} AND task_id = ${task.taskId}`;
  return found ?? null;
}
