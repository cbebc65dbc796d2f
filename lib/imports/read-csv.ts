import Papa from "papaparse";
import { readBlocks } from "@/lib/imports/read-blocks";
import { GroupBuilder, TOO_LONG } from "@/lib/imports/read-jsonl";
import { type Outcome, type Position, type ReadGroup, UnreadableFile } from "@/lib/imports/schema";

/** Characters of one record; what is longer has a quote that nothing closes. */
const MAX_RECORD = 1_000_000;

const UNCLOSED = { path: "", message: "the row has a quote that nothing closes, or text after a closing quote" };
const NOT_UTF8 = { path: "", message: "the row is not valid UTF-8" };

type Row = Readonly<{ cells: readonly string[]; start: number; end: number; isBroken: boolean }>;

/** How a CSV is cut into cells. */
export type CsvShape = Readonly<{ delimiter: string; lineEnd: "\n" | "\r" }>;

/** The rows of a text with where each starts and ends; without `isLast` the last one is left out, it may go on. */
export function parseRows(text: string, { delimiter, lineEnd }: CsvShape, isLast: boolean): Row[] {
  const rows: Row[] = [];
  let start = 0;
  const step = ({ data, errors, meta }: Papa.ParseStepResult<string[]>) => {
    // One row a step, given as a list of one.
    const cells = (data as unknown as string[][])[0] ?? [];
    const last = cells.at(-1);
    if (last?.endsWith("\r")) cells[cells.length - 1] = last.slice(0, -1);
    rows.push({ cells, start, end: meta.cursor, isBroken: errors.length > 0 });
    start = meta.cursor;
  };
  const config = { delimiter, newline: lineEnd, quoteChar: '"', escapeChar: '"', step };
  new Papa.Parser(config as Papa.ParseConfig).parse(text, 0, !isLast);
  return rows;
}

/**
 * Rows of a CSV after its header, blank ones left out; a group for each block that arrives. Rows with a broken quote, or with more or
 * fewer cells than the header, are refused one by one; line numbers are those of an editor.
 * @param from after the header
 */
export async function* readCsv(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  from: Position,
  shape: CsvShape & Readonly<{ header: readonly string[] }>,
  toOutcome: (cells: readonly string[]) => Outcome,
): AsyncGenerator<ReadGroup> {
  const decoder = new TextDecoder("utf-8");
  const encoder = new TextEncoder();
  let rest = "";
  let { line } = from;
  let offset = from.offset;

  /** Takes the rows that are complete. A broken one loses its first line only: what follows it may be sound. */
  const take = (group: GroupBuilder, isLast: boolean) => {
    for (;;) {
      let at = 0;
      const rows = parseRows(rest, shape, isLast);
      const broken = rows.find(({ isBroken }) => isBroken);
      for (const { cells, start, end } of rows) {
        if (start === broken?.start) break;
        if (cells.length > 1 || cells[0] !== "") group.add(line + 1, checkRow(cells, shape.header, toOutcome));
        line += countLines(rest, start, end, shape.lineEnd);
        at = end;
      }
      rest = rest.slice(at);
      if (!broken && (isLast || rest.length <= MAX_RECORD)) return;
      line += 1;
      group.add(line, { errors: [UNCLOSED] });
      const end = rest.indexOf(shape.lineEnd) + 1;
      rest = end === 0 ? "" : rest.slice(end);
    }
  };

  for await (const { bytes, end, isTooLong } of readBlocks(chunks, from.offset, shape.lineEnd.charCodeAt(0))) {
    const group = new GroupBuilder(file);
    if (isTooLong) {
      take(group, true);
      rest = "";
      line += 1;
      group.add(line, { errors: [TOO_LONG] });
    } else {
      rest += decoder.decode(bytes);
      take(group, false);
    }
    offset = end;
    yield group.finish(positionAfter(offset, rest, line, encoder));
  }
  const group = new GroupBuilder(file);
  take(group, true);
  yield group.finish({ offset, line });
}

/** Bytes that were no UTF-8 cannot be counted back: there reading does not begin again. */
function positionAfter(end: number, rest: string, line: number, encoder: TextEncoder): Position | null {
  return rest.includes("\uFFFD") ? null : { offset: end - encoder.encode(rest).byteLength, line };
}

function countLines(text: string, start: number, end: number, lineEnd: string): number {
  let count = 0;
  for (let at = text.indexOf(lineEnd, start); at !== -1 && at < end; at = text.indexOf(lineEnd, at + 1)) count += 1;
  return count;
}

function checkRow(
  cells: readonly string[],
  header: readonly string[],
  toOutcome: (cells: readonly string[]) => Outcome,
): Outcome {
  if (cells.length !== header.length) {
    return { errors: [{ path: "", message: `the row has ${cells.length} cells, the header ${header.length}` }] };
  }
  return cells.some((cell) => cell.includes("\uFFFD")) ? { errors: [NOT_UTF8] } : toOutcome(cells);
}

export type CsvHead = CsvShape &
  Readonly<{
    header: readonly string[];
    /** Where the rows begin. */
    start: Position;
    /** The first rows. */
    rows: readonly (readonly string[])[];
  }>;

const DELIMITERS = [",", ";", "\t"];
const SAMPLE_ROWS = 200;

/**
 * Reads the header of a CSV and tells what separates its cells: the character that cuts the first rows into the same number of cells,
 * more than one where there is a choice.
 * @param head the first bytes of the file
 * @throws UnreadableFile where there is no header, or a column name comes twice
 */
export function readCsvHead(file: string, head: Uint8Array): CsvHead {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(head);
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  const lineEnd = text.includes("\n") || !text.includes("\r") ? "\n" : "\r";
  const tried = DELIMITERS.map((delimiter) => {
    const rows = parseRows(text.slice(bom), { delimiter, lineEnd }, true).slice(0, SAMPLE_ROWS);
    const width = rows[0]?.cells.length ?? 0;
    const body = rows.slice(1, -1);
    const fit = body.length === 0 ? 1 : body.filter(({ cells }) => cells.length === width).length / body.length;
    return { delimiter, rows, width, score: width > 1 ? fit * 1000 + width : 0 };
  });
  const [best] = tried.toSorted((a, b) => b.score - a.score);
  const first = best?.rows[0];
  if (!best || !first || first.cells.every((cell) => cell.trim() === "")) {
    throw new UnreadableFile(`${file}: has no header row`);
  }
  const header = first.cells.map((cell) => cell.trim());
  if (header.some((name) => name.includes("\uFFFD")))
    throw new UnreadableFile(`${file}: is not valid UTF-8: save it as UTF-8`);
  const twice = header.find((name, at) => name !== "" && header.indexOf(name) !== at);
  if (twice !== undefined) throw new UnreadableFile(`${file}: the column ${JSON.stringify(twice)} comes twice`);
  const before = text.slice(0, bom + first.end);
  return {
    delimiter: best.delimiter,
    lineEnd,
    header,
    rows: best.rows.slice(1, 21).map(({ cells }) => cells),
    start: {
      offset: new TextEncoder().encode(before).byteLength,
      line: countLines(before, 0, before.length, lineEnd) || 1,
    },
  };
}
