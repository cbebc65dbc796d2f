import { OTHER_KEY, type SeriesRow } from "@/components/charts/prepare-series";
import { TOKEN_KINDS } from "@/components/charts/series-color";
import { DIMENSION_LABELS } from "@/components/filters/url-state";
import { formatSha } from "@/lib/format";
import { DIMENSION_CATALOGUE } from "@/lib/reports/catalogue";
import type { Dimension, ReportResult, Row } from "@/lib/reports/schema";

/** What cost over time can be stacked by: a dimension, or the kinds of tokens. */
export type Stack = Dimension | "token_kind";

const [fresh, write5m, write1h, read, output] = TOKEN_KINDS;

/** Name and colour of each row of `cost-by-token-kind`, in their fixed order; web searches are no tokens, but cost money. */
export const KINDS: Readonly<Record<string, Readonly<{ label: string; color: string }>>> = {
  input: fresh,
  cache_create_5m: write5m,
  cache_create_1h: write1h,
  cache_read: read,
  output,
  web_search: { label: "Web search", color: "var(--chart-other)" },
};

/** "feature", "token kind": in the segmented control. */
export const stackLabel = (stack: Stack) => (stack === "token_kind" ? "token kind" : DIMENSION_LABELS[stack]);

/** "features", "token kinds": in "All 8 features". */
export const stackPlural = (stack: Stack) =>
  stack === "token_kind" ? "token kinds" : DIMENSION_CATALOGUE[stack].plural;

/** How a value is written where people read: seven characters of a sha, the name of a token kind, anything else as it is. */
export function valueLabel(stack: Stack, value: string): string {
  if (stack === "token_kind") return KINDS[value]?.label ?? value;
  return stack === "deploy" ? formatSha(value) : value;
}

/** The exact sum in a cell; nothing is zero. */
export function sumOf(row: Row, key: string): bigint {
  const cell = row[key];
  return typeof cell === "bigint" ? cell : 0n;
}

/** The largest of some sums; zero for none. */
export function largestOf(sums: readonly bigint[]): bigint {
  let largest = 0n;
  for (const sum of sums) if (sum > largest) largest = sum;
  return largest;
}

/** A report cut by time and by one stack: rows as the chart takes them, and sums by key of the period and before it. */
export type StackedSeries = Readonly<{
  rows: readonly SeriesRow[];
  compareRows: readonly SeriesRow[];
  /** Keys by size, the largest first, without the others. Token kinds stay in their fixed order. */
  keys: readonly string[];
  now: ReadonlyMap<string, bigint>;
  before: ReadonlyMap<string, bigint>;
  /** Keys with calls in the period that no price is known for. */
  unpriced: ReadonlySet<string>;
  /** Keys with calls in the period, where the report counts them. */
  called: ReadonlySet<string>;
}>;

/** Reads a bucketed report of an exact measure. The comparison's rows carry the time of their own bucket. */
export function readStack(result: ReportResult, stack: Stack, measure = "cost"): StackedSeries {
  const shift = result.compare ? result.period.from.getTime() - result.compare.from.getTime() : 0;
  const rows: SeriesRow[] = [];
  const compareRows: SeriesRow[] = [];
  const now = new Map<string, bigint>();
  const before = new Map<string, bigint>();
  const unpriced = new Set<string>();
  const called = new Set<string>();
  for (const row of result.rows) {
    const [at, name, earlier] = [row.bucket, row[stack], row[`compare_${measure}`]];
    if (!(at instanceof Date)) continue;
    const key = typeof name === "string" ? name : OTHER_KEY;
    const value = sumOf(row, measure);
    if (sumOf(row, "unpriced_calls") > 0n) unpriced.add(key);
    if (sumOf(row, "calls") > 0n) called.add(key);
    rows.push({ at, key, value });
    now.set(key, (now.get(key) ?? 0n) + value);
    if (typeof earlier !== "bigint") continue;
    compareRows.push({ at: new Date(at.getTime() - shift), key, value: earlier });
    before.set(key, (before.get(key) ?? 0n) + earlier);
  }
  const size = (key: string) => now.get(key) ?? 0n;
  const bySize = (a: string, b: string) => (size(a) === size(b) ? 0 : size(a) > size(b) ? -1 : 1);
  const keys =
    stack === "token_kind"
      ? Object.keys(KINDS).filter((key) => size(key) > 0n || (before.get(key) ?? 0n) > 0n)
      : [...now.keys()].filter((key) => key !== OTHER_KEY).sort(bySize);
  return { rows, compareRows, keys, now, before, unpriced, called };
}
