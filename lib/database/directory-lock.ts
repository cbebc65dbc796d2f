import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";

const BEAT_MS = 2_000;
const DEAD_AFTER_MS = 10_000;

type Holder = { pid: number; startedAt: string; host: string };

/** The directory belongs to another living process; the message names both. */
export class DirectoryInUseError extends Error {}

/** When a process started, as the system tells it: a pid alone may by now belong to somebody else. Empty when there is none. */
function startOf(pid: number): string {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    }
    if (process.platform !== "win32")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)])
        .toString()
        .trim();
    process.kill(pid, 0);
    return "running";
  } catch {
    return "";
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host === hostname()) return holder.startedAt !== "" && startOf(holder.pid) === holder.startedAt;
  // Another container on the same volume: its processes cannot be seen from here, its heartbeat can.
  return Date.now() - statSync(file).mtimeMs < DEAD_AFTER_MS;
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function create(file: string): boolean {
  try {
    const handle = openSync(file, "wx", 0o600);
    const holder: Holder = { pid: process.pid, startedAt: startOf(process.pid), host: hostname() };
    writeSync(handle, JSON.stringify(holder));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Makes this process the only one to use `directory` and returns how to let go of it. A lock left by a process that was killed
 * is taken over. Throws `DirectoryInUseError` while the holder lives.
 */
export function lockDirectory(directory: string): () => void {
  const file = path.join(directory, "lock.json");
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (create(file)) {
      const beat = setInterval(() => utimesSync(file, new Date(), new Date()), BEAT_MS);
      beat.unref();
      return () => {
        clearInterval(beat);
        rmSync(file, { force: true });
      };
    }
    const holder = read(file);
    if (holder && isAlive(holder, file)) {
      throw new DirectoryInUseError(
        `The database in ${directory} is in use by process ${holder.pid} on ${holder.host}. Stop that one first, or set DATA_DIR to another directory.`,
      );
    }
    retire(file, holder);
  }
  throw new DirectoryInUseError(
    `The database in ${directory} is being taken over by another process that is starting.`,
  );
}

/** Moves a dead lock away; where a rival was faster and its fresh lock was moved, puts that one back. */
function retire(file: string, dead: Holder | undefined): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (JSON.stringify(read(aside)) !== JSON.stringify(dead)) renameSync(aside, file);
    else rmSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
