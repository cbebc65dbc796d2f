import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { decodeUtf8, json } from "@/lib/http";
import { ingestCalls, isTaken } from "@/lib/ingest/ingest-calls";
import { UnreadableCall } from "@/lib/ingest/read-batch";
import { MAX_FOREIGN_BODY_BYTES } from "@/lib/ingest/schema";
import { takeBody } from "@/lib/ingest/take-body";
import { isObject } from "@/lib/litellm/payload-attributes";
import { readPayload } from "@/lib/litellm/payload-to-call";
import { readPayloads } from "@/lib/litellm/read-payloads";
import { currentMappings } from "@/lib/mapping/current-mappings";
import { metrics } from "@/lib/metrics";

/**
 * Answers POST /api/v1/litellm for a proven key, as POST /api/v1/calls does, with the number of payloads that are no call of a
 * provider. Of each payload only what makes the call is kept: messages and responses are gone when this returns.
 * @throws HttpProblem 400, 413 for the body; 429 and 503 with Retry-After.
 */
export function receivePayloads(request: Request, scope: Scope, environment: string): Promise<Response> {
  return takeBody(
    request,
    async (body) => {
      const payloads = readPayloads(decodeUtf8(body));
      const mapping = (await currentMappings(scope)).litellm;
      const calls: unknown[] = [];
      const places: number[] = [];
      let ignored = 0;
      for (const [index, payload] of payloads.entries()) {
        const reading =
          isObject(payload) && !(payload instanceof UnreadableCall) ? readPayload(payload, mapping) : null;
        if (reading?.kind === "ignored") {
          ignored += 1;
          metrics.recordsIgnored.inc({ reason: reading.reason });
        } else {
          calls.push(reading ? reading.call : payload);
          places.push(index);
        }
      }
      const retentionMonths = env().SPENDTRACE_RETENTION_MONTHS;
      const result = await ingestCalls(scope, calls, { environment, now: now(), retentionMonths });
      const placed = <T extends { index: number }>(items: readonly T[]) =>
        items.map((item) => ({ ...item, index: places[item.index] ?? item.index }));
      const answer = { ...result, ignored, rejected: placed(result.rejected), conflicts: placed(result.conflicts) };
      return json(answer, ignored > 0 || isTaken(result) ? 200 : 422);
    },
    MAX_FOREIGN_BODY_BYTES,
  );
}
