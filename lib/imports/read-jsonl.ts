import { type Block, MAX_LINE_BYTES, readBlocks } from "@/lib/imports/read-blocks";
import type { Outcome, Position, ReadCall, ReadGroup, RefusedLine } from "@/lib/imports/schema";

export const TOO_LONG = { path: "", message: `the line is longer than ${MAX_LINE_BYTES} bytes` };
export const NOT_UTF8 = { path: "", message: "the line is not valid UTF-8" };

/** Gathers what the records of a group become. */
export class GroupBuilder {
  readonly calls: ReadCall[] = [];
  readonly refused: RefusedLine[] = [];
  readonly skipped: Record<string, number> = {};

  constructor(readonly file: string) {}

  /** @param outcome null where it is not known yet */
  add(line: number, outcome: Outcome | null): void {
    if (outcome === null) return;
    if ("call" in outcome) this.calls.push({ file: this.file, line, call: outcome.call });
    else if ("skipped" in outcome) this.skipped[outcome.skipped] = (this.skipped[outcome.skipped] ?? 0) + 1;
    else {
      const { errors, request_id = null } = outcome;
      this.refused.push({ file: this.file, line, request_id, errors });
    }
  }

  finish(next: Position | null): ReadGroup {
    return { calls: this.calls, refused: this.refused, skipped: this.skipped, next };
  }
}

/** One text a line, with CR and blank lines left out; a group for each block that arrives. Broken lines are refused one by one. */
export async function* readJsonl(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  from: Position,
  toOutcome: (text: string, line: number) => Outcome | null,
): AsyncGenerator<ReadGroup> {
  let { line } = from;
  for await (const block of readBlocks(chunks, from.offset)) {
    const group = new GroupBuilder(file);
    for (const text of linesOf(block)) {
      line += 1;
      if (text === null) group.add(line, { errors: [block.isTooLong ? TOO_LONG : NOT_UTF8] });
      else if (text.trim() !== "") group.add(line, toOutcome(text, line));
    }
    yield group.finish({ offset: block.end, line });
  }
}

/** The lines of a block without their ends; null for one that cannot be read. */
function* linesOf({ bytes, isTooLong }: Block): Generator<string | null> {
  if (isTooLong) return yield null;
  const text = decode(bytes);
  if (text !== null) {
    const lines = text.split("\n");
    // What follows the last line end is no line.
    if (text.endsWith("\n")) lines.pop();
    return yield* lines;
  }
  for (let start = 0; start < bytes.byteLength; ) {
    const end = bytes.indexOf(0x0a, start);
    yield decode(bytes.subarray(start, end === -1 ? bytes.byteLength : end));
    start = end === -1 ? bytes.byteLength : end + 1;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
