export type Timer = ReturnType<typeof setTimeout>;

const MAX_LIMIT_MS = 600_000;

/** What a host gave as a time in ms: at most ten minutes, and none where it is no number. */
export function timeLimit(ms: unknown): number {
  return typeof ms === "number" ? Math.min(MAX_LIMIT_MS, Math.max(0, ms) || 0) : 0;
}

/** Resolves with the work, or after `ms` without it. Holds the process meanwhile: the host asked to wait. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: Timer | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A timer that keeps no process alive. */
export function setTimer(callback: () => void, ms: number): Timer {
  const timer = setTimeout(callback, ms);
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
