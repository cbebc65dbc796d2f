import { GroupBuilder, readJsonl } from "@/lib/imports/read-jsonl";
import { pickAnthropicUsage } from "@/lib/imports/read-record";
import { withDefaults } from "@/lib/imports/read-row";
import {
  BATCH_CALLS,
  compact,
  isObject,
  type JsonObject,
  type Outcome,
  type ReadGroup,
  type ReadOptions,
  START,
  textOf,
} from "@/lib/imports/schema";
import { type ImportSource, openUnpacked } from "@/lib/imports/source";

type Turn = {
  file: string;
  line: number;
  /** When the first of its lines was written. */
  at: string;
  /** When the last of them was. */
  until: string;
  isFinished: boolean;
  isReplay: boolean;
  output: number;
  /** As JSON, which takes less memory than the object. */
  call: string;
};

/** How long an answer may go on after a line of it: what is older and has no end was broken off. */
const OPEN_MS = 15 * 60_000;
const UNFINISHED = "not finished yet";
const MICROS_PER_USD = 1_000_000;

/**
 * The calls of Claude Code's transcripts. A response is written as several lines, one for each block of its content, whose usage grows:
 * the most complete one counts, once for each message id, also where a resumed session or a sub-agent repeats it in a file of its own.
 * So all files are read before the first call comes; what is held of a call is some hundred bytes. No text of a message is kept.
 * An answer that is being written is skipped: stored as it is now, it would be in conflict with the whole one later.
 * @param onRead told how many stored bytes were read of all files together
 */
export async function* readTranscripts(
  sources: readonly ImportSource[],
  options: ReadOptions,
  onRead: (bytes: number) => void,
  now: Date,
): AsyncGenerator<ReadGroup> {
  const turns = new Map<string, Turn>();
  let before = 0;
  for (const source of sources) {
    const bytes = openUnpacked(source, 0, (read) => onRead(before + read));
    const toOutcome = (text: string, line: number) => readLine(text, (entry) => keep(turns, entry, source.name, line));
    for await (const group of readJsonl(source.name, bytes, START, toOutcome)) yield { ...group, next: null };
    before += source.size;
  }
  const isOpen = ({ isFinished, until }: Turn) => !isFinished && now.getTime() - Date.parse(until) < OPEN_MS;
  const told = [...turns.values()].filter((turn) => !isOpen(turn));
  const open = turns.size - told.length;
  if (open > 0) yield { ...new GroupBuilder("").finish(null), skipped: { [UNFINISHED]: open } };
  const ordered = told.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (let from = 0; from < ordered.length; from += BATCH_CALLS) {
    const calls = ordered.slice(from, from + BATCH_CALLS).map(({ file, line, at, call }) => ({
      file,
      line,
      call: withDefaults({ ...JSON.parse(call), occurred_at: at }, options.defaults, "import/claude-code"),
    }));
    yield { ...new GroupBuilder("").finish(null), calls };
  }
}

const NO_CALL = { skipped: "no answer of a model" };
const REPEATED = { skipped: "repeats a message" };

function readLine(text: string, keepEntry: (entry: JsonObject) => Outcome | null): Outcome | null {
  // Most lines have no usage, and some of them are large.
  if (!text.includes('"usage"')) return NO_CALL;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { errors: [{ path: "", message: "the line is not valid JSON" }] };
  }
  return isObject(value) ? keepEntry(value) : NO_CALL;
}

/** The progress of a sub-agent carries its line inside. */
function unwrap(entry: JsonObject): JsonObject {
  const inside = isObject(entry.data) ? entry.data.message : undefined;
  return isObject(inside) && isObject(inside.message) ? { ...entry, ...inside } : entry;
}

function keep(turns: Map<string, Turn>, written: JsonObject, file: string, line: number): Outcome | null {
  const entry = unwrap(written);
  const { message } = entry;
  if (!isObject(message) || !isObject(message.usage)) return NO_CALL;
  if (message.model === "<synthetic>" || entry.isApiErrorMessage === true) {
    return { skipped: "a message of Claude Code itself, such as an error of the API" };
  }
  const id = textOf(message.id);
  const at = textOf(entry.timestamp);
  if (id === undefined || at === undefined) {
    const path = id === undefined ? "message.id" : "timestamp";
    return { errors: [{ path, message: "is required" }] };
  }
  const output = typeof message.usage.output_tokens === "number" ? message.usage.output_tokens : 0;
  const isFinished = textOf(message.stop_reason) !== undefined;
  const turn = { file, line, at, until: at, isFinished, isReplay: entry.isSidechain === true, output, call: "" };
  const known = turns.get(id);
  if (!known) {
    turns.set(id, { ...turn, call: JSON.stringify(toCall(entry, message, message.usage, id)) });
    return null;
  }
  if (at > known.until) known.until = at;
  // A sub-agent's copy of its parent's message is not the first source of anything.
  const isBetter = known.isReplay === turn.isReplay ? output >= known.output : known.isReplay;
  if (isBetter) {
    const call = toCall(entry, message, message.usage, id);
    const first: JsonObject = known.isReplay === turn.isReplay ? JSON.parse(known.call) : call;
    const [earliest = at] = [at, known.at].sort();
    turns.set(id, { ...turn, call: JSON.stringify({ ...call, ...placeOf(first) }), at: earliest, until: known.until });
  }
  return REPEATED;
}

/** Who made a call does not change with the lines that repeat it. */
function placeOf({ session_id, feature, deploy_sha, task_id }: JsonObject): JsonObject {
  return { session_id, feature, deploy_sha, task_id };
}

/** Feature: the name of the project's directory; deploy: the version of Claude Code; task: the branch of that project. */
function toCall(entry: JsonObject, message: JsonObject, usage: JsonObject, id: string): JsonObject {
  const project = textOf(entry.cwd)
    ?.split(/[\\/]/)
    .findLast((part) => part !== "");
  const branch = textOf(entry.gitBranch);
  return compact({
    request_id: id,
    feature: project?.slice(0, 128),
    deploy_sha: textOf(entry.version)?.slice(0, 64),
    session_id: textOf(entry.sessionId)?.slice(0, 128),
    task_id: project && branch ? `${project}@${branch}`.slice(0, 128) : undefined,
    model: message.model,
    usage: pickAnthropicUsage(usage),
    stop_reason: textOf(message.stop_reason),
    // The last line of an answer says why it stopped: without it the output is what had been written by then.
    incomplete: textOf(message.stop_reason) === undefined ? true : undefined,
    cost_usd_micros:
      typeof entry.costUSD === "number" ? Number((entry.costUSD * MICROS_PER_USD).toFixed(6)) : undefined,
  });
}
