import type { Lane } from "./lane.js";
import type { DropReason } from "./queue.js";
import type { Warn } from "./warn.js";

const BATCH_OUTCOMES = 100;
const MAX_OUTCOMES = 1_000;
const WAIT_MS = 1_000;
/** How long outcomes wait while somebody else answers at the endpoint. */
const FOREIGN_WAIT_MS = 60_000;

export type Outcome = { task_id: string; tenant_id: string; outcome: "success" | "failure"; occurred_at: string };
export type OutcomesLane = Lane & { add(outcome: Outcome): void };

/** Sends how tasks ended. Outcomes wait in memory, 1,000 at most; one that is dropped is counted under its own reason. */
export function createOutcomesLane(drop: (reason: DropReason, count: number) => void, warn: Warn): OutcomesLane {
  const outcomes: Outcome[] = [];
  let inFlight = 0;
  let dueAt = Number.POSITIVE_INFINITY;
  return {
    path: "/api/v1/outcomes",
    isEmpty: () => outcomes.length === 0,
    dueAt: () => dueAt,
    add(outcome) {
      if (outcomes.length >= MAX_OUTCOMES) return drop("outcome", 1);
      outcomes.push(outcome);
      dueAt = Math.min(dueAt, Date.now() + WAIT_MS);
    },
    async body() {
      const batch = outcomes.slice(0, BATCH_OUTCOMES);
      inFlight = batch.length;
      return JSON.stringify({ outcomes: batch });
    },
    settle({ status, body }) {
      const { rejected } = (body ?? {}) as { rejected?: unknown };
      const isTaken = (status === 200 || status === 422) && Array.isArray(rejected);
      if (status === 200 && !isTaken) {
        warn("foreign", "Somebody else answers at the endpoint; outcomes of tasks are kept and sent again later.");
        return FOREIGN_WAIT_MS;
      }
      const lost = isTaken ? Math.min(rejected.length, inFlight) : inFlight;
      if (lost > 0) {
        warn("outcome", `The server refused outcomes of tasks (status ${status}).`);
        drop("outcome", lost);
      }
      outcomes.splice(0, inFlight);
      dueAt = outcomes.length > 0 ? Date.now() : Number.POSITIVE_INFINITY;
      return undefined;
    },
  };
}
