import type { Scope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import { ingestCalls } from "@/lib/ingest/ingest-calls";
import type { CallBody } from "@/tests/support/calls";
import { type SampleCall, sampleCalls } from "./sample-calls";

const BATCH = 1_000;
/** One batch is priced while another is being stored. */
const IN_FLIGHT = 3;

type Options = Readonly<{
  /** Other calls than those of 90 days: a benchmark has more of them. */
  calls?: Iterable<SampleCall>;
  /** Told after each batch how many calls were sent. */
  onProgress?: (sent: number) => void;
}>;

/**
 * Sends the sample data the way a client's calls go: checked, normalised, priced and stored by `ingestCalls`.
 * @returns how many calls were stored; those that were there already are not counted
 * @throws when one is refused: sample data that the product would not take is a mistake of ours
 */
export async function sendSample(
  scope: Scope,
  now: Date,
  { calls = sampleCalls(now), onProgress }: Options = {},
): Promise<number> {
  const waiting: Record<string, CallBody[]> = { production: [], staging: [] };
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  let accepted = 0;

  async function send(environment: string): Promise<void> {
    const batch = waiting[environment]?.splice(0) ?? [];
    const result = await ingestCalls(scope, batch, {
      environment,
      now,
      retentionMonths: env().SPENDTRACE_RETENTION_MONTHS,
    });
    if (result.rejected.length + result.conflicts.length > 0) {
      throw new Error(
        `sample calls were refused: ${JSON.stringify([...result.rejected, ...result.conflicts].slice(0, 3))}`,
      );
    }
    sent += batch.length;
    accepted += result.accepted;
    onProgress?.(sent);
  }

  for (const { environment, body } of calls) {
    const batch = waiting[environment];
    if (batch?.push(body) !== BATCH) continue;
    const sending = send(environment).finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
  }
  await Promise.all([...inFlight, ...Object.keys(waiting).map(send)]);
  return accepted;
}
