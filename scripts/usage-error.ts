/** A mistake in how a command was called: its message is all that is said. */
export class UsageError extends Error {}

/** Runs a command and sets the exit code: 2, with one line that says why, where it was not understood. */
export async function runReporting(name: string, run: () => Promise<0 | 1 | 2>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    const isParseError =
      error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!(error instanceof UsageError || isParseError)) throw error;
    process.stderr.write(`spendtrace ${name}: ${error.message}\n`);
    process.exitCode = 2;
  }
}

/** A file that cannot be read is named with the reason of the system; anything else is a fault of ours. */
export function asUsageError(file: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return code?.startsWith("E") && !code.startsWith("ERR") ? new UsageError(`${file} cannot be read (${code})`) : error;
}
