import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { QueueFull, StoreUnavailable } from "@/lib/calls/commit-queue";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { busy, json, readBody } from "@/lib/http";
import { BodyBudget } from "@/lib/ingest/body-budget";
import { ingestCalls, isTaken } from "@/lib/ingest/ingest-calls";
import { readBatch } from "@/lib/ingest/read-batch";
import { callSchema, type IngestResult, MAX_BODY_BYTES } from "@/lib/ingest/schema";
import { metrics } from "@/lib/metrics";

/**
 * Answers POST /api/v1/calls for a proven key: 200 once all that was accepted is committed, 422 when no call was accepted or known.
 * An empty batch has nothing to refuse: 200 with zeros.
 * @throws HttpProblem 400, 413, 415 for the body; 429 and 503 with Retry-After. After any of them the same may be sent again.
 */
export async function receiveCalls(request: Request, scope: Scope, environment: string): Promise<Response> {
  const budget = new BodyBudget();
  try {
    const text = await readBody(request, { maxBytes: MAX_BODY_BYTES, reserve: (bytes) => budget.reserve(bytes) });
    const calls = readBatch(text, request.headers.get("content-type"));
    const retentionMonths = env().SPENDTRACE_RETENTION_MONTHS;
    const result = await ingestCalls(scope, calls, { environment, now: now(), retentionMonths });
    countResult(result);
    return json(result, isTaken(result) ? 200 : 422);
  } catch (error) {
    if (error instanceof QueueFull) throw busy(429, "Too many calls wait to be stored; none of these was.", 1);
    if (error instanceof StoreUnavailable) {
      throw busy(503, "The database does not answer. Send the same again: what was stored is not stored twice.", 2);
    }
    throw error;
  } finally {
    budget.release();
  }
}

function countResult({ accepted, duplicates, conflicts, rejected }: IngestResult): void {
  metrics.callsAccepted.inc(accepted);
  metrics.callsDuplicate.inc(duplicates);
  metrics.callsConflicting.inc(conflicts.length);
  for (const { errors } of rejected) {
    const field = /^\w*/.exec(errors[0]?.path ?? "")?.[0] ?? "";
    // A name of the sender's own making would make a series of its own.
    metrics.callsRejected.inc({ reason: field in callSchema.shape ? field : "call" });
  }
}
