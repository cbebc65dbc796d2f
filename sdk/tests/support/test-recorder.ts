import { createHash } from "node:crypto";
import type { Call, Context, RateLimits, Recorder } from "../../src/call.js";

export type TestRecorder = Recorder & {
  calls: Partial<Call>[];
  limits: [string, RateLimits][];
  /** Runs what was deferred. */
  settle(): Promise<void>;
};

/** A recorder that keeps what it is given; its clock is `now`. */
export function createRecorder(now: () => number = Date.now, context: Context = {}): TestRecorder {
  const calls: Partial<Call>[] = [];
  const limits: [string, RateLimits][] = [];
  const deferred: Parameters<Recorder["defer"]>[0][] = [];
  return {
    calls,
    limits,
    record: (call) => {
      const told = Object.entries(call).filter(([, value]) => value !== undefined);
      calls.push(Object.fromEntries(told));
    },
    context: () => context,
    rateLimits: (model, told) => void limits.push([model, told]),
    now,
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    defer: (task) => deferred.push(task) > 0,
    isBehind: () => false,
    settle: async () => {
      for (const task of deferred.splice(0)) await task(async () => {});
    },
  };
}
