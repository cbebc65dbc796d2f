import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { RefusedLine } from "@/lib/imports/schema";
import { SendingStopped } from "@/lib/imports/send-calls";

/** The records of a file that are not stored as they came: written beside it, or where that is not possible into the working directory. */
export class RefusedFile {
  #path: string;
  #isNew: boolean;
  #count: number;
  /** Lines that are refused, but lie after the place up to which all is settled. */
  #ahead: number[] = [];
  #settled: number;

  /** @param before how many records an earlier run, where this one goes on, has named there */
  constructor(path: string, isNew: boolean, before: number) {
    this.#path = path;
    this.#isNew = isNew;
    [this.#count, this.#settled] = [before, before];
    if (!isNew) return;
    try {
      rmSync(path, { force: true });
    } catch {
      this.#path = basename(path);
    }
  }

  /** Null where nothing is in it. */
  get path(): string | null {
    return this.#count > 0 ? this.#path : null;
  }

  /** @throws SendingStopped where it can be written nowhere */
  add(lines: readonly RefusedLine[]): void {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    this.#tryTo(() => {
      if (this.#isNew) writeFileSync(this.#path, text);
      else appendFileSync(this.#path, text);
    });
    this.#isNew = false;
    this.#count += lines.length;
    for (const { line } of lines) this.#ahead.push(line);
  }

  /** How many records up to a line are refused; forgets their lines, so that what is held does not grow. */
  countUpTo(line: number): number {
    const ahead = this.#ahead.filter((refused) => refused > line);
    this.#settled += this.#ahead.length - ahead.length;
    this.#ahead = ahead;
    return this.#settled;
  }

  #tryTo(write: () => void): void {
    try {
      write();
    } catch {
      this.#path = basename(this.#path);
      try {
        write();
      } catch (error) {
        throw new SendingStopped(`the refused lines cannot be written: ${String(error)}`);
      }
    }
  }
}
