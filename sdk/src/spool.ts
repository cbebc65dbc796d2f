import { appendFileSync, constants } from "node:fs";
import { appendFile, open, readFile, truncate } from "node:fs/promises";
import type { Spool, SpoolOptions } from "./platform.js";
import { onExit } from "./process-end.js";
import { batchSize, byteLength, MAX_QUEUED_BYTES, MAX_QUEUED_CALLS } from "./queue.js";
import { HEARTBEAT_MS, ownFiles, removeFile } from "./spool-files.js";
import { setTimer, type Timer } from "./timer.js";

const WRITE_CALLS = 100;
const WRITE_MS = 1_000;
const SEGMENT_BYTES = 256_000;
/** To a file that is there, and to no other: one that was handed over is not made anew. */
const APPEND_ONLY = constants.O_WRONLY | constants.O_APPEND;
/** Longer than any batch and any call. */
const READ_BYTES = 2_100_000;

/** One file of calls, a line each: what was written (`bytes`), what of it was taken (`offset`), and the calls between. */
type Segment = { file: string; bytes: number; offset: number; calls: number };

/**
 * A store on disk: calls are buffered for at most 1 s or 100 calls, then appended to a file, sent from there, and the file
 * is removed once all of it was taken. Files of processes that died are taken over. While the disk cannot be written to,
 * calls are sent from the buffer. Throws when the folder cannot be made.
 */
export function openSpool({ directory, maxBytes, owner, warn, adopted }: SpoolOptions): Spool {
  const files = ownFiles(directory, owner);
  const buffer: string[] = [];
  const lengths: number[] = [];
  const segments: Segment[] = [];
  let current: Segment | undefined;
  let bufferedBytes = 0;
  let writtenBytes = 0;
  let writtenCalls = 0;
  /** The last peek: the ends of its lines in a segment, or, without one, calls of the buffer, which is then left as it is. */
  let lent: { segment?: Segment; ends: number[] } = { ends: [] };
  let isLastWriteFailed = false;
  let timer: Timer | undefined;
  let work: Promise<unknown> = Promise.resolve();

  /** Everything that touches the files, one after the other. */
  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = work.then(task);
    work = result.catch((error: NodeJS.ErrnoException) =>
      warn("spool-disk", `The spool cannot be used now (${error.code ?? "unknown error"}).`),
    );
    return result;
  }

  const isBufferLent = () => lent.segment === undefined && lent.ends.length > 0;

  async function write(): Promise<void> {
    const count = buffer.length;
    if (count === 0 || isBufferLent()) return;
    const data = Buffer.from(`${buffer.join("\n")}\n`);
    const last = current;
    // A write that fails leaves nothing behind, if the disk lets us: whatever comes next starts a new file all the same.
    current = undefined;
    isLastWriteFailed = true;
    const segment = (last && (await append(last, data))) ?? (await begin(data));
    isLastWriteFailed = false;
    if (segment.bytes === 0) segments.push(segment);
    segment.bytes += data.length;
    segment.calls += count;
    writtenBytes += data.length;
    writtenCalls += count;
    takeFromBuffer(count);
    if (segment.bytes < SEGMENT_BYTES) current = segment;
  }

  async function begin(data: Buffer): Promise<Segment> {
    const segment = { file: files.next(), bytes: 0, offset: 0, calls: 0 };
    try {
      await appendFile(segment.file, data, { mode: 0o600 });
    } catch (error) {
      await removeFile(segment.file);
      throw error;
    }
    return segment;
  }

  function takeFromBuffer(count: number): void {
    buffer.splice(0, count);
    for (const length of lengths.splice(0, count)) bufferedBytes -= length;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return enqueue(write).catch(() => undefined);
  }

  async function read(maxCalls: number, maxCallBytes: number): Promise<string[]> {
    for (const segment of [...segments]) {
      const lines = await readLines(segment);
      if (lines.length > 0) {
        const count = batchSize(
          lines.map(({ text }) => byteLength(text)),
          maxCalls,
          maxCallBytes,
        );
        const taken = lines.slice(0, count);
        lent = { segment, ends: taken.map(({ end }) => end) };
        return taken.map(({ text }) => text);
      }
      // Another process took it, or it holds nothing that can be read.
      await discard(segment);
    }
    const count = batchSize(lengths, maxCalls, maxCallBytes);
    lent = { ends: lengths.slice(0, count) };
    return buffer.slice(0, count);
  }

  async function discard(segment: Segment): Promise<void> {
    if (!segments.includes(segment)) return;
    segments.splice(segments.indexOf(segment), 1);
    if (current === segment) current = undefined;
    writtenBytes -= segment.bytes;
    writtenCalls -= segment.calls;
    await removeFile(segment.file);
  }

  async function adopt(): Promise<void> {
    const found: Segment[] = [];
    for (const file of await files.adopt()) {
      const text = await readFile(file);
      const bytes = text.lastIndexOf("\n") + 1;
      const lines = splitLines(text.subarray(0, bytes), 0);
      const [first] = lines;
      if (first) found.push({ file, bytes, offset: first.start, calls: lines.length });
      else await removeFile(file);
    }
    segments.unshift(...found);
    for (const { bytes, calls } of found) {
      writtenBytes += bytes;
      writtenCalls += calls;
    }
    if (found.length > 0) adopted();
  }

  const beat = async () => {
    await enqueue(files.touch).catch(() => undefined);
    await enqueue(adopt).catch(() => undefined);
  };
  const ready = beat();
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  heartbeat.unref();
  const forgetExit = onExit(() => {
    if (buffer.length > 0) appendFileSync(files.next(), `${buffer.join("\n")}\n`, { mode: 0o600 });
    files.release();
  });

  return {
    ready,
    size: () => writtenCalls + buffer.length,
    add(json) {
      const length = byteLength(json) + 1;
      if (writtenBytes + bufferedBytes + length > maxBytes) return "spool_full";
      if (buffer.length >= MAX_QUEUED_CALLS || bufferedBytes + length > MAX_QUEUED_BYTES) return "queue_full";
      buffer.push(json);
      lengths.push(length);
      bufferedBytes += length;
      if (buffer.length === WRITE_CALLS && !isLastWriteFailed) void flush();
      else timer ??= setTimer(flush, WRITE_MS);
      return undefined;
    },
    async peek(maxCalls, maxCallBytes) {
      lent = { ends: [] };
      await flush();
      return enqueue(() => read(maxCalls, maxCallBytes));
    },
    remove(count) {
      const { segment, ends } = lent;
      lent = { ends: [] };
      if (!segment) return takeFromBuffer(count);
      const taken = segment.offset;
      segment.offset = ends[count - 1] ?? taken;
      const end = segment.offset;
      segment.calls -= count;
      writtenCalls -= count;
      void enqueue(() => (segment.calls === 0 ? discard(segment) : blank(segment.file, taken, end)));
    },
    async close() {
      clearInterval(heartbeat);
      lent = { ends: [] };
      await flush();
      files.release();
      forgetExit();
    },
  };
}

