import { callSchema, type IngestResult } from "@/lib/ingest/schema";
import { metrics } from "@/lib/metrics";

/** Adds what became of a batch to the counters of /api/metrics, by whichever door it came. */
export function countResult({ accepted, duplicates, conflicts, rejected }: IngestResult): void {
  metrics.callsAccepted.inc(accepted);
  metrics.callsDuplicate.inc(duplicates);
  metrics.callsConflicting.inc(conflicts.length);
  for (const { errors } of rejected) {
    const field = /^\w*/.exec(errors[0]?.path ?? "")?.[0] ?? "";
    // A name of the sender's own making would make a series of its own.
    metrics.callsRejected.inc({ reason: field in callSchema.shape ? field : "call" });
  }
}
