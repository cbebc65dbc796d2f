import type { StepMetric } from "@/lib/deploys/bisect";
import type { Bucket, FineBucket, Period } from "@/lib/period";

export type { Bucket };

/** What usage can be grouped and filtered by: a column of the rollups each. */
export const DIMENSIONS = [
  "tenant",
  "feature",
  "deploy",
  "model",
  "provider",
  "environment",
  "service_tier",
  "attempt",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One line of the filter bar; several values are alternatives. */
export type Filter = Readonly<{ dimension: Dimension; op: "is" | "is_not"; values: readonly string[] }>;

/** How long before and after a deploy's first call to look, in hours. */
export const DEPLOY_WINDOWS = { "24h": 24, "48h": 48, "7d": 168 } as const;
export type DeployWindow = keyof typeof DEPLOY_WINDOWS;

/** Numbers of a question that its address may set, whole ones: what they are by default, and the bounds. */
export const REPORT_OPTIONS = {
  /** A storm is more calls of one prompt than this … */
  storm_calls: { default: 100, min: 1, max: 1_000_000 },
  /** … within less than these minutes. */
  storm_minutes: { default: 5, min: 1, max: 1440 },
  /** A repeat is the same prompt of the same tenant again within these minutes. */
  repeat_minutes: { default: 5, min: 1, max: 1440 },
  /** The input of a task grew when that of its last call is at least so many times that of its first. */
  growth_times: { default: 5, min: 2, max: 1000 },
} as const satisfies Readonly<Record<string, Readonly<{ default: number; min: number; max: number }>>>;
export type ReportOption = keyof typeof REPORT_OPTIONS;

/** As good as no limit; small enough for LIMIT. */
export const EVERY_ROW = 1_000_000_000;

/** A question as a value, parsed from a URL in one place (`lib/reports/query.ts`). */
export type ReportQuery = Readonly<{
  period: Period;
  /** The period to compare with; null for none. */
  compare: Period | null;
  /** Null for one row a group over the whole period. */
  bucket: Bucket | null;
  groupBy: readonly Dimension[];
  /** Keys of the catalogue; empty means all that the report offers. */
  measures: readonly string[];
  filters: readonly Filter[];
  /** A measure or dimension key, with direction; null for the report's own order. */
  sort: Readonly<{ key: string; dir: "asc" | "desc" }> | null;
  /** How many rows; in a series, how many groups: the others are added up in rows whose dimensions are null. */
  limit: number;
  /** For reports about one deploy: how long before and after its first call. */
  window?: DeployWindow;
  /** …and the deploy to hold it against; absent for the time before its first call. */
  against?: string;
  /** For deploy-steps: what is looked at from deploy to deploy. */
  metric?: StepMetric;
  /** Those that the address sets; `optionOf` knows the others. */
  options?: Readonly<Partial<Record<ReportOption, number>>>;
}>;

/** The value of an option: as asked, or its default. */
export function optionOf({ options }: Pick<ReportQuery, "options">, name: ReportOption): number {
  return options?.[name] ?? REPORT_OPTIONS[name].default;
}

export type Unit = "usd_picos" | "tokens" | "calls" | "ratio" | "ms" | "time" | "text";

/** `missing`: what no row means in a series; dimensions have none. */
export type Column = Readonly<{ key: string; label: string; unit: Unit; missing?: "zero" | "gap" }>;

/** A cell: text for dimensions, bigint for exact sums (picodollars, tokens, calls), number for ratios and means, Date for times. */
export type Cell = string | bigint | number | Date | null;
export type Row = Readonly<Record<string, Cell>>;

/** What the totals leave out. Calls and tokens as exact counts, money in picodollars. */
export type Coverage = Readonly<{
  calls: bigint;
  tokens: bigint;
  unpricedCalls: bigint;
  unpricedTokens: bigint;
  estimatedCalls: bigint;
  estimatedCostUsdPicos: bigint;
}>;

export type ReportResult = Readonly<{
  report: string;
  period: Period;
  compare: Period | null;
  bucket: FineBucket | null;
  /** When the figures were read. */
  asOf: Date;
  columns: readonly Column[];
  /**
   * Sorted and cut to `limit`. A series has a `bucket` cell and no row where nothing happened: whether that is a zero or
   * a gap is the measure's `missing`. `compare_<key>` cells hold the comparison when one was asked for, of the bucket in
   * the same place; null when there was nothing.
   */
  rows: readonly Row[];
  /** How many rows, in a series how many groups, there are without the limit. */
  rowCount: number;
  /** Over all rows, also those cut off. Same keys as a row, without dimensions. */
  totals: Row;
  coverage: Coverage;
}>;
