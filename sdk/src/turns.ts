/** Awaited between pieces of work: lets the host go on when it has waited long enough. */
export type Breathe = () => Promise<void>;

/** Lets the host go on after each `ms` of work. */
export function takeTurns(ms: number): Breathe {
  let end = performance.now() + ms;
  return async () => {
    if (performance.now() < end) return;
    await nextTurn();
    end = performance.now() + ms;
  };
}

/** Resolves in the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
