import type { Scope } from "@/lib/auth/scope";
import { type Bucket, defaultBucket, type Period } from "@/lib/period";
import { buildReport } from "./builder";
import { MEASURES, type MeasureKey } from "./catalogue";
import { DIMENSIONS, type Dimension, type ReportOption, type ReportQuery, type ReportResult } from "./schema";
import type { StandardReport } from "./standard-reports";

/** A named report: what it answers, what may be asked of it, and how it is run. */
export type Report = Readonly<{
  label: string;
  question: string;
  /** What its rows are cut by, whatever else is asked. */
  dimensions: readonly string[];
  /** What `group_by` may add. */
  groupable: readonly Dimension[];
  /** Its columns unless others are asked for. */
  measures: readonly MeasureKey[];
  /** What `measures` may ask for; empty where the columns are fixed. */
  selectable: readonly MeasureKey[];
  /** All that it can be sorted by, where that is not its measures and dimensions; empty where its order is fixed. */
  sorts?: readonly string[];
  /** True where `bucket` makes a series of it. */
  hasSeries?: boolean;
  /** True where exactly one `filter.deploy` says which deploy is meant. */
  needsDeploy?: boolean;
  /** The numbers of `REPORT_OPTIONS` that it goes by. */
  options?: readonly ReportOption[];
  /** The buckets at which an export may read it piece by piece; null where it must be read as a whole. */
  slicedBy: (query: ReportQuery) => Bucket | null;
  run: (scope: Scope, query: ReportQuery, asOf: Date) => Promise<ReportResult>;
}>;

/** The last days of the period, held against nothing. */
function keepLast(query: ReportQuery, days: number): ReportQuery {
  const from = Math.max(query.period.from.getTime(), query.period.to.getTime() - days * 86_400_000);
  return { ...query, period: { from: new Date(from), to: query.period.to }, compare: null };
}

/** A report that the builder answers on its own. */
export function standardReport(name: string, report: StandardReport): Report {
  const { label, question, dimensions, measures, bucket, sort, lastDays } = report;
  const own = (period: Period) => (bucket === "auto" ? defaultBucket(period) : (bucket ?? null));
  return {
    label,
    question,
    dimensions,
    groupable: DIMENSIONS.filter((dimension) => !dimensions.includes(dimension)),
    measures,
    selectable: MEASURES,
    hasSeries: true,
    slicedBy: (query) => (lastDays ? null : (query.bucket ?? own(query.period))),
    run: (scope, query, asOf) => {
      const chosen = MEASURES.filter((key) => query.measures.includes(key));
      const asked: ReportQuery = {
        ...(lastDays ? keepLast(query, lastDays) : query),
        bucket: query.bucket ?? own(query.period),
        groupBy: [...new Set([...dimensions, ...query.groupBy])],
        sort: query.sort ?? sort,
      };
      return buildReport(scope, name, asked, chosen.length > 0 ? chosen : measures, asOf);
    },
  };
}
