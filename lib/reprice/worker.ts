import "server-only";
import { randomUUID } from "node:crypto";
import { isDraining } from "@/lib/draining";
import { log } from "@/lib/log";
import { claimRun, failRun, releaseRun } from "@/lib/reprice/claim";
import { workOnRun } from "@/lib/reprice/work-on-run";
import { RunLost } from "@/lib/reprice/write-step";

/** How often each instance looks for a run whose worker died; a new one is told of at once. */
const LOOK_EVERY_MS = 5_000;

declare global {
  var spendtraceRepriceWorker: { id: string; isBusy: boolean; timer: NodeJS.Timeout | null } | undefined;
}

// Next bundles actions and the start of the server apart: they share one worker.
globalThis.spendtraceRepriceWorker ??= { id: randomUUID(), isBusy: false, timer: null };
const worker = globalThis.spendtraceRepriceWorker;

/** Looks for re-price runs from now on, those included that an ended process left behind. For the start of a server. */
export function startRepriceWorker(): void {
  worker.timer ??= setInterval(wakeRepriceWorker, LOOK_EVERY_MS).unref();
  wakeRepriceWorker();
}

/** Looks for a run now, in the background. Whatever happens there is logged and shown with the run. */
export function wakeRepriceWorker(): void {
  if (worker.isBusy || isDraining()) return;
  worker.isBusy = true;
  void work().finally(() => {
    worker.isBusy = false;
  });
}

async function work(): Promise<void> {
  try {
    while (!isDraining()) {
      const run = await claimRun(worker.id);
      if (!run) return;
      try {
        const isAtEnd = await workOnRun(run, { shouldStop: isDraining });
        if (!isAtEnd) await releaseRun(run);
      } catch (error) {
        if (error instanceof RunLost) continue;
        log.error({ err: error, run: run.number, project: run.projectId }, "re-pricing failed");
        await failRun(run, error instanceof Error ? error.message : String(error));
      }
    }
  } catch (error) {
    // The database is away: the next look will find it, or not.
    log.debug({ err: error }, "no look for re-price runs");
  }
}
