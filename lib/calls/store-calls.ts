import "server-only";
import { CommitQueue, StoreUnavailable } from "@/lib/calls/commit-queue";
import { isOurFault } from "@/lib/calls/database-error";
import { type CallLines, type StoreOutcome, storeCalls } from "@/lib/calls/write";
import { writeDb } from "@/lib/db";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";

/** Statements under way at once. Two measured best: one is made up while the other is stored; a third only waits for the same rollup rows. */
const WRITERS = 2;
/** Long enough to be cheap per call, short enough that nobody waits long behind a full one. */
const MAX_CALLS_PER_COMMIT = 1_000;
/** About two seconds of work on a small machine. */
const MAX_CALLS_WAITING = 20_000;
/** Together below a second: a database that is away is reported within that time. */
const SUSPECT_AFTER_MS = 500;
const PROBE_MS = 400;
/** The embedded database answers one after another: silence may only mean that it is busy. Its death is seen at once. */
const EMBEDDED_PROBE_MS = 4_000;

async function commit(calls: readonly CallLines[]): Promise<StoreOutcome[]> {
  const done = metrics.commitSeconds.startTimer();
  metrics.queuedCalls.set(queue().length);
  try {
    return await storeCalls(calls);
  } catch (error) {
    if (isOurFault(error)) throw error;
    log.error({ err: error, calls: calls.length }, "calls could not be stored");
    throw new StoreUnavailable("the database is not available", { cause: error });
  } finally {
    done();
    metrics.queuedCalls.set(queue().length - calls.length);
  }
}

async function isAlive(): Promise<boolean> {
  const probe = writeDb().$queryRaw`SELECT 1`.then(() => true).catch(() => false);
  const silence = new Promise<boolean>((resolve) => setTimeout(resolve, probeMs, false));
  return Promise.race([probe, silence]);
}

/** Until the database has said what it is, it may be an embedded one that is busy. */
let probeMs = EMBEDDED_PROBE_MS;

async function learnPatience(): Promise<void> {
  const [row] = await writeDb().$queryRaw<{ version: string }[]>`SELECT version() AS version`;
  probeMs = row?.version.includes("emcc") ? EMBEDDED_PROBE_MS : PROBE_MS;
}

declare global {
  var spendtraceCommitQueue: CommitQueue<CallLines, StoreOutcome> | undefined;
}

/** The queue of this process; one for all routes, which Next bundles apart. */
function queue(): CommitQueue<CallLines, StoreOutcome> {
  if (!globalThis.spendtraceCommitQueue) void learnPatience().catch(() => undefined);
  globalThis.spendtraceCommitQueue ??= new CommitQueue({
    commit,
    writers: WRITERS,
    maxItemsPerCommit: MAX_CALLS_PER_COMMIT,
    maxItems: MAX_CALLS_WAITING,
    suspectAfterMs: SUSPECT_AFTER_MS,
    isAlive,
  });
  return globalThis.spendtraceCommitQueue;
}

/**
 * Stores calls together with those of other requests; resolves in order once all that is accepted is committed.
 * @throws QueueFull with nothing stored, or StoreUnavailable; after either the same calls may be sent again.
 */
export function commitCalls(calls: readonly CallLines[]): Promise<StoreOutcome[]> {
  return queue().add(calls);
}
