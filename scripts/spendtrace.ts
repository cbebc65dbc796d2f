/** What `npx spendtrace` can do, each in a file of its own. A command sets `process.exitCode`. */
const COMMANDS: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<void>>>> = {
  estimate: async () => (await import("./estimate")).estimate,
  import: async () => (await import("./import")).importFiles,
};

const HELP = `Usage: spendtrace <command>

  estimate [FILE…]   prices a JSONL of usage objects, without a server
  import FILE…       sends the calls of files: JSON lines, CSV, batch results, LiteLLM's and Claude Code's

spendtrace <command> --help says more.
`;

/** Runs the command that the arguments name; exits with 2 where there is none of that name. */
export async function runCommand([name = "--help", ...args]: readonly string[]): Promise<void> {
  // Who reads the output may stop early (`| head`): that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load) return (await load())(args);
  if (name === "--help" || name === "-h" || name === "help") process.stdout.write(HELP);
  else {
    process.stderr.write(`spendtrace: there is no command ${JSON.stringify(name)}\n\n${HELP}`);
    process.exitCode = 2;
  }
}
