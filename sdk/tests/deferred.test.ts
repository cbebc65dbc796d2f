import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createDeferred } from "../src/deferred.js";
import { readRequestBody } from "../src/request-body.js";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Holds up the event loop. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Counts the turns that the host has had. */
function hostTurns(): { count: number; stop(): void } {
  const turns = { count: 0, stop: () => clearImmediate(next) };
  let next = setImmediate(function turn() {
    turns.count++;
    next = setImmediate(turn);
  });
  return turns;
}

test("after each task that takes long the host goes on, also where flush waits for them", async () => {
  const deferred = createDeferred();
  const turns = hostTurns();
  const startedAt: number[] = [];
  for (let task = 0; task < 5; task++) {
    deferred.defer(async () => {
      await undefined;
      startedAt.push(turns.count);
      work(2);
    }, 0);
  }
  expect(startedAt).toEqual([]);
  await deferred.drain();
  turns.stop();
  const [first = 0] = startedAt;
  expect(startedAt).toEqual([0, 1, 2, 3, 4].map((turn) => first + turn));
  expect(deferred.isEmpty()).toBe(true);
});

test("tasks run in order, and one that fails is no matter", async () => {
  const deferred = createDeferred();
  const done: number[] = [];
  deferred.defer(() => void done.push(1), 0);
  deferred.defer(() => {
    throw new Error("no");
  }, 0);
  deferred.defer(async () => Promise.reject(new Error("no")), 0);
  deferred.defer(() => void done.push(2), 0);
  await deferred.drain();
  expect(done).toEqual([1, 2]);
  expect(deferred.isEmpty()).toBe(true);
});

test("what waits is bounded by size and number, until it is done", async () => {
  const deferred = createDeferred();
  let done = 0;
  const count = () => void done++;
  expect([8_000_000, 8_000_001, 8_000_000, 1].map((size) => deferred.defer(count, size))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  await deferred.drain();
  expect(done).toBe(2);
  expect(Array.from({ length: 10_001 }, () => deferred.defer(count, 0)).indexOf(false)).toBe(10_000);
  await deferred.drain();
  expect(done).toBe(10_002);
});

test("the host may go on before a body is parsed, after each message of it and before each hash", async () => {
  const message = { role: "system", content: "Hi" };
  let breaths = 0;
  const breathe = async () => void breaths++;
  await readRequestBody(JSON.stringify({ model: "m", messages: Array(7).fill(message), system: "s" }), sha256, breathe);
  // Of the prompt and of its start: two members, seven messages, the hash.
  expect(breaths).toBe(1 + 2 * (2 + 7 + 1));
});
