import type { Lane } from "./lane.js";
import type { Answer } from "./post.js";
import { byteLength, type DropReason, type Store } from "./queue.js";
import type { Warn } from "./warn.js";

export const BATCH_CALLS = 100;
/** What reverse proxies commonly let through. */
export const BATCH_BYTES = 1_000_000;
export const BATCH_WAIT_MS = 1_000;
/** How long calls on disk wait when it is the setup that is refused: the key or the address may be put right. */
const SETUP_WAIT_MS = 60_000;

export type CallsLane = Lane & {
  add(json: string): void;
  /** Calls turned up in the store that nobody added here. */
  found(): void;
  sent(): number;
};

/** Sends calls in batches of 100, or what there is after 1 s, and counts what the server does not take. */
export function createCallsLane(options: {
  store: Store;
  drop(reason: DropReason, count: number): void;
  warn: Warn;
  /** Whether calls outlive the process, so that a wrong key or address need not lose them. */
  onDisk: boolean;
}): CallsLane {
  const { store, drop, warn, onDisk } = options;
  let batch: string[] = [];
  let maxCalls = BATCH_CALLS;
  let dueAt = Number.POSITIVE_INFINITY;
  let sent = 0;

  /** Takes the batch out of the store; `dropped` of it were not stored by the server. */
  function finish(dropped: Partial<Record<DropReason, number>>): void {
    store.remove(batch.length);
    sent += batch.length;
    for (const [reason, count] of Object.entries(dropped) as [DropReason, number][]) {
      sent -= count;
      if (count > 0) drop(reason, count);
    }
    const left = store.size();
    dueAt = left === 0 ? Number.POSITIVE_INFINITY : Date.now() + (left >= BATCH_CALLS ? 0 : BATCH_WAIT_MS);
  }

  function taken({ rejected, conflicts }: Result): undefined {
    maxCalls = Math.min(BATCH_CALLS, maxCalls * 2);
    if (rejected.length > 0)
      warn("refused", `The server refused calls: ${rejected.slice(0, 3).map(reasonOf).join("; ")}`);
    finish({ refused: rejected.length, conflict: conflicts.length });
  }

  function tooLarge(): undefined {
    if (batch.length > 1) maxCalls = Math.ceil(batch.length / 2);
    else finish({ too_large: 1 });
  }

  /** The key or the address is wrong, not the calls: on disk they can wait for it to be put right. */
  function setupRefused(reason: DropReason, message: string): number | undefined {
    warn(reason, `${message} ${onDisk ? "Calls stay on disk." : "Calls are dropped until that is put right."}`);
    if (onDisk) return SETUP_WAIT_MS;
    finish({ [reason]: batch.length });
    return undefined;
  }

  return {
    path: "/api/v1/calls",
    isEmpty: () => store.size() === 0,
    dueAt: () => dueAt,
    sent: () => sent,
    found() {
      dueAt = Date.now();
    },
    add(json) {
      if (byteLength(json) > BATCH_BYTES) return drop("too_large", 1);
      const reason = store.add(json);
      if (reason !== undefined) return drop(reason, 1);
      dueAt = Math.min(dueAt, Date.now() + (store.size() >= BATCH_CALLS ? 0 : BATCH_WAIT_MS));
    },
    async body() {
      batch = await store.peek(maxCalls, BATCH_BYTES);
      if (batch.length > 0) return `{"calls":[${batch.join(",")}]}`;
      dueAt = Number.POSITIVE_INFINITY;
      return undefined;
    },
    settle({ status, body }: Answer) {
      const result = status === 200 || status === 422 ? readResult(body, batch.length) : undefined;
      if (result) return taken(result);
      if (status === 413) return tooLarge();
      if (status === 401 || status === 403)
        return setupRefused("unauthorized", `The key is not accepted (status ${status}).`);
      if (status === 200) {
        warn("foreign", "Somebody else answers at the endpoint; calls are kept and sent again later.");
        return SETUP_WAIT_MS;
      }
      if (status < 400 || status === 404)
        return setupRefused("rejected", `There is no Spendtrace at the endpoint (status ${status}).`);
      warn("rejected", `The server refused a batch (status ${status}); its calls are dropped.`);
      finish({ rejected: batch.length });
      return undefined;
    },
  };
}

type Result = { rejected: unknown[]; conflicts: unknown[] };

/** The answer to a batch of `count` calls; undefined when it is somebody else's page. */
function readResult(body: unknown, count: number): Result | undefined {
  const { accepted, rejected, conflicts } = (body ?? {}) as Record<string, unknown>;
  if (typeof accepted !== "number" || !Array.isArray(rejected) || rejected.length > count) return undefined;
  return { rejected, conflicts: Array.isArray(conflicts) ? conflicts.slice(0, count - rejected.length) : [] };
}

/** "usage.input_tokens must be …": the server's messages name the rule and never the value. */
function reasonOf(refusal: unknown): string {
  const [error] = (refusal as { errors?: { path?: unknown; message?: unknown }[] } | null)?.errors ?? [];
  return `${error?.path ?? ""} ${error?.message ?? ""}`.trim().slice(0, 200);
}
