import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { FIELD_NAMES, isField, REQUIRED, suggestMapping } from "@/lib/imports/columns";
import { missingFields } from "@/lib/imports/read-row";
import { type Defaults, FORMATS, type Format, type Mapping, type ReadOptions } from "@/lib/imports/schema";
import { isZone } from "@/lib/imports/zoned-time";
import { dryRun } from "./import-dry-run";
import { checkTarget, sendJob } from "./import-send";
import { claudeCodeDirectories, findJobs, type ImportJob } from "./import-sources";
import { runReporting, UsageError } from "./usage-error";

const HELP = `Usage: spendtrace import FILE…
       spendtrace import --claude-code

Sends the calls of files to a server: JSON lines, JSON or CSV of calls (also the classic llm_call table and our own export), results of
Message Batches, LiteLLM's SpendLogs, transcripts of Claude Code (files, or their directory). Gzip is unpacked.
Importing twice changes nothing; broken off, the same command goes on where it was.

  --url URL, --key KEY   the server and a key that may ingest; else SPENDTRACE_URL and SPENDTRACE_KEY
  --claude-code          the transcripts in ~/.claude/projects
  --format FORMAT        ${FORMATS.join(", ")}; else told by the content
  --map FIELD=COLUMN     a field from a column of another name; several with commas or by repeating it; FIELD= for none
  --tenant, --feature, --deploy NAME   for calls whose record does not tell
  --at TIME              when the calls of a batch were made: its file does not say
  --before TIME          only calls before it: where another door brings the later ones
  --zone ZONE            of times without one, such as Europe/Berlin; else UTC
  --dry-run              prices the calls by the list, sends nothing
  --restart              from the beginning of each file

Exit codes: 0 all stored, 1 some records were refused or in conflict, 2 it did not get to the end or was not understood.
`;

const CONFIG = {
  allowPositionals: true,
  options: {
    url: { type: "string" },
    key: { type: "string" },
    "claude-code": { type: "boolean", default: false },
    format: { type: "string" },
    map: { type: "string", multiple: true },
    tenant: { type: "string" },
    feature: { type: "string" },
    deploy: { type: "string" },
    at: { type: "string" },
    before: { type: "string" },
    zone: { type: "string", default: "UTC" },
    "dry-run": { type: "boolean", default: false },
    restart: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
} as const;

type Values = ReturnType<typeof parseArgs<typeof CONFIG>>["values"];

/** `spendtrace import`: sends the calls of files, in memory that does not grow with them. */
export async function importFiles(args: readonly string[]): Promise<void> {
  await runReporting("import", () => run([...args]));
}

async function run(args: string[]): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ ...CONFIG, args });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const options = readOptions(values);
  const jobs = await findJobs(await readPaths(values, positionals), readFormat(values));
  const planned = jobs.map((job) => ({ job, options: optionsFor(job, options) }));
  for (const { job, options } of planned) checkJob(job, options);
  if (values["dry-run"]) return dryRun(planned);
  const target = readTarget(values);
  await checkTarget(target);
  const stop = new AbortController();
  // The first Ctrl-C waits for what is under way; the next one does not.
  process.once("SIGINT", () => stop.abort());
  let worst: 0 | 1 | 2 = 0;
  for (const { job, options } of planned) {
    if (stop.signal.aborted) return 2;
    const code = await sendJob(job, options, target, { isRestart: values.restart, signal: stop.signal });
    if (code > worst) worst = code;
  }
  return worst;
}

async function readPaths(values: Values, positionals: readonly string[]): Promise<readonly string[]> {
  if (positionals.length > 0) return positionals;
  if (values["claude-code"]) return claudeCodeDirectories();
  throw new UsageError("name a file, or --claude-code; --help says more");
}

function readFormat(values: Values): Format | null {
  if (values["claude-code"]) return "claude-code";
  const format = FORMATS.find((name) => name === values.format);
  if (values.format !== undefined && !format) throw new UsageError(`--format must be one of ${FORMATS.join(", ")}`);
  return format ?? null;
}