/** Undefined when another process took the file, as it may from one that did not show itself for a while. */
async function append(segment: Segment, data: Buffer): Promise<Segment | undefined> {
  try {
    await appendFile(segment.file, data, { flag: APPEND_ONLY });
    return segment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    await truncate(segment.file, segment.bytes).catch(() => undefined);
    throw error;
  }
}

/** Makes one empty line of what was taken, so that whoever takes the file over does not send it again and report its drops twice. */
async function blank(file: string, start: number, end: number): Promise<void> {
  const spaces = Buffer.from(`${" ".repeat(end - start - 1)}\n`);
  const handle = await open(file, "r+").catch(() => undefined);
  await handle?.write(spaces, 0, spaces.length, start).catch(() => undefined);
  await handle?.close();
}

type Line = { text: string; start: number; end: number };

/** The next whole lines of a segment; an adopted one may hold half a line at its end, or what a power cut made of it. */
async function readLines({ file, offset, bytes }: Segment): Promise<Line[]> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (!handle) return [];
  try {
    const data = Buffer.alloc(Math.min(READ_BYTES, bytes - offset));
    const { bytesRead } = await handle.read(data, 0, data.length, offset);
    return splitLines(data.subarray(0, bytesRead), offset);
  } finally {
    await handle.close();
  }
}

function splitLines(data: Buffer, offset: number): Line[] {
  const lines: Line[] = [];
  for (let start = 0, end = data.indexOf("\n"); end >= 0; start = end + 1, end = data.indexOf("\n", start)) {
    const text = data.toString("utf8", start, end);
    if (text.startsWith("{") && text.endsWith("}")) lines.push({ text, start: offset + start, end: offset + end + 1 });
  }
  return lines;
}
