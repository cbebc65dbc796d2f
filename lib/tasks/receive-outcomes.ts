import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { receiveItems } from "@/lib/ingest/receive-items";
import { taskOutcomeSchema } from "./schema";
import { recordOutcomes } from "./write";

/** Answers POST /api/v1/outcomes for a proven key. */
export function receiveOutcomes(request: Request, scope: Scope, environment: string): Promise<Response> {
  return receiveItems(request, {
    list: "outcomes",
    schema: taskOutcomeSchema(now()),
    store: (outcomes) => recordOutcomes(scope, environment, outcomes),
  });
}
