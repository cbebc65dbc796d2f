import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Position, ReadGroup, RefusedLine } from "@/lib/imports/schema";
import { UnreadableFile } from "@/lib/imports/schema";
import { type SendOptions, sendCalls } from "@/lib/imports/send-calls";

const NOTHING = { accepted: 0, duplicates: 0, unpriced: 0, rejected: [], conflicts: [] };

function group(from: number, count: number, more: Partial<ReadGroup> = {}): ReadGroup {
  const calls = Array.from({ length: count }, (_, n) => ({ file: "f", line: from + n, call: { n: from + n } }));
  return { calls, refused: [], skipped: {}, next: { offset: (from + count) * 10, line: from + count }, ...more };
}

async function* each(groups: readonly ReadGroup[], error?: unknown): AsyncGenerator<ReadGroup> {
  yield* groups;
  if (error !== undefined) throw error;
}

const numbersOf = async (body: Blob): Promise<number[]> => {
  const calls = JSON.parse(gunzipSync(Buffer.from(await body.arrayBuffer())).toString());
  return calls.map(({ n }: { n: number }) => n);
};

/** A server that takes what it gets, unless `answer` says otherwise. */
function send(
  groups: AsyncIterable<ReadGroup>,
  answer: (numbers: number[]) => Response | null = () => null,
  more: Partial<SendOptions> = {},
) {
  const taken: number[] = [];
  const positions: (Position | null)[] = [];
  const refused: RefusedLine[] = [];
  const abort = new AbortController();
  const options: SendOptions = {
    post: async (body) => {
      const numbers = await numbersOf(body);
      const given = answer(numbers);
      if (given) return given;
      taken.push(...numbers);
      return Response.json({ ...NOTHING, accepted: numbers.length });
    },
    signal: abort.signal,
    onProgress: (_, position) => positions.push(position),
    onRefused: (lines) => refused.push(...lines),
    ...more,
  };
  return { done: sendCalls(groups, options), taken, positions, refused, abort };
}

describe("sending", () => {
  test("packs small groups together and tells the last place before which all is settled", async () => {
    const groups = Array.from({ length: 30 }, (_, n) => group(n * 100, 100));
    const sent = send(each(groups));
    expect(await sent.done).toMatchObject({ read: 3000, accepted: 3000 });
    expect(sent.taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, n) => n));
    expect(sent.positions.at(-1)).toEqual({ offset: 30_000, line: 3000 });
  });

  test("never tells a place beyond a batch that is not settled", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const settled = new Set<number>();
    const seen: number[] = [];
    const run = sendCalls(each(Array.from({ length: 6 }, (_, n) => group(n * 1000, 1000))), {
      post: async (body) => {
        const numbers = await numbersOf(body);
        if (numbers.includes(1000)) await held;
        for (const n of numbers) settled.add(n);
        return Response.json({ ...NOTHING, accepted: numbers.length });
      },
      signal: new AbortController().signal,
      onProgress: (_, position) => {
        const line = position?.line ?? 0;
        seen.push(line);
        for (let n = 0; n < line; n++) if (!settled.has(n)) throw new Error(`${line} was told before ${n} was settled`);
      },
      onRefused: () => undefined,
    });
    setTimeout(release, 50);
    expect(await run).toMatchObject({ accepted: 6000 });
    expect(seen).toContain(1000);
    expect(seen.at(-1)).toBe(6000);
  });

  test("sends a batch that is too large in halves", async () => {
    const sent = send(each([group(0, 900)]), (numbers) =>
      numbers.length > 300 ? new Response("{}", { status: 413 }) : null,
    );
    expect(await sent.done).toMatchObject({ accepted: 900 });
    expect(sent.taken).toHaveLength(900);
  });

  test("names each refused call by its line, and counts reasons without end as others", async () => {
    const answer = (numbers: number[]) =>
      Response.json({
        ...NOTHING,
        accepted: 1,
        rejected: numbers.slice(1).map((n, at) => ({
          index: at + 1,
          request_id: `r${n}`,
          errors: [{ path: "model", message: `must not be ${n}` }],
        })),
        conflicts: [{ index: 0, request_id: "r0", message: "stays" }],
      });
    const sent = send(each([group(7, 100, { skipped: { "no call": 3 } })]), answer);
    const sums = await sent.done;
    expect(sums).toMatchObject({ read: 103, accepted: 1, conflicts: 1, refused: 99, skipped: { "no call": 3 } });
    expect([Object.keys(sums.reasons).length, sums.reasons["other reasons"]]).toEqual([51, 49]);
    expect(sent.refused[0]).toEqual({
      file: "f",
      line: 8,
      request_id: "r8",
      errors: [{ path: "model", message: "must not be 8" }],
    });
    expect(sent.refused.at(-1)).toEqual({
      file: "f",
      line: 7,
      request_id: "r0",
      errors: [{ path: "", message: "stays" }],
    });
  });

  test("stops where the server refuses, in its words", async () => {
    const answer = () => Response.json({ detail: "This key is revoked." }, { status: 401 });
    await expect(send(each([group(0, 2000)]), answer).done).rejects.toThrow(
      "the server answered 401. This key is revoked.",
    );
  });

  test("sends what could be read of a file that breaks off", async () => {
    const sent = send(each([group(0, 30)], new UnreadableFile("cut")));
    await expect(sent.done).rejects.toThrow("cut");
    expect(sent.taken).toHaveLength(30);
  });

  test("ends when it is stopped, also while it waits for a busy server or for a person", async () => {
    const busy = () => new Response("{}", { status: 429, headers: { "retry-after": "20" } });
    const waiting = send(each([group(0, 10)]), busy);
    setTimeout(() => waiting.abort.abort(), 50);
    await expect(waiting.done).rejects.toThrow("stopped");
    let go = () => {};
    const paused = send(each([group(0, 1500)]), undefined, {
      beforeBatch: () =>
        new Promise((resolve) => {
          go = resolve;
        }),
    });
    setTimeout(() => {
      paused.abort.abort();
      go();
    }, 50);
    await expect(paused.done).rejects.toThrow("stopped");
    expect(paused.taken).toEqual([]);
  });
});
