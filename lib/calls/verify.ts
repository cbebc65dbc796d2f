import "server-only";
import { ROLLUP_BOUNDS, ROLLUP_DIMENSIONS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";

/** A group of a rollup that is not the sum of its calls. Counts and picodollars by measure; null where there is no such group. */
export type Difference = Readonly<{
  table: "usage_hour" | "usage_day";
  /** project_id, bucket and the dimensions. */
  key: Readonly<Record<string, unknown>>;
  raw: Readonly<Record<string, unknown>> | null;
  rollup: Readonly<Record<string, unknown>> | null;
}>;

export type Verification = Readonly<{
  /** Groups of both rollups that were compared. */
  groups: number;
  /** Calls behind the groups by the hour. */
  calls: bigint;
  /** Groups whose calls went with their month; nothing is left to compare them with. */
  retired: number;
  differences: readonly Difference[];
}>;

const KEY = ["project_id", "bucket", ...ROLLUP_DIMENSIONS];
const VALUES = { ...ROLLUP_MEASURES, ...ROLLUP_BOUNDS };
const values = Object.keys(VALUES);
const key = Prisma.raw(KEY.join(", "));
const rawValues = Prisma.raw(
  Object.entries(VALUES)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", "),
);
const of = (side: string) => values.map((name) => `${side}.${name}`).join(", ");
const object = (names: readonly string[], side: string) =>
  `jsonb_build_object(${names.map((name) => `'${name}', ${side}${name}`).join(", ")})`;
const isDifferent = Prisma.raw(
  `raw.calls IS NULL OR kept.calls IS NULL OR (${of("raw")}) IS DISTINCT FROM (${of("kept")})`,
);
const found = Prisma.raw(
  `${object(KEY, "")} AS key,
   CASE WHEN raw.calls IS NOT NULL THEN ${object(values, "raw.")} END AS raw,
   CASE WHEN kept.calls IS NOT NULL THEN ${object(values, "kept.")} END AS rollup`,
);

/**
 * Recomputes both rollups from the calls and compares every measure, both ways: groups that differ, are missing or
 * should not be. A day at a time, each in one statement and so on one state of the database: a live system may go on.
 * @param onDay told of every UTC day before it is looked at, for progress.
 */
export async function verifyRollups(onDay: (day: Date) => void = () => undefined): Promise<Verification> {
  const months = await listMonths();
  const differences: Difference[] = [];
  let groups = 0;
  let calls = 0n;
  for (const month of months) {
    for (const day of daysOf(month)) {
      onDay(day);
      for (const table of ["usage_hour", "usage_day"] as const) {
        const compared = await compareDay(table, day);
        differences.push(...compared.differences.map((difference) => ({ table, ...difference })));
        groups += compared.groups;
        if (table === "usage_hour") calls += compared.calls;
      }
    }
  }
  return { groups, calls, retired: await countRetired(months), differences };
}

/** First moments of the months that have a partition. */
async function listMonths(): Promise<Date[]> {
  const partitions = await readDb().$queryRaw<{ name: string }[]>`
    SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'llm_call'::regclass ORDER BY 1`;
  return partitions.flatMap(({ name }) => {
    const [, year, month] = /llm_call_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return year && month ? [new Date(`${year}-${month}-01T00:00:00Z`)] : [];
  });
}

function daysOf(month: Date): Date[] {
  const days: Date[] = [];
  for (let day = month; day.getUTCMonth() === month.getUTCMonth(); day = new Date(day.getTime() + 86_400_000)) {
    days.push(day);
  }
  return days;
}

type DayComparison = { groups: number; calls: bigint; differences: Omit<Difference, "table">[] };

async function compareDay(table: Difference["table"], day: Date): Promise<DayComparison> {
  const from = Prisma.sql`${day.toISOString()}::timestamptz`;
  const unit = table === "usage_hour" ? "hour" : "day";
  const both = Prisma.sql`
    WITH raw AS (
      SELECT project_id, date_trunc(${unit}, occurred_at, 'UTC') AS bucket, environment, tenant_id, feature, deploy_sha,
        provider, model, service_tier, attempt > 1 AS is_retry, ${rawValues}
      FROM llm_call WHERE occurred_at >= ${from} AND occurred_at < ${from} + interval '1 day'
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    kept AS (
      SELECT * FROM ${Prisma.raw(table)} WHERE bucket >= ${from} AND bucket < ${from} + interval '1 day'),
    compared AS (
      SELECT coalesce(raw.calls, 0) AS calls, ${isDifferent} AS is_different, ${found}
      FROM raw FULL JOIN kept USING (${key}))`;
  const rows = await readDb().$queryRaw<
    { groups: bigint; calls: bigint; differences: Omit<Difference, "table">[] | null }[]
  >`${both}
    SELECT count(*) AS groups, coalesce(sum(calls), 0)::bigint AS calls,
      jsonb_agg(jsonb_build_object('key', key, 'raw', raw, 'rollup', rollup)) FILTER (WHERE is_different) AS differences
    FROM compared`;
  const [row] = rows;
  return { groups: Number(row?.groups ?? 0), calls: row?.calls ?? 0n, differences: row?.differences ?? [] };
}

async function countRetired(months: readonly Date[]): Promise<number> {
  const starts = months.map((month) => month.toISOString());
  const [row] = await readDb().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (SELECT bucket FROM usage_hour UNION ALL SELECT bucket FROM usage_day) AS kept
    WHERE date_trunc('month', bucket, 'UTC') <> ALL(${starts}::text[]::timestamptz[])`;
  return Number(row?.count ?? 0);
}
