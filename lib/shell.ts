/** A text as one word of a POSIX shell, whatever it holds: within single quotes nothing is special but the quote itself. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
