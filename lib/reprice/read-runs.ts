import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import type { DifferenceDimension, RunStatus } from "@/lib/reprice/schema";
import { Prisma } from "@/prisma/client/client";

/** A re-price run as pages show it. Days are UTC, `to` exclusive. */
export type RepriceRunView = Readonly<{
  number: number;
  status: RunStatus;
  reason: string;
  from: string;
  to: string;
  /** Empty: all. */
  models: readonly string[];
  version: number;
  bookVersion: string;
  /** The run that this one takes back. */
  undoes: number | null;
  createdBy: string | null;
  createdAt: Date;
  appliedBy: string | null;
  appliedAt: Date | null;
  finishedAt: Date | null;
  /** Rows of calls: about how many there are, and how many were looked at. */
  rowsTotal: bigint;
  rowsDone: bigint;
  rowsChanged: bigint;
  /** Rows of closed months that would have changed. */
  rowsClosed: bigint;
  versionsBefore: readonly number[];
  error: string | null;
}>;

/** Sums of changed calls. Picodollars; calls without a price are counted and not summed. */
export type DifferenceSums = Readonly<{
  calls: bigint;
  unpricedBefore: bigint;
  unpricedAfter: bigint;
  costBefore: bigint;
  costAfter: bigint;
  listBefore: bigint;
  listAfter: bigint;
}>;

/** One line of a run's difference: a month ("2026-10-01"), model or tenant. */
export type DifferenceRow = DifferenceSums & Readonly<{ name: string }>;

/** An adjustment of a closed month. Picodollars, above zero where the calls cost more by the new prices. */
export type AdjustmentRow = Readonly<{
  month: string;
  tenantId: string;
  model: string;
  cost: bigint;
  listCost: bigint;
}>;

const INCLUDE = {
  createdBy: { select: { name: true } },
  appliedBy: { select: { name: true } },
  version: { select: { bookVersion: true } },
} as const;
type Row = Prisma.RepriceRunGetPayload<{ include: typeof INCLUDE }>;

/** The runs of a project, newest first; none for whoever may see only some tenants: a run sums over all. */
export async function listRuns({ projectId, tenants }: Scope, limit = 100): Promise<readonly RepriceRunView[]> {
  if (tenants !== "all") return [];
  const rows = await readDb().repriceRun.findMany({
    where: { projectId },
    orderBy: { number: "desc" },
    take: limit,
    include: INCLUDE,
  });
  return rows.map(toView);
}

/** One run; null where there is none, and for whoever may see only some tenants. */
export async function readRun({ projectId, tenants }: Scope, number: number): Promise<RepriceRunView | null> {
  if (tenants !== "all") return null;
  const row = await readDb().repriceRun.findUnique({
    where: { projectId_number: { projectId, number } },
    include: INCLUDE,
  });
  return row && toView(row);
}

const SUM_NAMES = {
  calls: "calls",
  unpricedBefore: "unpriced_before",
  unpricedAfter: "unpriced_after",
  costBefore: "cost_before_usd_picos",
  costAfter: "cost_after_usd_picos",
  listBefore: "list_before_usd_picos",
  listAfter: "list_after_usd_picos",
} as const satisfies Record<keyof DifferenceSums, string>;

/** As text: a sum may pass what a bigint of the database holds, $9.2M in picodollars. */
const SUMS = Prisma.raw(
  Object.entries(SUM_NAMES)
    .map(([name, column]) => `coalesce(sum(${column}), 0)::text AS "${name}"`)
    .join(", "),
);

function toSums(row: Readonly<Record<keyof DifferenceSums, string>>): DifferenceSums {
  const names = Object.keys(SUM_NAMES) as (keyof DifferenceSums)[];
  return Object.fromEntries(names.map((name) => [name, BigInt(row[name])])) as DifferenceSums;
}

const NAMES: Readonly<Record<DifferenceDimension, Prisma.Sql>> = {
  month: Prisma.sql`to_char(month, 'YYYY-MM')`,
  model: Prisma.sql`model`,
  tenant: Prisma.sql`tenant_id`,
};

/** What a run changes, or would change, in open months: in all, and by one dimension, the largest change first. */
export async function readDifference(
  { projectId }: Scope,
  run: number,
  by: DifferenceDimension,
): Promise<readonly DifferenceRow[]> {
  const order =
    by === "month" ? Prisma.sql`name` : Prisma.sql`abs(sum(cost_after_usd_picos - cost_before_usd_picos)) DESC, name`;
  const rows = await readDb().$queryRaw<(Record<keyof DifferenceSums, string> & { name: string })[]>`
    SELECT ${NAMES[by]} AS name, ${SUMS} FROM reprice_difference
    WHERE project_id = ${projectId} AND run = ${run} AND NOT closed GROUP BY 1 ORDER BY ${order}`;
  return rows.map((row) => ({ name: row.name, ...toSums(row) }));
}

/** The sums of a run's difference: in open months, and in closed ones. */
export async function readDifferenceSums(
  { projectId }: Scope,
  run: number,
): Promise<Readonly<{ open: DifferenceSums; closed: DifferenceSums }>> {
  const sumsOf = async (closed: boolean) => {
    const [sums] = await readDb().$queryRaw<Record<keyof DifferenceSums, string>[]>`
      SELECT ${SUMS} FROM reprice_difference WHERE project_id = ${projectId} AND run = ${run} AND closed = ${closed}`;
    if (!sums) throw new Error("a sum without a row");
    return toSums(sums);
  };
  const [open, closed] = await Promise.all([sumsOf(false), sumsOf(true)]);
  return { open, closed };
}

/** What a finished run booked for closed months instead of changing them, by month, tenant and model. */
export async function readAdjustments({ projectId }: Scope, run: number): Promise<readonly AdjustmentRow[]> {
  return readDb().$queryRaw<AdjustmentRow[]>`
    SELECT to_char(day, 'YYYY-MM') AS month, tenant_id AS "tenantId", model, sum(cost_usd_picos)::bigint AS cost,
      sum(list_cost_usd_picos)::bigint AS "listCost"
    FROM cost_adjustment WHERE project_id = ${projectId} AND run = ${run}
    GROUP BY 1, 2, 3 ORDER BY 1, abs(sum(cost_usd_picos)) DESC, 2, 3`;
}

function toView(row: Row): RepriceRunView {
  const { number, reason, models, undoes, createdAt, appliedAt, finishedAt, error, versionsBefore } = row;
  const { rowsTotal, rowsDone, rowsChanged, rowsClosed } = row;
  return {
    ...{ number, reason, models, undoes, createdAt, appliedAt, finishedAt, error, versionsBefore },
    ...{ rowsTotal, rowsDone, rowsChanged, rowsClosed },
    status: row.status as RunStatus,
    from: row.fromDay.toISOString().slice(0, 10),
    to: row.toDay.toISOString().slice(0, 10),
    version: row.priceVersion,
    bookVersion: row.version.bookVersion,
    createdBy: row.createdBy?.name ?? null,
    appliedBy: row.appliedBy?.name ?? null,
  };
}
