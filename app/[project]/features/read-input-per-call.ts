import type { SeriesRow } from "@/components/charts/prepare-series";
import type { Scope } from "@/lib/auth/scope";
import type { Bucket } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { ReportResult, Row } from "@/lib/reports/schema";
import { ratioOf } from "../panels/summarize";
import type { View } from "../view";

const MEASURE = "input_tokens_per_call";

/** Input tokens per call by feature: over time, and over the whole period beside the comparison. */
export type InputPerCallFigures = Readonly<{
  series: ReportResult;
  /** One row a feature, dearest first, with `input_tokens_per_call` and `compare_input_tokens_per_call`. */
  features: readonly Row[];
  featureCount: number;
}>;

/** Reads both for the dearest `limit` features that the filters let through. */
export async function readInputPerCall(
  scope: Scope,
  view: View,
  bucket: Bucket,
  limit: number,
): Promise<InputPerCallFigures> {
  const query = { ...view.query, measures: [MEASURE], groupBy: ["feature" as const], limit };
  const [series, summary] = await Promise.all([
    runReport(scope, "input-tokens-per-call", { ...query, bucket, sort: null }),
    runReport(scope, "usage-summary", { ...query, bucket: null, sort: { key: "cost", dir: "desc" } }),
  ]);
  return { series, features: summary.rows, featureCount: summary.rowCount };
}

/** The mean of one feature over the period; null without calls. */
export const meanInput = (row: Row): number | null => ratioOf(row, MEASURE);

/** The mean of one feature over the comparison; null without calls then. */
export const meanInputBefore = (row: Row): number | null => ratioOf(row, `compare_${MEASURE}`);

/**
 * The series as lines, one a feature. `bases` makes them relative: each value as a share of its feature's base, so that
 * a prompt of 700 tokens and one of 120,000 can be seen to drift in one picture.
 */
export function toLines({ rows }: ReportResult, bases?: ReadonlyMap<string, number>): readonly SeriesRow[] {
  return rows.flatMap((row): SeriesRow[] => {
    const value = ratioOf(row, MEASURE);
    const key = row.feature;
    if (!(row.bucket instanceof Date) || typeof key !== "string" || value === null) return [];
    const base = bases ? bases.get(key) : 1;
    return base ? [{ at: row.bucket, key, value: value / base }] : [];
  });
}

/** The comparison as lines, each point at the time of its own bucket. */
export function toLinesBefore({ rows, period, compare }: ReportResult): readonly SeriesRow[] {
  const shift = compare ? period.from.getTime() - compare.from.getTime() : 0;
  return rows.flatMap((row): SeriesRow[] => {
    const value = ratioOf(row, `compare_${MEASURE}`);
    if (!(row.bucket instanceof Date) || value === null) return [];
    return [{ at: new Date(row.bucket.getTime() - shift), key: String(row.feature), value }];
  });
}
