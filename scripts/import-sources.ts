import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { detectFormat } from "@/lib/imports/detect-format";
import { type Detected, type Format, UnreadableFile } from "@/lib/imports/schema";
import type { ImportSource } from "@/lib/imports/source";
import { asUsageError, UsageError } from "./usage-error";

/** Files that are read as one: a single one, or all the transcripts of Claude Code. */
export type ImportJob = Readonly<{
  name: string;
  sources: readonly ImportSource[];
  detected: Detected;
  /** What tells this file from the same path with other content; null where reading cannot begin in the middle. */
  version: string | null;
  /** Where the records go that are not stored as they came. */
  refusedPath: string;
}>;

const TRANSCRIPTS: Detected = { format: "claude-code", container: "jsonl", header: [], delimiter: "", samples: [] };

/** The jobs of a command: every file by itself, transcripts together. A directory stands for the transcripts in it. */
export async function findJobs(paths: readonly string[], forced: Format | null): Promise<ImportJob[]> {
  const jobs: ImportJob[] = [];
  const transcripts: ImportSource[] = [];
  for (const name of paths) {
    const stats = await stat(name).catch((error: unknown) => {
      throw asUsageError(name, error);
    });
    if (stats.isDirectory()) {
      transcripts.push(...(await findTranscripts(name)));
      continue;
    }
    const source = toSource(name, stats.size);
    const detected = await detect(source, forced);
    if (detected.format === "claude-code") transcripts.push(source);
    else {
      const version = detected.container === "json" ? null : `${path.resolve(name)} ${stats.size} ${stats.mtimeMs}`;
      jobs.push({ name, sources: [source], detected, version, refusedPath: `${name}.refused.jsonl` });
    }
  }
  if (transcripts.length > 0) {
    const name = `${transcripts.length} ${transcripts.length === 1 ? "transcript" : "transcripts"} of Claude Code`;
    const refusedPath = "claude-code.refused.jsonl";
    jobs.push({ name, sources: transcripts, detected: TRANSCRIPTS, version: null, refusedPath });
  }
  if (jobs.length === 0) throw new UsageError(`no transcript of Claude Code in ${paths.join(", ")}`);
  return jobs;
}

/** Where Claude Code writes its transcripts on this machine. */
export async function claudeCodeDirectories(): Promise<string[]> {
  const configured = process.env.CLAUDE_CONFIG_DIR?.split(",").filter(Boolean);
  const homes = configured ?? [path.join(homedir(), ".claude"), path.join(homedir(), ".config", "claude")];
  const found: string[] = [];
  for (const home of homes) {
    const directory = path.join(home, "projects");
    if (
      await stat(directory).then(
        (stats) => stats.isDirectory(),
        () => false,
      )
    )
      found.push(directory);
  }
  if (found.length === 0) throw new UsageError(`no transcripts: there is no projects directory in ${homes.join(", ")}`);
  return found;
}

/** All `*.jsonl` below a directory, in the order of their paths. */
async function findTranscripts(directory: string): Promise<ImportSource[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw asUsageError(directory, error);
  });
  const files = entries.filter((entry) => entry.isFile() && /\.jsonl(\.gz)?$/.test(entry.name));
  const names = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return Promise.all(names.map(async (name) => toSource(name, (await stat(name)).size)));
}

function toSource(name: string, size: number): ImportSource {
  return { name, size, open: (from) => createReadStream(name, { start: from, highWaterMark: 262_144 }) };
}

async function detect(source: ImportSource, forced: Format | null): Promise<Detected> {
  try {
    return await detectFormat(source, forced);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(error.message);
    throw asUsageError(source.name, error);
  }
}
