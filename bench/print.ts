/** One line of the result: what was measured, against what, and whether the goal is met. */
export type Measure = Readonly<{
  measure: string;
  ours: string;
  baseline: string;
  /** Null where the goal is a bound and not a ratio. */
  ratio: string;
  goal: string;
  met: boolean;
}>;

/** The rates of two things in calls a second, and how they compare with the goal. */
export function rateMeasure(measure: string, ours: number, baseline: number, goal: number, unit: "%" | "×"): Measure {
  const ratio = ours / baseline;
  const show = (value: number) => (unit === "%" ? `${(value * 100).toFixed(0)} %` : `${value.toFixed(1)}×`);
  const perSecond = (value: number) => `${Math.round(value).toLocaleString("en-US")}/s`;
  return {
    measure,
    ours: perSecond(ours),
    baseline: perSecond(baseline),
    ratio: show(ratio),
    goal: `≥ ${show(goal)}`,
    met: ratio >= goal,
  };
}

const HEADER = ["measure", "ours", "baseline", "ratio", "goal", ""] as const;

/** A table for a terminal, columns as wide as their widest cell. */
export function printTable(title: string, measures: readonly Measure[]): void {
  const rows = measures.map((m) => [m.measure, m.ours, m.baseline, m.ratio, m.goal, m.met ? "ok" : "MISSED"]);
  const widths = HEADER.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  console.log([`\n${title}`, line(HEADER), line(widths.map((w) => "-".repeat(w))), ...rows.map(line)].join("\n"));
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
