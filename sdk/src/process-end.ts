import process from "node:process";
import type { ProcessEnd } from "./platform.js";

/** One listener per event for all clients of the process, however many there are. */
function listenOnce<T>(event: string, handle: (listeners: Set<T>) => void): (listener: T) => () => void {
  const listeners = new Set<T>();
  const onEvent = () => handle(listeners);
  return (listener) => {
    if (listeners.size === 0) process.on(event, onEvent);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) process.removeListener(event, onEvent);
    };
  };
}

/** When the process ends, however it does but for a kill: only what is synchronous still happens. */
export const onExit = listenOnce<() => void>("exit", (listeners) => {
  for (const listener of [...listeners]) {
    try {
      listener();
    } catch {
      // There is nobody left to tell.
    }
  }
});

export const processEnd: ProcessEnd = {
  onIdle: listenOnce("beforeExit", (listeners) => {
    for (const listener of [...listeners]) listener();
  }),
  // Each listener stops listening when it is through; were nobody else there, the signal would have ended the process.
  onSigterm: listenOnce("SIGTERM", async (listeners) => {
    await Promise.all([...listeners].map((listener) => listener()));
    if (process.listenerCount("SIGTERM") === 0) process.kill(process.pid, "SIGTERM");
  }),
};
