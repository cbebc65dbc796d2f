import "server-only";
import { toPriceColumns } from "@/lib/calls/price-columns";
import { writeDb } from "@/lib/db";
import type { RepricingRun } from "@/lib/reprice/claim";
import { type Change, monthOf, sumAdjustments, sumDifferences } from "@/lib/reprice/difference";
import type { Position } from "@/lib/reprice/read-calls";
import { type RepriceRow, repriceCalls } from "@/lib/reprice/reprice-statement";
import type { Prisma } from "@/prisma/client/client";

type Db = Prisma.TransactionClient;

/** What a step found: how many rows it looked at, which of them change, and up to where it came. */
export type Step = Readonly<{
  looked: number;
  changes: readonly (Change & { version: number })[];
  position: Position;
}>;

/** The run was cancelled, or another worker has it: nothing was written. */
export class RunLost extends Error {}

const LEASE = "20 seconds";

/**
 * Writes one step in one transaction: the new prices and both rollups (when the run is being applied), the sums of the
 * difference, the adjustments of closed months, and the position, from which a run goes on after whatever happens.
 * @throws RunLost
 */
export async function writeStep(run: RepricingRun, step: Step): Promise<void> {
  await writeDb().$transaction(async (db) => {
    await holdRun(db, run);
    const closed = await readClosedMonths(db, run.projectId);
    const isClosed = ({ call }: Change) => closed.has(monthOf(call));
    const kept = step.changes.filter(isClosed);
    await addDifferences(db, run, step.changes, closed);
    if (run.status === "applying") {
      await changePrices(
        db,
        run,
        step.changes.filter((change) => !isClosed(change)),
      );
      await addAdjustments(db, run, kept);
    }
    await db.$executeRaw`
      UPDATE reprice_run SET rows_done = rows_done + ${step.looked}, rows_changed = rows_changed + ${step.changes.length - kept.length},
        rows_closed = rows_closed + ${kept.length}, position = ${JSON.stringify(step.position)}::jsonb,
        versions_before = ARRAY(SELECT DISTINCT unnest(versions_before || ${versionsOf(step)}::integer[]) ORDER BY 1)
      WHERE project_id = ${run.projectId} AND number = ${run.number}`;
  });
}

/**
 * Ends a pass: a looked-at run waits to be applied; an applied one is done, and what earlier runs adjusted in the same days
 * is taken out of its adjustments, so that all adjustments of a day together are what its calls would cost more.
 * @throws RunLost
 */
export async function finishPass(run: RepricingRun): Promise<void> {
  await writeDb().$transaction(async (db) => {
    await holdRun(db, run);
    if (run.status === "applying") await netAdjustments(db, run);
    await db.$executeRaw`
      UPDATE reprice_run SET status = ${run.status === "applying" ? "done" : "previewed"}, rows_total = rows_done,
        finished_at = now(), worker = NULL, lease_until = NULL, error = NULL
      WHERE project_id = ${run.projectId} AND number = ${run.number}`;
  });
}

/** Locks the run and makes its lease longer; and the project, so that no month is closed while a step is written. */
async function holdRun(db: Db, { projectId, number, status, worker }: RepricingRun): Promise<void> {
  const held = await db.$executeRaw`
    UPDATE reprice_run SET lease_until = now() + ${LEASE}::interval
    WHERE project_id = ${projectId} AND number = ${number} AND status = ${status} AND worker = ${worker}`;
  if (held === 0) throw new RunLost(`run ${number} of project ${projectId} was cancelled or taken over`);
  await db.$queryRaw`SELECT id FROM project WHERE id = ${projectId} FOR SHARE`;
}

async function readClosedMonths(db: Db, projectId: number): Promise<ReadonlySet<string>> {
  const months = await db.closedMonth.findMany({ where: { projectId }, select: { month: true } });
  return new Set(months.map(({ month }) => month.toISOString().slice(0, 10)));
}

async function changePrices(db: Db, run: RepricingRun, changes: Step["changes"]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(
    ({ call, price, version }): RepriceRow => ({
      occurred_at: call.occurredAt.toISOString(),
      tenant_id: call.tenantId,
      request_id: call.requestId,
      line: call.line,
      expected_version: call.priceVersion,
      price_version: version,
      ...toPriceColumns(price),
    }),
  );
  const [result] = await db.$queryRaw<{ changed: number }[]>(repriceCalls(run.projectId, run.number, rows));
  // Only runs change prices, and this one is held: anything else would leave the rollups unlike the rows.
  if (result?.changed !== rows.length) throw new Error(`${result?.changed} of ${rows.length} calls were re-priced`);
}