function readOptions({ zone, map, tenant, feature, deploy, ...times }: Values): ReadOptions {
  if (!isZone(zone)) throw new UsageError(`--zone ${zone} is not known: give a name such as Europe/Berlin`);
  const defaults: Defaults = {
    ...(tenant !== undefined && { tenant_id: tenant }),
    ...(feature !== undefined && { feature }),
    ...(deploy !== undefined && { deploy_sha: deploy }),
  };
  return {
    defaults,
    zone,
    at: readTime("--at", times.at),
    before: readTime("--before", times.before),
    mapping: readMapping(map),
  };
}

function readTime(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (Number.isNaN(Date.parse(text))) throw new UsageError(`${option} must be a time such as 2026-11-20T12:00:00Z`);
  return new Date(text).toISOString();
}

function readMapping(given: readonly string[] | undefined): Mapping | null {
  if (given === undefined) return null;
  const pairs = given.flatMap((text) => text.split(",")).map((pair) => pair.split("=", 2).map((part) => part.trim()));
  for (const [field = "", column] of pairs) {
    if (column === undefined) throw new UsageError(`--map ${field}: write FIELD=COLUMN, or FIELD= for none`);
    if (!isField(field)) throw new UsageError(`--map ${field}: the fields are ${FIELD_NAMES.join(", ")}`);
  }
  return Object.fromEntries(pairs);
}

/** What a file of this kind still needs to be told. */
function optionsFor({ detected }: ImportJob, options: ReadOptions): ReadOptions {
  if (detected.format === "claude-code") {
    const defaults = { tenant_id: userInfo().username, feature: "claude-code", ...options.defaults };
    return { ...options, defaults };
  }
  if (detected.container !== "csv" || detected.format !== "calls") return options;
  const mapping = { ...suggestMapping(detected.header, detected.samples), ...options.mapping };
  return { ...options, mapping: Object.fromEntries(Object.entries(mapping).filter(([, column]) => column !== "")) };
}

function checkJob({ name, detected }: ImportJob, { mapping, defaults, at }: ReadOptions): void {
  const { format, container, header } = detected;
  const isMappable = format === "message-batch" || (format === "calls" && container === "csv");
  if (mapping !== null && !isMappable)
    throw new UsageError(`${name}: --map is for CSV of calls and results of a batch`);
  const unknown = Object.values(mapping ?? {}).find((column) => !header.includes(column));
  if (unknown !== undefined) {
    throw new UsageError(`${name} has no column ${JSON.stringify(unknown)}. Its columns: ${header.join(", ")}`);
  }
  if (format === "message-batch") {
    if (at === null) throw new UsageError(`${name}: results of a batch do not say when: give --at TIME`);
    const missing = missingFields(mapping ?? {}, defaults, ["tenant_id", "feature"]);
    if (missing.length > 0)
      throw new UsageError(`${name}: nothing tells ${missing.join(" and ")}: ${howToTell(missing)}`);
  }
  if (format !== "calls" || container !== "csv") return;
  const missing = missingFields(mapping ?? {}, defaults, REQUIRED);
  if (missing.length > 0) {
    const columns = `Its columns: ${header.join(", ")}`;
    throw new UsageError(`${name}: no column for ${missing.join(", ")}: ${howToTell(missing)}. ${columns}`);
  }
}

function howToTell([field = ""]: readonly string[]): string {
  const option = { tenant_id: "--tenant NAME", feature: "--feature NAME" }[field];
  return `say --map ${field}=COLUMN${option ? ` or ${option}` : ""}`;
}

function readTarget(values: Values) {
  const url = (values.url ?? process.env.SPENDTRACE_URL)?.replace(/\/+$/, "");
  const key = values.key ?? process.env.SPENDTRACE_KEY;
  if (url && key && URL.canParse(url)) return { url, key };
  throw new UsageError("needs SPENDTRACE_URL and SPENDTRACE_KEY, or --url and --key; --dry-run sends nothing");
}
