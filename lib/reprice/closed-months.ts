import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb, writeDb } from "@/lib/db";
import { RepriceRefusal } from "@/lib/reprice/runs";

/** A month whose calls keep their prices: "2026-10", by whom and when it was closed. */
export type ClosedMonth = Readonly<{ month: string; by: string | null; at: Date }>;

/** The closed months of a project, newest first. */
export async function listClosedMonths({ projectId }: Scope): Promise<readonly ClosedMonth[]> {
  const rows = await readDb().closedMonth.findMany({
    where: { projectId },
    orderBy: { month: "desc" },
    include: { closedBy: { select: { name: true } } },
  });
  return rows.map(({ month, closedBy, closedAt }) => ({
    month: month.toISOString().slice(0, 7),
    by: closedBy?.name ?? null,
    at: closedAt,
  }));
}

/**
 * Closes a month: from now on, re-pricing leaves its calls as they are and books the difference as an adjustment.
 * @param now a month that is not over cannot be closed
 * @throws RepriceRefusal for such a month, or while a run is being applied
 */
export async function closeMonth({ projectId }: Scope, userId: string, month: string, now: Date): Promise<void> {
  if (month >= now.toISOString().slice(0, 7)) {
    throw new RepriceRefusal(`${month} is not over: a month can be closed from the first day of the next`, "month");
  }
  await changeMonths(projectId, async (db) => {
    await db.closedMonth.createMany({
      data: [{ projectId, month: new Date(`${month}-01`), closedById: userId }],
      skipDuplicates: true,
    });
  });
}

/** Opens a closed month again: the next run over it changes its calls and takes the adjustments back. */
export async function reopenMonth({ projectId }: Scope, month: string): Promise<void> {
  await changeMonths(projectId, async (db) => {
    const { count } = await db.closedMonth.deleteMany({ where: { projectId, month: new Date(`${month}-01`) } });
    if (count === 0) throw new RepriceRefusal(`${month} is not closed`, "month");
  });
}

type Db = Parameters<Parameters<ReturnType<typeof writeDb>["$transaction"]>[0]>[0];

/** A step of a run holds the project's row: months change between two steps of none. */
async function changeMonths(projectId: number, change: (db: Db) => Promise<void>): Promise<void> {
  await writeDb().$transaction(async (db) => {
    await db.$queryRaw`SELECT id FROM project WHERE id = ${projectId} FOR NO KEY UPDATE`;
    const applying = await db.repriceRun.count({ where: { projectId, status: "applying" } });
    if (applying > 0) throw new RepriceRefusal("A run is being applied: wait for it or cancel it first", "month");
    await change(db);
  });
}
