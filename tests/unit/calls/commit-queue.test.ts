import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { CommitQueue, type CommitQueueOptions, QueueFull, StoreUnavailable } from "@/lib/calls/commit-queue";

/** A store that writes down each statement and finishes it only when told to. */
function makeQueue(overrides: Partial<CommitQueueOptions<string, string>> = {}) {
  const commits: { items: readonly string[]; finish: (error?: Error) => void }[] = [];
  const queue = new CommitQueue<string, string>({
    commit: (items) =>
      new Promise((resolve, reject) => {
        const finish = (error?: Error) => (error ? reject(error) : resolve(items.map((item) => `${item} stored`)));
        commits.push({ items, finish });
      }),
    writers: 1,
    maxItemsPerCommit: 4,
    maxItems: 10,
    suspectAfterMs: 20,
    isAlive: async () => true,
    ...overrides,
  });
  return { queue, commits };
}

describe("CommitQueue", () => {
  it("stores a single request at once, and what comes meanwhile together", async () => {
    const { queue, commits } = makeQueue();
    const first = queue.add(["a"]);
    await wait(1);
    const others = [queue.add(["b"]), queue.add(["c", "d"])];
    await wait(1);
    expect(commits.map(({ items }) => items)).toEqual([["a"]]);
    commits[0]?.finish();
    expect(await first).toEqual(["a stored"]);
    await wait(1);
    expect(commits[1]?.items).toEqual(["b", "c", "d"]);
    commits[1]?.finish();
    expect(await Promise.all(others)).toEqual([["b stored"], ["c stored", "d stored"]]);
    expect(queue.length).toBe(0);
  });

  it("cuts a large request into several statements and answers once all are committed", async () => {
    const { queue, commits } = makeQueue({ writers: 2 });
    const answer = queue.add(["1", "2", "3", "4", "5", "6"]);
    await wait(1);
    expect(commits.map(({ items }) => items.join(""))).toEqual(["1234", "56"]);
    commits[1]?.finish();
    commits[0]?.finish();
    expect(await answer).toEqual(["1", "2", "3", "4", "5", "6"].map((item) => `${item} stored`));
  });

  it("refuses what would wait beyond the bound, at once and without storing any of it", async () => {
    const { queue, commits } = makeQueue();
    const taken = queue.add(["1", "2", "3", "4", "5", "6", "7", "8"]);
    await expect(queue.add(["x", "y", "z"])).rejects.toThrow(QueueFull);
    const small = queue.add(["9"]);
    for (let i = 0; i < 3; i++) {
      await wait(1);
      commits[i]?.finish();
    }
    await Promise.all([taken, small]);
    expect(commits.flatMap(({ items }) => items).join("")).toBe("123456789");
    expect(await Promise.race([queue.add(Array(11).fill("alone")), wait(2, "taken")])).toBe("taken");
  });

  it("tells all who wait when the store is away, and only the ones concerned of another failure", async () => {
    const { queue, commits } = makeQueue();
    const [first, second] = [queue.add(["a", "b", "c", "d"]), queue.add(["e"])];
    await wait(1);
    commits[0]?.finish(new RangeError("bad statement"));
    await expect(first).rejects.toThrow(RangeError);
    await wait(1);
    const third = queue.add(["f"]);
    commits[1]?.finish(new StoreUnavailable());
    await expect(second).rejects.toThrow(StoreUnavailable);
    await expect(third).rejects.toThrow(StoreUnavailable);
    expect(queue.length).toBe(0);
  });

  it("does not wait for a statement that hangs once the store is found dead", async () => {
    let alive = true;
    const { queue } = makeQueue({ isAlive: async () => alive });
    const hanging = queue.add(["a"]);
    const behind = queue.add(["b"]);
    expect(await Promise.race([hanging, wait(60, "still waiting")])).toBe("still waiting");
    alive = false;
    await expect(hanging).rejects.toThrow(StoreUnavailable);
    await expect(behind).rejects.toThrow(StoreUnavailable);
  });
});
