import { setTimeout as sleep } from "node:timers/promises";
import type { Scope } from "@/lib/auth/scope";
import { isQueueFull, isStoreUnavailable } from "@/lib/calls/commit-queue";
import { env } from "@/lib/env";
import { ingestCalls } from "@/lib/ingest/ingest-calls";
import type { IngestResult } from "@/lib/ingest/schema";
import type { CallBody } from "@/tests/support/calls";
import { type SampleCall, sampleCalls } from "./sample-calls";

const BATCH = 1_000;
/** One batch is priced while another is being stored. */
const IN_FLIGHT = 3;
const MAX_ATTEMPTS = 8;

type Options = Readonly<{
  /** Other calls than those of 90 days: a benchmark has more of them. */
  calls?: Iterable<SampleCall>;
  /** Told after each batch how many calls were sent. */
  onProgress?: (sent: number) => void;
}>;

/**
 * Sends the sample data the way a client's calls go: checked, normalised, priced and stored by `ingestCalls`.
 * @returns how many calls are stored
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
  let stored = 0;

  async function send(environment: string): Promise<void> {
    const batch = waiting[environment]?.splice(0) ?? [];
    const result = await ingestPatiently(scope, batch, environment, now);
    if (result.rejected.length + result.conflicts.length > 0) {
      throw new Error(
        `sample calls were refused: ${JSON.stringify([...result.rejected, ...result.conflicts].slice(0, 3))}`,
      );
    }
    sent += batch.length;
    stored += result.accepted + result.duplicates;
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
  return stored;
}

/** Sends a batch again while the database is busy or away, as every client should; what was stored after all is a duplicate. */
async function ingestPatiently(scope: Scope, batch: CallBody[], environment: string, now: Date): Promise<IngestResult> {
  const context = { environment, now, retentionMonths: env().SPENDTRACE_RETENTION_MONTHS };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ingestCalls(scope, batch, context);
    } catch (error) {
      const passing = isQueueFull(error) || isStoreUnavailable(error);
      if (!passing || attempt === MAX_ATTEMPTS) throw error;
      await sleep(attempt * 500);
    }
  }
}
