import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";
import { DIMENSION_CATALOGUE, MEASURE_CATALOGUE, type MeasureKey, sumsOf } from "./catalogue";
import { type RawRow, readCell, readCoverage } from "./cells";
import type { Bucket, Column, ReportQuery, ReportResult, Row } from "./schema";
import { before, current, group, orderTerms, sortMeasure } from "./sort";
import { COVERAGE_SUMS, isBound, SUMS, type Sum } from "./sums";
import { type UsageRows, usageRows } from "./usage-rows";

const BUCKET_MS = { hour: 3_600_000, day: 86_400_000 } as const;

/** What a query comes to: the sums it needs, and whether it is a series whose lesser groups are added up. */
type Plan = Readonly<{ query: ReportQuery; measures: readonly MeasureKey[]; sums: readonly Sum[]; folds: boolean }>;

const raw = Prisma.raw;
const list = (parts: readonly Prisma.Sql[]) => Prisma.join([...parts], ", ");
const groups = ({ query }: Plan) => query.groupBy.map(group);
const keys = (plan: Plan) => [...(plan.query.bucket ? [raw("d_bucket")] : []), ...groups(plan)];
const groupBy = (columns: readonly Prisma.Sql[]) =>
  columns.length > 0 ? Prisma.sql`GROUP BY ${list(columns)}` : Prisma.empty;

/** The bucket of a row, moved to where it lies in the period; rows that are whole buckets need no arithmetic. */
function bucketOf({ table }: UsageRows, bucket: Bucket, shift: number): Prisma.Sql {
  const grain = table === "usage_day" ? "day" : "hour";
  const moved = shift === 0 ? raw("bucket") : Prisma.sql`bucket + ${shift}::float8 * interval '1 millisecond'`;
  return grain === bucket && shift % BUCKET_MS[grain] === 0
    ? moved
    : Prisma.sql`date_trunc(${bucket}, ${moved}, 'UTC')`;
}

/** Sums of one era by bucket and group; the buckets of the comparison are laid over those of the period. */
function eraCells(scope: Scope, { query, sums }: Plan, era: 0 | 1): readonly Prisma.Sql[] {
  const { bucket, groupBy: dimensions, filters } = query;
  const span = era === 0 ? query.period : query.compare;
  if (!span) return [];
  const shift = query.period.from.getTime() - span.from.getTime();
  const coarsest = bucket === "hour" || (bucket && shift % BUCKET_MS.day !== 0) ? "hour" : "day";
  return usageRows(scope, span, filters, coarsest).map((rows) => {
    const by = [
      ...(bucket ? [Prisma.sql`${bucketOf(rows, bucket, shift)} AS d_bucket`] : []),
      ...dimensions.map((name) => Prisma.sql`${DIMENSION_CATALOGUE[name].sql} AS ${group(name)}`),
    ];
    const columns = [...by, ...sums.map((name) => Prisma.sql`${SUMS[name].fold}(${SUMS[name].row}) AS ${raw(name)}`)];
    const positions = groupBy(by.map((_, i) => raw(String(i + 2))));
    return Prisma.sql`SELECT ${raw(String(era))} AS era, ${list(columns)} FROM (${rows.sql}) AS usage ${positions}`;
  });
}

/** `now_<sum>` and `then_<sum>`: nothing in the period is zero, nothing in the comparison stays null. */
function eraSums({ sums }: Plan): Prisma.Sql {
  return list(
    sums.flatMap((name) => {
      const of = (era: number) => Prisma.sql`${SUMS[name].fold}(${raw(name)}) FILTER (WHERE era = ${raw(String(era))})`;
      return [
        Prisma.sql`${isBound(name) ? of(0) : Prisma.sql`coalesce(${of(0)}, 0)`} AS ${current(name)}`,
        Prisma.sql`${of(1)} AS ${before(name)}`,
      ];
    }),
  );
}

/** The dearest groups keep their name; all others become null, and are added up with it. */
function folding(plan: Plan): Prisma.Sql {
  const names = list(groups(plan));
  const same = plan.query.groupBy.map((name) => Prisma.sql`cell.${group(name)} = kept.${group(name)}`);
  const plainColumns = [raw("era"), raw("d_bucket"), ...plan.sums.map((name) => raw(name))];
  return Prisma.sql`,
    ranked AS (SELECT ${names}, ${eraSums(plan)} FROM cell GROUP BY ${names}),
    kept AS (SELECT ${names} FROM ranked ORDER BY ${list(orderTerms(plan.query, "groups"))} LIMIT ${plan.query.limit}),
    folded AS (
      SELECT ${list(plainColumns)}, ${list(plan.query.groupBy.map((name) => Prisma.sql`kept.${group(name)}`))}
      FROM cell LEFT JOIN kept ON ${Prisma.join(same, " AND ")})`;
}

function measureColumns({ query, measures }: Plan): readonly Prisma.Sql[] {
  const typed = (key: MeasureKey, of: (name: Sum) => Prisma.Sql) => {
    const { sql, cell } = MEASURE_CATALOGUE[key];
    if (cell === "time") return sql(of);
    return cell === "exact" ? Prisma.sql`(${sql(of)})::text` : Prisma.sql`(${sql(of)})::float8`;
  };
  return measures.flatMap((key) => [
    Prisma.sql`${typed(key, current)} AS ${raw(key)}`,
    ...(query.compare ? [Prisma.sql`${typed(key, before)} AS ${raw(`compare_${key}`)}`] : []),
  ]);
}

