import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { type Position, START } from "@/lib/imports/schema";

const count = z.int().min(0);
const settledSchema = z.object({ offset: count, line: count, refused: count });

/** A place up to which all is settled, and how many records before it are not stored as they came. */
export type Settled = Position & Readonly<{ refused: number }>;

/**
 * How far a file was sent, kept in the state directory of the person (`XDG_STATE_HOME`) so that a broken-off import goes on there.
 * @param key whatever makes it another import: the file, its size and time, the options, the server, and the API key,
 * by which it is told whose calls they become. Only its hash is kept.
 */
export class ImportState {
  readonly #file: string;

  constructor(key: readonly unknown[]) {
    const home = process.env.XDG_STATE_HOME || path.join(homedir(), ".local", "state");
    const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32);
    this.#file = path.join(home, "spendtrace", "imports", `${name}.json`);
  }

  /** The start where nothing is known. */
  read(): Settled {
    try {
      return settledSchema.parse(JSON.parse(readFileSync(this.#file, "utf8")));
    } catch {
      return { ...START, refused: 0 };
    }
  }

  write(settled: Settled): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    // Replaced in one step: a process that is killed while it writes leaves the former one.
    writeFileSync(`${this.#file}.new`, JSON.stringify(settled));
    renameSync(`${this.#file}.new`, this.#file);
  }

  clear(): void {
    rmSync(this.#file, { force: true });
  }
}
