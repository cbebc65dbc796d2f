import { UnreadableFile } from "@/lib/imports/schema";

/** A file, wherever it lies. */
export type ImportSource = Readonly<{
  name: string;
  /** Bytes as it is stored. */
  size: number;
  /** The stored bytes from an offset on. */
  open: (from: number) => AsyncIterable<Uint8Array>;
}>;

const HEAD_BYTES = 262_144;

/** The first bytes as they are stored tell gzip from everything else. */
async function isGzip(source: ImportSource): Promise<boolean> {
  for await (const chunk of source.open(0)) return chunk[0] === 0x1f && chunk[1] === 0x8b;
  return false;
}

/**
 * The bytes of a file from an offset on, unpacked where it is gzip (its offsets count unpacked bytes).
 * @param onRead told how many stored bytes were read so far, for the progress.
 * @throws UnreadableFile where the gzip data is damaged or cut short, after all that could be unpacked.
 */
export async function* openUnpacked(
  source: ImportSource,
  from: number,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const packed = await isGzip(source);
  let read = packed ? 0 : from;
  const counted = (async function* () {
    for await (const chunk of source.open(packed ? 0 : from)) {
      read += chunk.byteLength;
      onRead(read);
      yield chunk;
    }
  })();
  if (!packed) return yield* counted;
  let toSkip = from;
  for await (const chunk of gunzip(source.name, counted)) {
    if (toSkip >= chunk.byteLength) toSkip -= chunk.byteLength;
    else {
      yield toSkip > 0 ? chunk.subarray(toSkip) : chunk;
      toSkip = 0;
    }
  }
}

async function* gunzip(name: string, packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { value, done } = await packed.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    cancel: async () => void (await packed.return(undefined)),
  });
  const reader = stream.pipeThrough(new DecompressionStream("gzip")).getReader();
  let total = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      total += value.byteLength;
      yield value;
    }
  } catch {
    throw new UnreadableFile(`${name}: its gzip data is damaged or cut short after ${total} unpacked bytes`);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The beginning of a file, unpacked: enough to recognise it by. Damage further on is met when it is read. */
export async function readHead(source: ImportSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of openUnpacked(source, 0)) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length >= HEAD_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile) || length === 0) throw error;
  }
  return concat(chunks).subarray(0, HEAD_BYTES);
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const all = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