/** By the hour there are many rows: what covers the whole period is then added up apart, from the days. */
const coversApart = (query: ReportQuery) => query.bucket === "hour";

function covering(scope: Scope, { query, measures }: Plan): Prisma.Sql {
  const whole = { query: { ...query, bucket: null, groupBy: [] }, measures, folds: false, sums: COVERAGE_SUMS };
  const sums = COVERAGE_SUMS.map((name) => Prisma.sql`sum(${raw(name)}) AS ${raw(`all_${name}`)}`);
  return Prisma.sql`, covered AS (
    SELECT ${list(sums)} FROM (${Prisma.join([...eraCells(scope, whole, 0)], " UNION ALL ")}) AS parts)`;
}

function statement(scope: Scope, plan: Plan): Prisma.Sql {
  const by = keys(plan);
  const cells = [...eraCells(scope, plan, 0), ...eraCells(scope, plan, 1)];
  const isTotal = by[0] ? Prisma.sql`grouping(${by[0]})` : raw("1");
  const sets = by.length > 0 ? Prisma.sql`GROUP BY GROUPING SETS ((${list(by)}), ())` : Prisma.empty;
  const apart = coversApart(plan.query);
  const coverage = COVERAGE_SUMS.map((name) => {
    const sum = apart ? raw(`all_${name}`) : current(name);
    return Prisma.sql`CASE WHEN is_total = 1 THEN coalesce(${sum}, 0)::text END AS ${raw(`coverage_${name}`)}`;
  });
  const count = plan.folds ? raw("(SELECT count(*) FROM ranked)") : raw("count(*) OVER () - 1");
  const limit = plan.folds ? Prisma.empty : Prisma.sql`LIMIT ${plan.query.limit + 1}`;
  return Prisma.sql`WITH cell AS (${Prisma.join(cells, " UNION ALL ")})${plan.folds ? folding(plan) : Prisma.empty},
    grouped AS (
      SELECT ${isTotal} AS is_total, ${list([...by, eraSums(plan)])}
      FROM ${raw(plan.folds ? "folded" : "cell")} ${sets})${apart ? covering(scope, plan) : Prisma.empty}
    SELECT ${list([raw("is_total"), ...by, ...measureColumns(plan), ...coverage])}, ${count} AS row_count
    FROM grouped ${raw(apart ? "CROSS JOIN covered" : "")} ORDER BY ${list([raw("is_total DESC"), ...orderTerms(plan.query, "rows")])} ${limit}`;
}

/** The columns of a result, in the order in which they are shown and written to CSV. */
export function columnsOf(query: ReportQuery, measures: readonly MeasureKey[]): readonly Column[] {
  const bucket: Column = { key: "bucket", label: query.bucket ?? "", unit: "time" };
  return [
    ...(query.bucket ? [bucket] : []),
    ...query.groupBy.map((key): Column => ({ key, label: DIMENSION_CATALOGUE[key].label, unit: "text" })),
    ...measures.flatMap((key): Column[] => {
      const { label, unit, missing } = MEASURE_CATALOGUE[key];
      const earlier: Column = { key: `compare_${key}`, label: `${label} before`, unit, missing };
      return query.compare ? [{ key, label, unit, missing }, earlier] : [{ key, label, unit, missing }];
    }),
  ];
}

function readRow({ query, measures }: Plan, values: RawRow, isTotal: boolean): Row {
  const row: Record<string, Row[string]> = {};
  if (!isTotal && query.bucket) row.bucket = values.d_bucket ?? null;
  if (!isTotal) for (const name of query.groupBy) row[name] = values[`d_${name}`] ?? null;
  for (const key of measures) {
    row[key] = readCell(key, values[key]);
    if (query.compare) row[`compare_${key}`] = readCell(key, values[`compare_${key}`]);
  }
  return row;
}

/**
 * Answers a query from the rollups in one statement: rows, totals over all of them, comparison and coverage.
 * @param measures keys of the catalogue, in the order of the columns.
 */
export async function buildReport(
  scope: Scope,
  report: string,
  query: ReportQuery,
  measures: readonly MeasureKey[],
  asOf: Date,
): Promise<ReportResult> {
  const folds = query.bucket !== null && query.groupBy.length > 0;
  const ordered = sortMeasure(query);
  const sums = sumsOf([...measures, ...(ordered ? [ordered] : []), ...(folds ? (["cost"] as const) : [])]);
  const plan: Plan = {
    query,
    measures,
    folds,
    sums: [...new Set([...sums, ...(coversApart(query) ? [] : COVERAGE_SUMS)])],
  };
  const found = await readDb().$queryRaw<RawRow[]>(statement(scope, plan));
  const [total, ...rest] = found;
  const totals = readRow(plan, total ?? {}, true);
  const rows = keys(plan).length > 0 ? rest.map((values) => readRow(plan, values, false)) : [totals];
  return {
    report,
    period: query.period,
    compare: query.compare,
    bucket: query.bucket,
    asOf,
    columns: columnsOf(query, measures),
    rows,
    rowCount: keys(plan).length > 0 ? Number(total?.row_count ?? 0) : 1,
    totals,
    coverage: readCoverage(total),
  };
}
