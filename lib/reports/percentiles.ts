import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callsWithin } from "@/lib/calls/filters";
import { scanCalls } from "@/lib/calls/scan";
import type { Bucket } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { RowDimension } from "./row-dimensions";
import type { Cell, ReportQuery } from "./schema";

/** Percentiles by nearest rank, each a value that was really measured; and the mean of the same values. */
export type Percentiles = Readonly<{ n: bigint; p50: number; p95: number; p99: number; mean: number }>;

/** One group, in one bucket where the question has any, and the percentiles of each of its measurements that has any. */
export type PercentileGroup = Readonly<{
  names: Readonly<Record<string, Cell>>;
  of: Readonly<Record<string, Percentiles>>;
}>;

export type PercentileQuestion = Readonly<{
  dimensions: readonly RowDimension[];
  bucket: Bucket | null;
  /** What is measured, by name: a number of a row of llm_call, all of one type; null is not measured. */
  values: Readonly<Record<string, Prisma.Sql>>;
  /** Which calls, beside those of the query. */
  where: Prisma.Sql;
}>;

const raw = Prisma.raw;
const list = (parts: readonly Prisma.Sql[]) => Prisma.join([...parts], ", ");

/**
 * Percentiles from the calls themselves, by group and over all of them (`total`); percentiles of parts cannot be averaged
 * into that of the whole. Equal values are counted first and then summed up in order, which is one pass over the calls
 * and a sort of what differs. Nearest rank: the smallest value that at least p % of the values do not exceed (type 1
 * of Hyndman and Fan 1996; percentile_disc of PostgreSQL).
 * @throws ScanTimeout when there are too many calls.
 */
export async function readPercentiles(
  scope: Scope,
  query: Pick<ReportQuery, "period" | "filters">,
  { dimensions, bucket, values, where }: PercentileQuestion,
): Promise<Readonly<{ groups: readonly PercentileGroup[]; total: PercentileGroup["of"] }>> {
  const kinds = Object.keys(values);
  const keys = [
    ...(bucket ? [{ name: "bucket", sql: Prisma.sql`date_trunc(${bucket}, occurred_at, 'UTC')` }] : []),
    ...dimensions.map((name) => ({ name, sql: DIMENSION_CATALOGUE[name].sql })),
  ];
  const names = keys.map(({ name }) => raw(`d_${name}`));
  const measured = Prisma.join(
    kinds.map((kind, at) => Prisma.sql`(${raw(String(at))}, ${values[kind] ?? Prisma.empty})`),
    ", ",
  );
  const columns = list([...keys.map(({ name, sql }) => Prisma.sql`${sql} AS ${raw(`d_${name}`)}`), raw("kind, value")]);
  const own = list([...names, raw("kind")]);
  const [first] = names;
  const isTotal = first ? Prisma.sql`grouping(${first})` : raw("1");
  const sets = first ? Prisma.sql`GROUPING SETS ((${own}, value), (kind, value))` : raw("kind, value");
  const at = (percent: number) =>
    Prisma.sql`min(value) FILTER (WHERE below * 100 >= total * ${raw(String(percent))})::float8 AS ${raw(`p${percent}`)}`;
  const rows = await scanCalls<Record<string, Cell> & { is_total: number; kind: number; n: bigint }>(Prisma.sql`
    WITH counted AS (
      SELECT ${columns}, count(*) AS n
      FROM llm_call CROSS JOIN LATERAL (VALUES ${measured}) AS measured (kind, value)
      WHERE ${callsWithin(scope, query)} AND line = 0 AND ${where} AND value IS NOT NULL
      GROUP BY ${raw(Array.from({ length: keys.length + 2 }, (_, i) => i + 1).join(", "))}),
    cell AS (SELECT ${isTotal} AS is_total, ${own}, value, sum(n)::bigint AS n FROM counted GROUP BY ${sets}),
    ranked AS (
      SELECT is_total, ${own}, value, n, sum(n) OVER (PARTITION BY is_total, ${own} ORDER BY value) AS below,
        sum(n) OVER (PARTITION BY is_total, ${own}) AS total
      FROM cell)
    SELECT is_total, ${own}, max(total)::bigint AS n, (sum(value * n) / max(total))::float8 AS mean, ${list([50, 95, 99].map(at))}
    FROM ranked GROUP BY is_total, ${own}`);
  const groups = new Map<string, { names: Record<string, Cell>; of: Record<string, Percentiles> }>();
  const total: Record<string, Percentiles> = {};
  for (const row of rows) {
    const kind = kinds[Number(row.kind)] ?? "";
    const [p50, p95, p99, mean] = [row.p50, row.p95, row.p99, row.mean].map(Number) as [number, number, number, number];
    const found = { n: BigInt(row.n), p50, p95, p99, mean };
    if (Number(row.is_total) === 1) {
      total[kind] = found;
      continue;
    }
    const own = Object.fromEntries(keys.map(({ name }) => [name, row[`d_${name}`] ?? null]));
    const id = JSON.stringify(own);
    const group = groups.get(id) ?? { names: own, of: {} };
    group.of[kind] = found;
    groups.set(id, group);
  }
  return { groups: [...groups.values()], total };
}
