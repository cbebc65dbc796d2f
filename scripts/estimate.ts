import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { toCsvText, toJsonText, toTableText } from "@/lib/estimates/present-tally";
import { type EntryContext, priceEntry } from "@/lib/estimates/price-line";
import { splitLines } from "@/lib/estimates/split-lines";
import { GROUPS, type Group, Tally } from "@/lib/estimates/tally";
import { parseUsd, toDecimalUsd } from "@/lib/money";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { type Contract, LIST_PRICES, toContract } from "@/lib/pricing/contract";
import { checkContract } from "@/lib/pricing/contract-rules";
import { contractSchema } from "@/lib/pricing/contract-schema";
import { asUsageError, runReporting, UsageError } from "./usage-error";

const HELP = `Usage: spendtrace estimate [FILE…]

Prices a JSONL of usage objects, one call a line; "-" or no FILE reads the standard input.
A line is a call as in POST /api/v1/calls, {"model": …, "usage": …}, a provider's response, or a line of a batch's results.

  --group-by KEY     model (default), feature or tenant
  --on DAY           price all lines as of this day, YYYY-MM-DD; else each as of its occurred_at, or today
  --contract FILE    overrides of a contract, as JSON: own rates, discounts, aliases
  --max-usd N        exit with 1 when the total is above
  --allow-unpriced   lines without a price do not fail the command
  --json, --csv      print that instead of a table

Exit codes: 0 priced, 1 above --max-usd, 2 some lines have no price or cannot be read, or the command was not understood.
`;

const CONFIG = {
  allowPositionals: true,
  options: {
    "group-by": { type: "string", default: "model" },
    on: { type: "string" },
    contract: { type: "string" },
    "max-usd": { type: "string" },
    "allow-unpriced": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    csv: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
} as const;

/** `spendtrace estimate`: prices lines as they come, so that a file of any length can be read. */
export async function estimate(args: readonly string[]): Promise<void> {
  await runReporting("estimate", () => run([...args]));
}

async function run(args: string[]): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ ...CONFIG, args });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.json && values.csv) throw new UsageError("--json and --csv exclude each other");
  const maxPicos = readMax(values["max-usd"]);
  const contract = values.contract === undefined ? null : await readContract(values.contract);
  const prices = contract ? { ...LIST_PRICES, contract } : LIST_PRICES;
  const tally = new Tally(readGroup(values["group-by"]));
  const context = { prices, on: readDay(values.on), now: new Date() };
  for (const file of positionals.length > 0 ? positionals : ["-"]) await readFileInto(tally, file, context);

  const isOver = maxPicos !== null && tally.total.costUsdPicos > maxPicos;
  const limit = maxPicos === null ? {} : { max_usd: toDecimalUsd(maxPicos), is_over: isOver };
  if (values.json) process.stdout.write(toJsonText(tally, { price_book: PRICE_BOOK.version, ...limit }));
  else process.stdout.write(values.csv ? toCsvText(tally) : toTableText(tally, contract !== null));
  complain(tally, isOver ? maxPicos : null);
  if (isOver) return 1;
  const isUnpriced = tally.unpriced.size > 0 && !values["allow-unpriced"];
  return isUnpriced || tally.badLineCount > 0 ? 2 : 0;
}

async function readFileInto(tally: Tally, file: string, context: EntryContext): Promise<void> {
  const stream = file === "-" ? process.stdin : createReadStream(file);
  try {
    for await (const lines of splitLines(stream.setEncoding("utf8") as AsyncIterable<string>)) {
      for (const { number, text } of lines) {
        const tooLong = { ok: false, errors: [{ path: "", message: "is longer than a million characters" }] } as const;
        const read = text === null ? tooLong : priceEntry(text, context);
        if (read.ok) tally.add(read.entry);
        else tally.addBadLine({ file, line: number, errors: read.errors });
      }
    }
  } catch (error) {
    throw asUsageError(file, error);
  }
}

/** What keeps a total from being all of it, on the standard error. */
export function complain({ total, unpriced, badLines, badLineCount }: Tally, exceeded: bigint | null): void {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  if (total.calls + badLineCount === 0) say("No line to price: the total is of nothing.");
  for (const { model, reason, calls, tokens } of unpriced.values()) {
    say(
      `Unpriced, not in the total: ${model}, ${reason}, ${calls} ${calls === 1 ? "call" : "calls"}, ${tokens} tokens`,
    );
  }
  for (const { file, line, errors } of badLines) {
    const what = errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join("; ");
    say(`${file === "-" ? "" : `${file} `}line ${line}: ${what}`);
  }
  const others = badLineCount - badLines.length;
  if (others > 0) say(`… and ${others} more lines that cannot be read.`);
  if (total.estimatedCalls > 0)
    say(`${total.estimatedCalls} of ${total.calls} calls rest on an assumption (estimated).`);
  if (exceeded !== null)
    say(`The total of $${toDecimalUsd(total.costUsdPicos)} is above --max-usd ${toDecimalUsd(exceeded)}.`);
}

function readGroup(text: string): Group {
  const group = GROUPS.find((known) => known === text);
  if (!group) throw new UsageError(`--group-by must be one of ${GROUPS.join(", ")}`);
  return group;
}

function readDay(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toJSON().slice(0, 10) !== text) {
    throw new UsageError("--on must be a day, YYYY-MM-DD");
  }
  return day;
}

function readMax(text: string | undefined): bigint | null {
  if (text === undefined) return null;
  if (!/^\d+(\.\d{1,12})?$/.test(text)) throw new UsageError("--max-usd must be an amount of dollars such as 12.50");
  return parseUsd(text);
}

async function readContract(file: string): Promise<Contract> {
  let stored: unknown;
  try {
    stored = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`--contract: ${file} is not valid JSON`);
    throw asUsageError(file, error);
  }
  const parsed = contractSchema.safeParse(stored);
  const [first] = parsed.success
    ? checkContract(parsed.data, PRICE_BOOK).map(({ id, field, message }) => `override ${id}, ${field}: ${message}`)
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  if (first !== undefined || !parsed.success) throw new UsageError(`--contract: ${first}`);
  return toContract(parsed.data, PRICE_BOOK);
}
