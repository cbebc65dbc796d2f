import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callsWithin } from "@/lib/calls/filters";
import { scanCalls } from "@/lib/calls/scan";
import type { FineBucket } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import { DIMENSION_CATALOGUE } from "./catalogue";
import type { RowDimension } from "./row-dimensions";
import type { ReportQuery } from "./schema";

/** Attempts that failed, or were not the first, of one group, bucket, status and number. Picodollars. */
export type AttemptCell = Readonly<{
  names: Readonly<Partial<Record<RowDimension, string>>>;
  /** Null where the question has no buckets. */
  bucket: Date | null;
  /** 0 for any that succeeded. */
  status: number;
  /** 1 for the first try. */
  attempt: number;
  calls: bigint;
  costUsdPicos: bigint;
  unpricedCalls: bigint;
}>;

type Found = Readonly<{
  bucket: Date | null;
  status: number;
  attempt: number;
  calls: bigint;
  cost: string;
  unpriced: bigint;
}>;

/**
 * Every attempt that failed or was a retry, counted from the calls themselves. First tries that succeeded are not among
 * them: they are the calls of the rollups less these, and by far the most. An index holds what is read here.
 * @throws ScanTimeout when there are too many.
 */
export async function readAttemptCells(
  scope: Scope,
  query: Pick<ReportQuery, "period" | "filters">,
  dimensions: readonly RowDimension[],
  bucket: FineBucket | null,
): Promise<readonly AttemptCell[]> {
  const names = dimensions.map((name) => Prisma.sql`${DIMENSION_CATALOGUE[name].sql} AS ${Prisma.raw(`d_${name}`)}`);
  const at = bucket ? Prisma.sql`date_trunc(${bucket}, occurred_at, 'UTC')` : Prisma.sql`NULL::timestamptz`;
  const columns = [
    Prisma.sql`${at} AS bucket`,
    Prisma.sql`CASE WHEN status_code >= 400 THEN status_code ELSE 0 END AS status`,
    Prisma.sql`attempt`,
    ...names,
  ];
  const positions = Prisma.raw(columns.map((_, i) => i + 1).join(", "));
  const rows = await scanCalls<Found & Readonly<Record<string, string>>>(Prisma.sql`
    SELECT ${Prisma.join(columns, ", ")}, count(*) FILTER (WHERE line = 0) AS calls,
      coalesce(sum(cost_usd_picos), 0)::text AS cost, count(*) FILTER (WHERE pricing_status = 'unpriced') AS unpriced
    FROM llm_call WHERE ${callsWithin(scope, query)} AND (status_code >= 400 OR attempt > 1)
    GROUP BY ${positions}`);
  return rows.map((row) => ({
    names: Object.fromEntries(dimensions.map((name) => [name, row[`d_${name}`] ?? ""])),
    bucket: row.bucket,
    status: Number(row.status),
    attempt: Number(row.attempt),
    calls: BigInt(row.calls),
    costUsdPicos: BigInt(row.cost),
    unpricedCalls: BigInt(row.unpriced),
  }));
}

/** How many calls there were by the minute, in a period of few hours: the rollups know hours at best. By time in ms. */
export async function countByMinute(
  scope: Scope,
  query: Pick<ReportQuery, "period" | "filters">,
): Promise<ReadonlyMap<number, bigint>> {
  const rows = await scanCalls<{ bucket: Date; calls: bigint }>(Prisma.sql`
    SELECT date_trunc('minute', occurred_at, 'UTC') AS bucket, count(*) AS calls
    FROM llm_call WHERE ${callsWithin(scope, query)} AND line = 0 GROUP BY 1`);
  return new Map(rows.map(({ bucket, calls }) => [bucket.getTime(), BigInt(calls)]));
}
