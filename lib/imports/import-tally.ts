import type { ReadCall, ReadGroup, RefusedLine } from "@/lib/imports/schema";
import type { IngestResult } from "@/lib/ingest/schema";

/** More reasons than an answer can be read for; figures in a message make one of every line. */
const MAX_REASONS = 50;
const OTHERS = "other reasons";

/** How many calls, by what became of them. `refused` counts what the file or the server did not allow, by reason. */
export type ImportSums = Readonly<{
  read: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  unpriced: number;
  refused: number;
  skipped: Readonly<Record<string, number>>;
  reasons: Readonly<Record<string, number>>;
}>;

/** Adds up what is read and what the server answers. Its size does not grow with the file. */
export class ImportTally {
  #sums = { read: 0, accepted: 0, duplicates: 0, conflicts: 0, unpriced: 0, refused: 0 };
  readonly #skipped = new Map<string, number>();
  readonly #reasons = new Map<string, number>();

  sums(): ImportSums {
    const skipped = Object.fromEntries(this.#skipped);
    return { ...this.#sums, skipped, reasons: Object.fromEntries(this.#reasons) };
  }

  addGroup({ calls, refused, skipped }: ReadGroup): void {
    this.#sums.read += calls.length + refused.length;
    this.addRefused(refused);
    for (const [reason, count] of Object.entries(skipped)) {
      this.#sums.read += count;
      addTo(this.#skipped, reason, count);
    }
  }

  addRefused(lines: readonly RefusedLine[]): void {
    this.#sums.refused += lines.length;
    for (const { errors } of lines) {
      for (const { path, message } of errors.slice(0, 1))
        addTo(this.#reasons, path ? `${path} ${message}` : message, 1);
    }
  }

  /** @returns the calls that are not stored as they came: refused, or in conflict with one that is */
  addResult(sent: readonly ReadCall[], { accepted, duplicates, unpriced, rejected, conflicts }: IngestResult) {
    this.#sums.accepted += accepted;
    this.#sums.duplicates += duplicates;
    this.#sums.unpriced += unpriced;
    this.#sums.conflicts += conflicts.length;
    const toLine = (index: number, request_id: string | null, errors: RefusedLine["errors"]): RefusedLine => {
      const { file = "", line = 0 } = sent[index] ?? {};
      return { file, line, request_id, errors };
    };
    const refused = rejected.map(({ index, request_id, errors }) => toLine(index, request_id, errors));
    this.addRefused(refused);
    return [
      ...refused,
      ...conflicts.map(({ index, request_id, message }) => toLine(index, request_id, [{ path: "", message }])),
    ];
  }
}

function addTo(counts: Map<string, number>, reason: string, count: number): void {
  const key = counts.has(reason) || counts.size < MAX_REASONS ? reason : OTHERS;
  counts.set(key, (counts.get(key) ?? 0) + count);
}
