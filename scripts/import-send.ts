import { readCalls } from "@/lib/imports/read-calls";
import { type ReadOptions, START, UnreadableFile } from "@/lib/imports/schema";
import { SendingStopped, sendCalls } from "@/lib/imports/send-calls";
import { ProgressLine } from "./import-progress";
import { RefusedFile } from "./import-refused";
import type { ImportJob } from "./import-sources";
import { ImportState } from "./import-state";
import { describeFormat, describeSums } from "./import-summary";
import { UsageError } from "./usage-error";

/** Where calls are sent. The key goes into one header, and by its hash into the name of what is kept. */
export type Target = Readonly<{ url: string; key: string }>;

const STATE_EVERY_MS = 500;

function postTo({ url, key }: Target) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return (body: Blob) =>
    fetch(`${url}/api/v1/calls`, { method: "POST", headers: { ...headers, "content-encoding": "gzip" }, body });
}

/**
 * Asks the server with an empty batch whether it is there and takes the key.
 * @throws UsageError with what is wrong
 */
export async function checkTarget({ url, key }: Target): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const response = await fetch(`${url}/api/v1/calls`, { method: "POST", headers, body: "[]" }).catch(() => null);
  if (response === null) throw new UsageError(`no server answers at ${url}`);
  if (response.ok || response.status === 429 || response.status >= 500) return;
  const body = (await response.json().catch(() => null)) as { detail?: unknown } | null;
  throw new UsageError(`${url} answered ${response.status}. ${String(body?.detail ?? "Is this a Spendtrace server?")}`);
}

/**
 * Sends a file and prints what became of it. Broken off, by Ctrl-C or because the server stays away, it goes on where it was when the
 * same command is run again.
 * @returns 0 when all is stored, 1 when records were refused or in conflict, 2 when it did not get to the end
 */
export async function sendJob(
  job: ImportJob,
  options: ReadOptions,
  target: Target,
  { isRestart, signal }: { isRestart: boolean; signal: AbortSignal },
): Promise<0 | 1 | 2> {
  const { name, sources, detected, version, refusedPath } = job;
  const state = version === null ? null : new ImportState([version, detected.format, options, target.url, target.key]);
  if (isRestart) state?.clear();
  const { refused: before, ...from } = state?.read() ?? { ...START, refused: 0 };
  process.stdout.write(`${name}: ${describeFormat(detected, options)}\n`);
  const isResumed = from.offset > 0;
  if (isResumed) process.stdout.write(`  Goes on after line ${from.line}, where it was broken off.\n`);
  const refused = new RefusedFile(refusedPath, !isResumed, before);

  const totalBytes = sources.reduce((sum, { size }) => sum + size, 0);
  const progress = new ProgressLine(name, totalBytes, from.offset);
  let [bytes, savedAt] = [from.offset, performance.now()];
  let sums = null;
  const onRead = (read: number) => {
    bytes = read;
  };
  let settled = from;
  const save = () => {
    const count = refused.countUpTo(state ? settled.line : Number.POSITIVE_INFINITY);
    state?.write({ ...settled, refused: count });
  };
  let problem: string | null = null;
  try {
    sums = await sendCalls(readCalls({ sources, detected, options, from, onRead, now: new Date() }), {
      post: postTo(target),
      signal,
      onRefused: (lines) => refused.add(lines),
      onProgress: (now, position) => {
        sums = now;
        settled = position ?? settled;
        progress.show(bytes, now);
        if (performance.now() - savedAt < STATE_EVERY_MS) return;
        savedAt = performance.now();
        save();
      },
    });
    state?.clear();
  } catch (error) {
    if (!(error instanceof SendingStopped || error instanceof UnreadableFile)) throw error;
    problem = error.message;
    if (error instanceof SendingStopped) save();
  }
  progress.clear();
  if (sums) process.stdout.write(describeSums(sums, before, refused.path));
  if (problem === null) return refused.path === null ? 0 : 1;
  const again = problem.startsWith(name) ? "" : " Run the same command again: what is stored is not stored twice.";
  process.stderr.write(`spendtrace import: ${problem}.${again}\n`);
  return 2;
}
