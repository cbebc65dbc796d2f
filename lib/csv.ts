import { stringify } from "csv-stringify/sync";

/**
 * CSV for every export, one place: RFC 4180 (CRLF, quotes doubled), UTF-8, a header row, streamed.
 *
 *   const columns = [{ header: "tenant_id", kind: "text" }, { header: "cost_usd", kind: "number" }] as const;
 *   return csvResponse("calls.csv", columns, batches);   // batches: AsyncIterable of arrays of rows
 *
 * A row is an array of cells in the order of the columns. Kinds:
 * - `text`: what somebody sent; a cell that a spreadsheet would run as a formula gets an apostrophe in front.
 * - `number`: bigint, number or a decimal string of our own making; written as it is, never escaped.
 * - `time`: Date, written as ISO 8601 in UTC.
 * Null is an empty cell. Money goes in as `toDecimalUsd(picos)` with kind `number`.
 */
export type CsvColumn = Readonly<{ header: string; kind: "text" | "number" | "time" }>;
export type CsvCell = string | number | bigint | boolean | Date | null | undefined;
export type CsvRow = readonly CsvCell[];

/** First characters that make Excel, LibreOffice or Sheets run a cell; full-width forms are normalised to the same. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function toText(cell: CsvCell, kind: CsvColumn["kind"]): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  const text = String(cell);
  return kind === "text" && FORMULA.test(text) ? `'${text}` : text;
}

/** Some rows as CSV text, each line ended by CRLF, without a header. */
export function csvLines(columns: readonly CsvColumn[], rows: readonly CsvRow[]): string {
  const records = rows.map((row) => columns.map((column, i) => toText(row[i], column.kind)));
  // A lone CR or LF inside a cell must be quoted as well as the CRLF that ends a record.
  return stringify(records, { record_delimiter: "\r\n", quote_record_delimiter: true });
}

/** The header row, ended by CRLF. */
export function csvHeader(columns: readonly CsvColumn[]): string {
  return stringify([columns.map((column) => column.header)], { record_delimiter: "\r\n" });
}

/** A byte stream that asks for the next batch only when the reader has room, and stops the source on abort. */
export function csvStream(
  columns: readonly CsvColumn[],
  batches: AsyncIterable<readonly CsvRow[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = batches[Symbol.asyncIterator]();
  let headerSent = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!headerSent) {
        headerSent = true;
        controller.enqueue(encoder.encode(csvHeader(columns)));
        return;
      }
      let next = await source.next();
      while (!next.done && next.value.length === 0) next = await source.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(csvLines(columns, next.value)));
    },
    async cancel() {
      await source.return?.();
    },
  });
}

/**
 * A CSV download. An error after the first byte breaks the connection off, so that a cut file is seen to be cut.
 * @param fileName as offered to the person who saves it; ASCII, without quotes.
 */
export function csvResponse(
  fileName: string,
  columns: readonly CsvColumn[],
  batches: AsyncIterable<readonly CsvRow[]>,
): Response {
  return new Response(csvStream(columns, batches), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName.replace(/[^\w.-]/g, "-")}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-accel-buffering": "no",
    },
  });
}
