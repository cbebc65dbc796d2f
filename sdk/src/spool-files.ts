import { mkdirSync, unlinkSync } from "node:fs";
import { readdir, readFile, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import process from "node:process";

/**
 * A spool is a folder that processes share. Each owner (one client of one process) has a lock `<owner>.lock` that it touches,
 * and files of calls `<owner>-000001.jsonl` that only it reads and writes. Renaming a file hands it over, to one process only.
 */
export type OwnedFiles = {
  /** The path of a new file, later in order than all before. */
  next(): string;
  /** Says that the owner lives. */
  touch(): Promise<void>;
  /** Takes over the files of owners that died; their new paths, oldest first. */
  adopt(): Promise<string[]>;
  /** Ends the ownership: what files are left, anybody may take. */
  release(): void;
};

type Lock = { pid: number; host: string; started_at: number };

/** How often an owner touches its lock. */
export const HEARTBEAT_MS = 15_000;
const STALE_MS = 60_000;
const FILE = /^(.+?)(?:-\d{6,}\.jsonl|\.lock)$/;

/** Throws when the folder cannot be made. */
export function ownFiles(directory: string, owner: string): OwnedFiles {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock: Lock = { pid: process.pid, host: hostname(), started_at: Date.now() };
  const lockOf = (name: string) => path.join(directory, `${name}.lock`);
  let count = 0;
  const next = () => path.join(directory, `${owner}-${String(++count).padStart(6, "0")}.jsonl`);

  return {
    next,
    async touch() {
      const now = new Date();
      if (!(await succeeds(utimes(lockOf(owner), now, now))))
        await writeFile(lockOf(owner), JSON.stringify(lock), { mode: 0o600 });
    },
    async adopt() {
      const adopted: string[] = [];
      const isGone = new Map<string, boolean>([[owner, false]]);
      for (const name of (await readdir(directory)).sort()) {
        const holder = FILE.exec(name)?.[1];
        if (holder === undefined) continue;
        if (!isGone.has(holder)) isGone.set(holder, await isDead(lockOf(holder)));
        if (!isGone.get(holder) || name.endsWith(".lock")) continue;
        const taken = next();
        if (await succeeds(rename(path.join(directory, name), taken))) adopted.push(taken);
      }
      for (const [holder, gone] of isGone) if (gone) await removeFile(lockOf(holder));
      return adopted;
    },
    release() {
      try {
        unlinkSync(lockOf(owner));
      } catch {
        // Not there: there is nothing to give up.
      }
    },
  };
}

/** On this host by the process id; on others, which may share the folder, by a lock that nobody touched for a minute. */
async function isDead(lockFile: string): Promise<boolean> {
  const found = await stat(lockFile).catch(() => undefined);
  if (!found) return true;
  if (found.mtimeMs < Date.now() - STALE_MS) return true;
  try {
    const { pid, host, started_at } = JSON.parse(await readFile(lockFile, "utf8")) as Lock;
    if (host !== hostname()) return false;
    // The same id again: process 1 of this container before it was started anew, or of another one that goes by the same name and lives.
    if (pid === process.pid)
      return started_at < Date.now() - process.uptime() * 1_000 && found.mtimeMs < Date.now() - 2 * HEARTBEAT_MS;
    return !isRunning(pid);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export async function removeFile(file: string): Promise<void> {
  await succeeds(unlink(file));
}

async function succeeds(action: Promise<unknown>): Promise<boolean> {
  return action.then(
    () => true,
    () => false,
  );
}
