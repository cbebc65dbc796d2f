import { formatCount, formatDuration } from "@/lib/format";
import { estimateProgress } from "@/lib/imports/estimate-progress";
import type { ImportSums } from "@/lib/imports/import-tally";

const EVERY_MS = 200;

/** One line on a terminal that is written over: how far, how fast, how long still. Nothing where no person looks. */
export class ProgressLine {
  readonly #isShown = process.stderr.isTTY === true;
  readonly #startedAt = performance.now();
  #shownAt = Number.NEGATIVE_INFINITY;

  /** @param startBytes bytes that an earlier run had settled */
  constructor(
    readonly name: string,
    readonly totalBytes: number,
    readonly startBytes: number,
  ) {}

  show(bytes: number, sums: ImportSums): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#shownAt < EVERY_MS) return;
    this.#shownAt = now;
    const text = describeProgress(this, bytes, sums, now - this.#startedAt);
    process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
  }

  clear(): void {
    if (this.#isShown) process.stderr.write("\r\u001b[K");
  }
}

type Extent = Readonly<{ name: string; totalBytes: number; startBytes: number }>;

/** `calls.csv  42%  1,200 records  600/s  4 s left`; the rate is of this run. */
export function describeProgress(extent: Extent, bytes: number, sums: ImportSums, elapsedMs: number): string {
  const { share, settled, rate, msLeft } = estimateProgress(extent, bytes, sums, elapsedMs);
  const timeLeft = msLeft === null || msLeft === 0 ? [] : [`${formatDuration(msLeft)} left`];
  const figures = [`${Math.floor(share * 100)}%`, `${formatCount(settled)} records`, `${formatCount(rate)}/s`];
  return [extent.name, ...figures, ...timeLeft].join("  ");
}
