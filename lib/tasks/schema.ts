import { z } from "zod";
import { oneOf, text, timeUntil } from "@/lib/ingest/field-rules";

export const OUTCOMES = ["success", "failure"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One outcome of POST /api/v1/outcomes. Fields not named here are ignored. */
export function taskOutcomeSchema(now: Date) {
  return z.object(
    { task_id: text(128), tenant_id: text(128), outcome: oneOf(OUTCOMES), occurred_at: timeUntil(now) },
    { error: "must be an object with the fields of an outcome" },
  );
}

export type TaskOutcomeInput = z.infer<ReturnType<typeof taskOutcomeSchema>>;
