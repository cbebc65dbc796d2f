/** Longer than any usage object; a file without line ends must not fill the memory. */
const MAX_LINE = 1_000_000;

/** One line with its number from 1; `text` is null for one that was too long to be kept. */
export type NumberedLine = Readonly<{ number: number; text: string | null }>;

/**
 * Splits text that arrives in chunks into lines, a batch for each chunk. Holds one chunk and one line at most. A byte order
 * mark and the CR of a CRLF are dropped, blank lines left out.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<NumberedLine[]> {
  let number = 0;
  let rest = "";
  let isTooLong = false;
  for await (const chunk of chunks) {
    const pieces = chunk.split("\n");
    const lines: NumberedLine[] = [];
    for (const [index, piece] of pieces.entries()) {
      const isEnded = index < pieces.length - 1;
      if (isTooLong || rest.length + piece.length > MAX_LINE) [rest, isTooLong] = ["", true];
      else rest += piece;
      if (!isEnded) continue;
      number += 1;
      lines.push({ number, text: isTooLong ? null : rest });
      [rest, isTooLong] = ["", false];
    }
    yield keepFilled(lines);
  }
  yield keepFilled([{ number: number + 1, text: isTooLong ? null : rest }]);
}

function keepFilled(lines: readonly NumberedLine[]): NumberedLine[] {
  return lines
    .map(({ number, text }) => ({ number, text: text === null ? null : text.replace(/^\uFEFF/, "").trim() }))
    .filter(({ text }) => text !== "");
}