async function addDifferences(
  db: Db,
  { projectId, number }: RepricingRun,
  changes: readonly Change[],
  closed: ReadonlySet<string>,
): Promise<void> {
  const sums = sumDifferences(changes, closed);
  if (sums.length === 0) return;
  await db.$executeRaw`
    INSERT INTO reprice_difference AS known (project_id, run, month, tenant_id, model, closed, calls, unpriced_before,
      unpriced_after, cost_before_usd_picos, cost_after_usd_picos, list_before_usd_picos, list_after_usd_picos)
    SELECT ${projectId}, ${number}, month, "tenantId", model, closed, calls, "unpricedBefore", "unpricedAfter", "costBefore",
      "costAfter", "listBefore", "listAfter"
    FROM json_to_recordset(${toJson(sums)}::json) AS sent (month date, "tenantId" text, model text, closed boolean, calls bigint,
      "unpricedBefore" bigint, "unpricedAfter" bigint, "costBefore" bigint, "costAfter" bigint, "listBefore" bigint,
      "listAfter" bigint)
    ON CONFLICT (project_id, run, month, tenant_id, model, closed) DO UPDATE SET
      calls = known.calls + EXCLUDED.calls,
      unpriced_before = known.unpriced_before + EXCLUDED.unpriced_before,
      unpriced_after = known.unpriced_after + EXCLUDED.unpriced_after,
      cost_before_usd_picos = known.cost_before_usd_picos + EXCLUDED.cost_before_usd_picos,
      cost_after_usd_picos = known.cost_after_usd_picos + EXCLUDED.cost_after_usd_picos,
      list_before_usd_picos = known.list_before_usd_picos + EXCLUDED.list_before_usd_picos,
      list_after_usd_picos = known.list_after_usd_picos + EXCLUDED.list_after_usd_picos`;
}

async function addAdjustments(db: Db, { projectId, number }: RepricingRun, changes: readonly Change[]): Promise<void> {
  const sums = sumAdjustments(changes);
  if (sums.length === 0) return;
  await db.$executeRaw`
    INSERT INTO cost_adjustment AS known (project_id, run, day, environment, tenant_id, feature, provider, model,
      cost_usd_picos, list_cost_usd_picos)
    SELECT ${projectId}, ${number}, day, environment, "tenantId", feature, provider, model, cost, "listCost"
    FROM json_to_recordset(${toJson(sums)}::json) AS sent (day date, environment text, "tenantId" text, feature text,
      provider text, model text, cost bigint, "listCost" bigint)
    ON CONFLICT (project_id, run, day, environment, tenant_id, feature, provider, model) DO UPDATE SET
      cost_usd_picos = known.cost_usd_picos + EXCLUDED.cost_usd_picos,
      list_cost_usd_picos = known.list_cost_usd_picos + EXCLUDED.list_cost_usd_picos`;
}

async function netAdjustments(db: Db, run: RepricingRun): Promise<void> {
  const { projectId, number, selection } = run;
  const { from, to, models, changedBy } = selection;
  await db.$executeRaw`
    INSERT INTO cost_adjustment AS known (project_id, run, day, environment, tenant_id, feature, provider, model,
      cost_usd_picos, list_cost_usd_picos)
    SELECT project_id, ${number}, day, environment, tenant_id, feature, provider, model, -sum(cost_usd_picos)::bigint,
      -sum(list_cost_usd_picos)::bigint
    FROM cost_adjustment
    WHERE project_id = ${projectId} AND run <> ${number} AND day >= ${from}::date AND day < ${to}::date
      AND (cardinality(${[...models]}::text[]) = 0 OR model = ANY(${[...models]}::text[]))
      AND (${changedBy}::integer IS NULL OR run = ${changedBy}::integer)
      AND EXISTS (SELECT 1 FROM reprice_run WHERE project_id = ${projectId} AND number = cost_adjustment.run AND status = 'done')
    GROUP BY project_id, day, environment, tenant_id, feature, provider, model
    ON CONFLICT (project_id, run, day, environment, tenant_id, feature, provider, model) DO UPDATE SET
      cost_usd_picos = known.cost_usd_picos + EXCLUDED.cost_usd_picos,
      list_cost_usd_picos = known.list_cost_usd_picos + EXCLUDED.list_cost_usd_picos`;
  await db.$executeRaw`
    DELETE FROM cost_adjustment
    WHERE project_id = ${projectId} AND run = ${number} AND cost_usd_picos = 0 AND list_cost_usd_picos = 0`;
}

function versionsOf({ changes }: Step): number[] {
  return [...new Set(changes.map(({ call }) => call.priceVersion))];
}

/** Picodollars as strings: JSON numbers end at 2^53. */
function toJson(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}
