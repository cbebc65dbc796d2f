import { readTranscripts } from "@/lib/imports/claude-code";
import { isOwnExport } from "@/lib/imports/columns";
import { joinLines } from "@/lib/imports/join-lines";
import { readCsv, readCsvHead } from "@/lib/imports/read-csv";
import { readJson } from "@/lib/imports/read-json";
import { readJsonl } from "@/lib/imports/read-jsonl";
import { batchResultReader, callLineReader, callReader, jsonLine } from "@/lib/imports/read-record";
import { rowReader } from "@/lib/imports/read-row";
import {
  type Detected,
  type Outcome,
  type Position,
  type ReadGroup,
  type ReadOptions,
  UnreadableFile,
} from "@/lib/imports/schema";
import { type ImportSource, openUnpacked, readHead } from "@/lib/imports/source";
import { spendLogReader } from "@/lib/imports/spend-log";

const NOT_BEFORE = "not before the time named";

export type ReadRequest = Readonly<{
  /** One file, or all the transcripts of Claude Code. */
  sources: readonly ImportSource[];
  detected: Detected;
  options: ReadOptions;
  from: Position;
  /** Told how many stored bytes were read. */
  onRead: (bytes: number) => void;
  /** The time by which an answer in a transcript may still be going on. */
  now: Date;
}>;

/**
 * The calls of a file, group by group in its order, in memory that does not grow with it (but see `readTranscripts`).
 * @throws UnreadableFile where it cannot be read on; all groups before it were given
 */
export function readCalls(request: ReadRequest): AsyncGenerator<ReadGroup> {
  const { before } = request.options;
  const groups = readAll(request);
  return before === null ? groups : skipFrom(Date.parse(before), groups);
}

async function* skipFrom(end: number, groups: AsyncIterable<ReadGroup>): AsyncGenerator<ReadGroup> {
  for await (const group of groups) {
    // A time that cannot be read is for the server to refuse.
    const calls = group.calls.filter(({ call }) => !(Date.parse(String(call.occurred_at)) >= end));
    const late = group.calls.length - calls.length;
    yield late === 0 ? group : { ...group, calls, skipped: { ...group.skipped, [NOT_BEFORE]: late } };
  }
}

function readAll({ sources, detected, options, from, onRead, now }: ReadRequest): AsyncGenerator<ReadGroup> {
  const [source] = sources;
  if (!source) throw new Error("no file to read");
  if (detected.format === "claude-code") return readTranscripts(sources, options, onRead, now);
  if (detected.container === "csv") return readCsvCalls(source, detected, options, from, onRead);
  const { name } = source;
  const bytes = openUnpacked(source, detected.container === "json" ? 0 : from.offset, onRead);
  if (detected.container === "json") return readJson(name, bytes, recordReader(detected, options));
  const toLine = detected.format === "calls" ? callLineReader(options) : jsonLine(recordReader(detected, options));
  return readJsonl(name, bytes, from, toLine);
}

function recordReader({ format }: Detected, options: ReadOptions): (value: unknown) => Outcome {
  if (format === "litellm") return spendLogReader(options);
  return format === "message-batch" ? batchResultReader(options) : callReader(options);
}

async function* readCsvCalls(
  source: ImportSource,
  { format }: Detected,
  options: ReadOptions,
  from: Position,
  onRead: (bytes: number) => void,
): AsyncGenerator<ReadGroup> {
  if (format === "message-batch")
    throw new UnreadableFile(`${source.name}: results of a batch are JSON lines, not CSV`);
  const head = readCsvHead(source.name, await readHead(source));
  const start = from.offset === 0 ? head.start : from;
  const bytes = openUnpacked(source, start.offset, onRead);
  const groups = readCsv(source.name, bytes, start, head, cellReader(format === "litellm", head.header, options));
  yield* isOwnExport(head.header) ? joinLines(groups) : groups;
}

function cellReader(isSpendLog: boolean, header: readonly string[], options: ReadOptions) {
  if (!isSpendLog) return rowReader(header, options);
  const toOutcome = spendLogReader(options);
  return (cells: readonly string[]) => toOutcome(Object.fromEntries(header.map((name, at) => [name, cells[at]])));
}
