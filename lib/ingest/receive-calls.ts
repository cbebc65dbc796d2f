import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { decodeUtf8, type Incoming, json } from "@/lib/http";
import { ingestCalls, isTaken } from "@/lib/ingest/ingest-calls";
import { readBatch } from "@/lib/ingest/read-batch";
import { takeBody } from "@/lib/ingest/take-body";

/**
 * Answers POST /api/v1/calls for a proven key: 200 once all that was accepted is committed, 422 when no call was accepted or known.
 * An empty batch has nothing to refuse: 200 with zeros.
 * @throws HttpProblem as `takeBody` does.
 */
export function receiveCalls(request: Incoming, scope: Scope, environment: string): Promise<Response> {
  return takeBody(request, async (body) => {
    const calls = readBatch(decodeUtf8(body), request.headers.get("content-type"));
    const retentionMonths = env().SPENDTRACE_RETENTION_MONTHS;
    const result = await ingestCalls(scope, calls, { environment, now: now(), retentionMonths });
    return json(result, isTaken(result) ? 200 : 422);
  });
}
