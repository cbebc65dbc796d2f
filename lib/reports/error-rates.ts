import type { Scope } from "@/lib/auth/scope";
import { groupBy } from "@/lib/group-by";
import { defaultBucket, type FineBucket, type Period } from "@/lib/period";
import { type AttemptCell, countByMinute, readAttemptCells } from "./attempt-cells";
import { buildReport } from "./builder";
import { DIMENSION_CATALOGUE } from "./catalogue";
import { largestGroups } from "./largest-groups";
import type { Report } from "./report";
import { ROW_DIMENSIONS } from "./row-dimensions";
import { type Column, EVERY_ROW, type ReportQuery, type ReportResult, type Row } from "./schema";

const BY_MINUTE_MS = 6 * 3_600_000;
const LIMITED = 429;
/** Anthropic's own: the service is overloaded, whoever asks. */
const OVERLOADED = 529;

/** The bucket of a series of errors: minutes up to six hours, unless another is asked for. */
export function errorBucket(period: Period, asked: ReportQuery["bucket"]): FineBucket {
  if (asked) return asked;
  return period.to.getTime() - period.from.getTime() <= BY_MINUTE_MS ? "minute" : defaultBucket(period);
}

const ratio = (part: bigint, whole: bigint) => (whole === 0n ? null : Number(part) / Number(whole));

/** How many of some calls failed, and how. `cells` are those of the same calls. */
export function errorRow(calls: bigint, cells: readonly AttemptCell[]): Row {
  const failed = cells.filter(({ status }) => status >= 400);
  const count = (of: (status: number) => boolean) =>
    failed.reduce((sum, { status, calls }) => (of(status) ? sum + calls : sum), 0n);
  const [limited, overloaded, all] = [
    count((status) => status === LIMITED),
    count((status) => status === OVERLOADED),
    count(() => true),
  ];
  const others = all - limited - overloaded;
  return {
    calls,
    rate_limited: limited,
    overloaded,
    other_errors: others,
    rate_limited_rate: ratio(limited, calls),
    overloaded_rate: ratio(overloaded, calls),
    other_error_rate: ratio(others, calls),
    failed_rate: ratio(all, calls),
  };
}

const callsOf = (row: Row) => (typeof row.calls === "bigint" ? row.calls : 0n);

const COLUMNS: readonly Column[] = [
  { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
  { key: "rate_limited", label: "Rate limited (429)", unit: "calls", missing: "zero" },
  { key: "overloaded", label: "Overloaded (529)", unit: "calls", missing: "zero" },
  { key: "other_errors", label: "Other errors", unit: "calls", missing: "zero" },
  { key: "rate_limited_rate", label: "Rate limited share", unit: "ratio", missing: "gap" },
  { key: "overloaded_rate", label: "Overloaded share", unit: "ratio", missing: "gap" },
  { key: "other_error_rate", label: "Other error share", unit: "ratio", missing: "gap" },
  { key: "failed_rate", label: "Failed attempts", unit: "ratio", missing: "gap" },
];

/** How many calls each bucket and group has, from the rollups; minutes from the calls. */
async function countCalls(scope: Scope, query: ReportQuery, bucket: FineBucket, asOf: Date): Promise<ReportResult> {
  const whole = { ...query, compare: null, sort: null, limit: EVERY_ROW };
  if (bucket !== "minute") return buildReport(scope, "error-rates", { ...whole, bucket }, ["calls"], asOf);
  const [frame, minutes] = await Promise.all([
    buildReport(scope, "error-rates", { ...whole, bucket: null, groupBy: [] }, ["calls"], asOf),
    countByMinute(scope, query),
  ]);
  const rows = [...minutes].sort(([a], [b]) => a - b).map(([at, calls]): Row => ({ bucket: new Date(at), calls }));
  return { ...frame, rows };
}

/**
 * Attempts that failed, over time: 429, 529 and the others, each with its share of all calls. Up to six hours by the minute,
 * unless a bucket or a grouping is asked for. A bucket without calls has no row. `limit` keeps the groups with the most calls,
 * and adds up the others in rows without a name; it never cuts the time.
 */
export const errorRates: Report = {
  label: "Error rates",
  question: "How many attempts fail, when, and how?",
  dimensions: [],
  groupable: ROW_DIMENSIONS,
  measures: [],
  selectable: [],
  hasSeries: true,
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const dimensions = ROW_DIMENSIONS.filter((name) => query.groupBy.includes(name));
    const fine = errorBucket(query.period, query.bucket);
    // Of groups the rollups know no minutes.
    const bucket = fine === "minute" && dimensions.length > 0 ? "hour" : fine;
    const [counted, cells] = await Promise.all([
      countCalls(scope, { ...query, groupBy: dimensions }, bucket, asOf),
      readAttemptCells(scope, query, dimensions, bucket),
    ]);
    const keyOf = (at: unknown, names: Readonly<Record<string, unknown>>) =>
      JSON.stringify([at instanceof Date ? at.getTime() : null, ...dimensions.map((name) => names[name])]);
    const { keep, groups } = largestGroups(counted.rows, dimensions, callsOf, query.limit);
    const byKey = groupBy(cells, (cell) => keyOf(cell.bucket, keep(cell.names)));
    const rows = [...groupBy(counted.rows, (row) => keyOf(row.bucket, keep(row)))].map(([key, parts]): Row => {
      const [one = {}] = parts;
      const calls = parts.reduce((sum, row) => sum + callsOf(row), 0n);
      return { bucket: one.bucket ?? null, ...keep(one), ...errorRow(calls, byKey.get(key) ?? []) };
    });
    const names = dimensions.map((key): Column => ({ key, label: DIMENSION_CATALOGUE[key].label, unit: "text" }));
    return {
      ...counted,
      compare: null,
      bucket,
      columns: [{ key: "bucket", label: bucket, unit: "time" }, ...names, ...COLUMNS],
      rows,
      rowCount: groups,
      totals: errorRow(callsOf(counted.totals), cells),
    };
  },
};
