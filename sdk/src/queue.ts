/** Why a call did not reach the server; client reports count by these. */
export type DropReason =
  | "queue_full"
  | "spool_full"
  | "invalid"
  | "too_large"
  | "unauthorized"
  | "refused"
  | "rejected"
  | "conflict"
  | "closed"
  | "outcome";

export const MAX_QUEUED_CALLS = 10_000;
export const MAX_QUEUED_BYTES = 16_000_000;

/** Calls that wait to be sent, oldest first, each as its JSON. */
export type Store = {
  /** Keeps a call, or says why it cannot. */
  add(json: string): DropReason | undefined;
  /** The oldest calls, at least one if there is any; they stay until removed. */
  peek(maxCalls: number, maxBytes: number): Promise<string[]>;
  /** Removes the first `count` of the last peek. */
  remove(count: number): void;
  size(): number;
};

const encoder = new TextEncoder();
const ASCII = /^[\0-\x7f]*$/;

export function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : encoder.encode(text).length;
}

/** How many of `lengths` (bytes), from the first on, make a batch; a first one that is too long stands alone. */
export function batchSize(lengths: readonly number[], maxCalls: number, maxBytes: number): number {
  let bytes = 0;
  let count = 0;
  for (const length of lengths) {
    bytes += length;
    if (count === maxCalls || (count > 0 && bytes > maxBytes)) break;
    count++;
  }
  return count;
}

/** A bounded store in memory: when it is full, the new call is the one that is dropped. */
export function createQueue(): Store {
  const calls: string[] = [];
  const lengths: number[] = [];
  let bytes = 0;
  return {
    add(json) {
      const length = byteLength(json);
      if (calls.length >= MAX_QUEUED_CALLS || bytes + length > MAX_QUEUED_BYTES) return "queue_full";
      calls.push(json);
      lengths.push(length);
      bytes += length;
      return undefined;
    },
    async peek(maxCalls, maxBytes) {
      return calls.slice(0, batchSize(lengths, maxCalls, maxBytes));
    },
    remove(count) {
      calls.splice(0, count);
      for (const length of lengths.splice(0, count)) bytes -= length;
    },
    size: () => calls.length,
  };
}
