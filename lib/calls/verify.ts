import "server-only";
import type { Scope } from "@/lib/auth/scope";
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

/** Every project that has a call or a rollup, whether or not it is still listed. */
export async function listProjectIds(): Promise<number[]> {
  const rows = await readDb().$queryRaw<{ id: number }[]>`
    SELECT id FROM project UNION SELECT project_id FROM usage_hour UNION SELECT project_id FROM usage_day
    UNION SELECT project_id FROM llm_call ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/**
 * Recomputes both rollups of a project from its calls and compares every measure, both ways: groups that differ, are missing
 * or should not be. A day at a time, each in one statement and so on one state of the database: a live system may go on.
 * @param scope all of a project, see `systemScope`.
 */
export async function verifyRollups({ projectId }: Scope): Promise<Verification> {
  const differences: Difference[] = [];
  let groups = 0;
  let calls = 0n;
  let retired = 0;
  const months = await listMonths();
  for (const { day, groups: inRollups } of await listDays(projectId)) {
    if (!months.has(day.toISOString().slice(0, 7))) {
      retired += inRollups;
      continue;
    }
    for (const table of ["usage_hour", "usage_day"] as const) {
      const compared = await compareDay(projectId, table, day);
      differences.push(...compared.differences.map((difference) => ({ table, ...difference })));
      groups += compared.groups;
      if (table === "usage_hour") calls += compared.calls;
    }
  }
  return { groups, calls, retired, differences };
}

/** The months ("2026-11") that have a partition. */
async function listMonths(): Promise<ReadonlySet<string>> {
  const partitions = await readDb().$queryRaw<{ name: string }[]>`
    SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'llm_call'::regclass`;
  return new Set(partitions.map(({ name }) => name.slice(-7).replace("_", "-")));
}

/** The UTC days on which a project has calls or rollups, and how many groups both rollups have on each. */
async function listDays(projectId: number): Promise<{ day: Date; groups: number }[]> {
  return readDb().$queryRaw<{ day: Date; groups: number }[]>`
    SELECT day, sum(groups)::integer AS groups FROM (
      SELECT date_trunc('day', occurred_at, 'UTC') AS day, 0 AS groups FROM llm_call WHERE project_id = ${projectId} GROUP BY 1
      UNION ALL
      SELECT date_trunc('day', bucket, 'UTC'), count(*) FROM usage_hour WHERE project_id = ${projectId} GROUP BY 1
      UNION ALL
      SELECT bucket, count(*) FROM usage_day WHERE project_id = ${projectId} GROUP BY 1) AS days
    GROUP BY day ORDER BY day`;
}

type DayComparison = { groups: number; calls: bigint; differences: Omit<Difference, "table">[] };

async function compareDay(projectId: number, table: Difference["table"], day: Date): Promise<DayComparison> {
  const from = Prisma.sql`${day.toISOString()}::timestamptz`;
  const unit = table === "usage_hour" ? "hour" : "day";
  const rows = await readDb().$queryRaw<
    { groups: bigint; calls: bigint; differences: Omit<Difference, "table">[] | null }[]
  >`WITH raw AS (
      SELECT project_id, date_trunc(${unit}, occurred_at, 'UTC') AS bucket, environment, tenant_id, feature, deploy_sha,
        provider, model, service_tier, attempt > 1 AS is_retry, ${rawValues}
      FROM llm_call
      WHERE project_id = ${projectId} AND occurred_at >= ${from} AND occurred_at < ${from} + interval '1 day'
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    kept AS (
      SELECT * FROM ${Prisma.raw(table)}
      WHERE project_id = ${projectId} AND bucket >= ${from} AND bucket < ${from} + interval '1 day'),
    compared AS (
      SELECT coalesce(raw.calls, 0) AS calls, ${isDifferent} AS is_different, ${found}
      FROM raw FULL JOIN kept USING (${key}))
    SELECT count(*) AS groups, coalesce(sum(calls), 0)::bigint AS calls,
      jsonb_agg(jsonb_build_object('key', key, 'raw', raw, 'rollup', rollup)) FILTER (WHERE is_different) AS differences
    FROM compared`;
  const [row] = rows;
  return { groups: Number(row?.groups ?? 0), calls: row?.calls ?? 0n, differences: row?.differences ?? [] };
}
