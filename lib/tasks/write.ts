import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { writeDb } from "@/lib/db";
import type { TaskOutcomeInput } from "./schema";

/**
 * Stores what became of tasks, all or none. Of several outcomes of a task the one that happened last counts, of two at the same
 * time the one received later; in whatever order they come and however often.
 */
export async function recordOutcomes(
  { projectId }: Scope,
  environment: string,
  outcomes: readonly TaskOutcomeInput[],
): Promise<void> {
  const last = lastOfEach(outcomes);
  // Sorted, so that two writers take the rows they share in the same order and cannot deadlock.
  await writeDb().$executeRaw`
    INSERT INTO task_outcome AS known (project_id, environment, tenant_id, task_id, outcome, occurred_at)
    SELECT ${projectId}::integer, ${environment}, tenant_id, task_id, outcome, occurred_at
    FROM unnest(
      ${last.map(({ tenant_id }) => tenant_id)}::text[], ${last.map(({ task_id }) => task_id)}::text[],
      ${last.map(({ outcome }) => outcome)}::text[], ${last.map(({ occurred_at }) => occurred_at.toISOString())}::timestamptz[]
    ) AS sent (tenant_id, task_id, outcome, occurred_at)
    ORDER BY tenant_id COLLATE "C", task_id COLLATE "C"
    ON CONFLICT (project_id, environment, tenant_id, task_id) DO UPDATE
    SET outcome = EXCLUDED.outcome, occurred_at = EXCLUDED.occurred_at, received_at = now()
    WHERE EXCLUDED.occurred_at > known.occurred_at
      OR (EXCLUDED.occurred_at = known.occurred_at AND EXCLUDED.outcome <> known.outcome)`;
}

function lastOfEach(outcomes: readonly TaskOutcomeInput[]): readonly TaskOutcomeInput[] {
  const last = new Map<string, TaskOutcomeInput>();
  for (const one of outcomes) {
    const key = JSON.stringify([one.tenant_id, one.task_id]);
    const before = last.get(key);
    if (!before || one.occurred_at >= before.occurred_at) last.set(key, one);
  }
  return [...last.values()];
}
