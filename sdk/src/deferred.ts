import { type Breathe, nextTurn, takeTurns } from "./turns.js";

type Task = (breathe: Breathe) => void | Promise<void>;

/** Tasks under way, one after the other, and when one was last begun. */
type Run = { done: Promise<void>; aliveAt: number };

export type Deferred = {
  /** @returns false, without taking the task, when too many wait or what they hold is too large. */
  defer(task: Task, size: number): boolean;
  isEmpty(): boolean;
  /** Resolves when all is done. */
  drain(): Promise<void>;
};

const SLICE_MS = 1;
const MAX_WAITING = 10_000;
const MAX_WAITING_SIZE = 16_000_000;
/** Much longer than any task may take: a runtime ended it with the request of the host that it was begun in. */
const DEAD_AFTER_MS = 30_000;

/** Runs tasks in order, after the host has gone on and for 1 ms at a time. What a task throws is swallowed. */
export function createDeferred(): Deferred {
  const waiting = new Set<{ task: Task; size: number }>();
  let waitingSize = 0;
  let run: Run | undefined;

  function wake(): void {
    if (run && performance.now() < run.aliveAt + DEAD_AFTER_MS) return;
    const mine: Run = { done: Promise.resolve(), aliveAt: performance.now() };
    run = mine;
    mine.done = work(mine);
  }

  async function work(mine: Run): Promise<void> {
    await nextTurn();
    const breathe = takeTurns(SLICE_MS);
    for (const next of waiting) {
      if (run !== mine) return;
      waiting.delete(next);
      waitingSize -= next.size;
      mine.aliveAt = performance.now();
      await (async () => next.task(breathe))().catch(() => undefined);
      await breathe();
    }
    if (run === mine) run = undefined;
  }

  return {
    defer(task, size) {
      if (waiting.size >= MAX_WAITING || waitingSize + size > MAX_WAITING_SIZE) return false;
      waiting.add({ task, size });
      waitingSize += size;
      wake();
      return true;
    },
    isEmpty: () => waiting.size === 0 && run === undefined,
    async drain() {
      while (waiting.size > 0 || run) {
        wake();
        await run?.done;
      }
    },
  };
}
