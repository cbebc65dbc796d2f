/** One line of the result. `goal` is left out where there is only a figure to know. */
export type Measure = { measure: string; figure: string; goal?: string; met?: boolean };

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The share-th percentile of each thousand values, and of those the one in the middle: one busy moment of the machine does not make the figure. */
export function steadyPercentile(values: readonly number[], share: number): number {
  const blocks = Array.from({ length: Math.ceil(values.length / 1_000) }, (_, index) =>
    percentile(values.slice(index * 1_000, (index + 1) * 1_000), share),
  );
  return percentile(blocks, 0.5);
}

export const ms = (value: number) => `${value.toFixed(3)} ms`;
export const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
export const count = (value: number) => value.toLocaleString("en-US");

export function print(title: string, measures: readonly Measure[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...measures.map(({ measure }) => measure.length));
  for (const { measure, figure, goal, met } of measures) {
    const verdict = goal === undefined ? "" : `   goal ${goal}: ${met ? "ok" : "MISSED"}`;
    console.log(`  ${measure.padEnd(width)}  ${figure}${verdict}`);
  }
}
