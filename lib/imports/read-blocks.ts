import { concat } from "@/lib/imports/source";

/** Longer than any record; a file without line ends must not fill the memory. */
export const MAX_LINE_BYTES = 10_000_000;

/** Whole lines, or one line that was too long to be kept; `end` is the offset after it. */
export type Block = Readonly<{ bytes: Uint8Array; end: number; isTooLong: boolean }>;

const NONE = new Uint8Array(0);

/**
 * Cuts bytes that arrive in chunks at line ends, so that no character is cut in two. Holds one chunk and one line at most. The last line
 * need not be ended.
 * @param from the offset of the first byte
 * @param lineEnd the byte that ends a line: LF, or CR where a file has no LF
 */
export async function* readBlocks(
  chunks: AsyncIterable<Uint8Array>,
  from: number,
  lineEnd = 0x0a,
): AsyncGenerator<Block> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isTooLong = false;
  let offset = from;
  for await (let chunk of chunks) {
    if (isTooLong || heldBytes > MAX_LINE_BYTES) {
      [held, heldBytes, isTooLong] = [[], 0, true];
      const end = chunk.indexOf(lineEnd) + 1;
      offset += end === 0 ? chunk.byteLength : end;
      if (end === 0) continue;
      isTooLong = false;
      yield { bytes: NONE, end: offset, isTooLong: true };
      chunk = chunk.subarray(end);
    }
    const cut = chunk.lastIndexOf(lineEnd) + 1;
    offset += chunk.byteLength;
    if (cut > 0) {
      const bytes = concat([...held, chunk.subarray(0, cut)]);
      [held, heldBytes] = [[], 0];
      yield { bytes, end: offset - (chunk.byteLength - cut), isTooLong: false };
    }
    // A copy: what is held must not keep the whole chunk alive, nor change when its buffer is used again.
    const rest = chunk.slice(cut);
    if (rest.byteLength > 0) held.push(rest);
    heldBytes += rest.byteLength;
  }
  if (isTooLong || heldBytes > MAX_LINE_BYTES) yield { bytes: NONE, end: offset, isTooLong: true };
  else if (heldBytes > 0) yield { bytes: concat(held), end: offset, isTooLong: false };
}
