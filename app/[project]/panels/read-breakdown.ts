import type { Scope } from "@/lib/auth/scope";
import { defaultBucket, listBuckets, nextBucket } from "@/lib/period";
import type { MeasureKey } from "@/lib/reports/catalogue";
import { MAX_LIMIT } from "@/lib/reports/query";
import { runReport } from "@/lib/reports/registry";
import type { Dimension, Filter, ReportResult, Row } from "@/lib/reports/schema";
import type { View } from "../view";
import { lastWeek } from "./summarize";

/** A trend over the complete buckets of the period, as floats for a sparkline. */
export type Trend = readonly number[];

export type Breakdown = Readonly<{
  result: ReportResult;
  /** The rows of this page of the table. */
  rows: readonly Row[];
  /** Rows before the first shown one, and how many there are in all. */
  offset: number;
  count: number;
  /** What all rows not shown come to; null when every row is shown, or when a search picked them. */
  others: Row | null;
  trends: ReadonlyMap<string, Trend>;
  /** The last seven days against the seven before (Recipe 2), by name; of all rows, also those not shown, under "". */
  weeks: ReadonlyMap<string, Row>;
}>;

export type BreakdownQuestion = Readonly<{
  dimension: Dimension;
  measures: readonly MeasureKey[];
  /** Rows a page. */
  limit: number;
  /** 1 for the first page. */
  page?: number;
  /** Only names that hold this text, in any case. */
  search?: string;
  hasTrend?: boolean;
  hasWeek?: boolean;
}>;

/**
 * Reads a page of a table by one dimension: rows, the sum of all others, totals and a trend a row. The others are asked
 * for, not subtracted, so that their ratios are right too.
 */
export async function readBreakdown(scope: Scope, view: View, question: BreakdownQuestion): Promise<Breakdown> {
  const { dimension, measures, limit, page = 1, search = "", hasTrend = true, hasWeek = false } = question;
  const base = { ...view.query, bucket: null };
  const result = await runReport(scope, "usage-summary", {
    ...base,
    groupBy: [dimension],
    measures,
    limit: search ? MAX_LIMIT : Math.min(MAX_LIMIT, page * limit),
  });
  const found = search ? result.rows.filter((row) => matches(row[dimension], search)) : result.rows;
  const offset = (page - 1) * limit;
  const rows = found.slice(offset, offset + limit);
  const names = rows.map((row) => String(row[dimension]));
  const hasOthers = !search && page === 1 && result.rowCount > rows.length && rows.length > 0;
  const [others, trends, weeks] = await Promise.all([
    hasOthers
      ? runReport(scope, "usage-summary", { ...base, measures, sort: null, filters: [...base.filters, without()] })
      : null,
    hasTrend ? readTrends(scope, view, dimension, names) : new Map<string, Trend>(),
    hasWeek ? readWeeks(scope, view, dimension, names) : new Map<string, Row>(),
  ]);
  return {
    result,
    rows,
    offset,
    count: search ? found.length : result.rowCount,
    others: others?.totals ?? null,
    trends,
    weeks,
  };

  function without(): Filter {
    return { dimension, op: "is_not", values: names };
  }
}

function matches(name: Row[string] | undefined, search: string): boolean {
  return typeof name === "string" && name.toLowerCase().includes(search.toLowerCase());
}

async function readWeeks(
  scope: Scope,
  view: View,
  dimension: Dimension,
  names: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  if (names.length === 0) return new Map();
  const { rows, totals } = await runReport(scope, "usage-summary", {
    ...view.query,
    ...lastWeek(view),
    bucket: null,
    groupBy: [dimension],
    measures: ["cost"],
    sort: null,
    limit: MAX_LIMIT,
  });
  const shown = new Set(names);
  const found = rows.filter((row) => shown.has(String(row[dimension])));
  return new Map([["", totals], ...found.map((row) => [String(row[dimension]), row] as const)]);
}

async function readTrends(
  scope: Scope,
  view: View,
  dimension: Dimension,
  names: readonly string[],
): Promise<ReadonlyMap<string, Trend>> {
  if (names.length === 0) return new Map();
  const bucket = defaultBucket(view.query.period);
  const { rows } = await runReport(scope, "cost-over-time", {
    ...view.query,
    compare: null,
    bucket,
    groupBy: [dimension],
    measures: ["cost"],
    sort: null,
    limit: names.length,
    filters: [...view.query.filters, { dimension, op: "is", values: names }],
  });
  const complete = listBuckets(view.query.period, bucket).filter((at) => nextBucket(at, bucket) <= view.now);
  const place = new Map(complete.map((at, index) => [at.getTime(), index]));
  const trends = new Map(names.map((name) => [name, complete.map(() => 0)]));
  for (const row of rows) {
    const index = row.bucket instanceof Date ? place.get(row.bucket.getTime()) : undefined;
    const trend = trends.get(String(row[dimension]));
    if (index !== undefined && trend) trend[index] = Number(row.cost);
  }
  return trends;
}
