import "server-only";
import { writeDb } from "@/lib/db";
import type { Position, Selection } from "@/lib/reprice/read-calls";

/** A run as its worker holds it. */
export type RepricingRun = Readonly<{
  projectId: number;
  number: number;
  /** Looking only, or changing prices. */
  status: "previewing" | "applying";
  selection: Selection;
  /** The version to price by; null: each call by the one that it had before the run that is undone. */
  version: number | null;
  /** Where the last step ended; null at the start. */
  position: Position | null;
  worker: string;
}>;

type Row = Readonly<{
  projectId: number;
  number: number;
  status: "previewing" | "applying";
  from: string;
  to: string;
  models: string[];
  version: number;
  undoes: number | null;
  position: Position | null;
}>;

/** Takes a run that nobody works on, or whose worker has gone silent; null when there is none. */
export async function claimRun(worker: string): Promise<RepricingRun | null> {
  const [row] = await writeDb().$queryRaw<Row[]>`
    UPDATE reprice_run SET worker = ${worker}, lease_until = now() + interval '20 seconds'
    WHERE (project_id, number) = (
      SELECT project_id, number FROM reprice_run
      WHERE status IN ('previewing', 'applying') AND (lease_until IS NULL OR lease_until < now())
      ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING project_id AS "projectId", number, status, to_char(from_day, 'YYYY-MM-DD') AS from,
      to_char(to_day, 'YYYY-MM-DD') AS to, models, price_version AS version, undoes, position`;
  if (!row) return null;
  const { projectId, number, status, from, to, models, version, undoes, position } = row;
  const selection = { from, to, models, changedBy: undoes };
  return { projectId, number, status, selection, version: undoes === null ? version : null, position, worker };
}

/** Gives up a run for good, with the reason; it can be resumed by a person. */
export async function failRun({ projectId, number, worker }: RepricingRun, reason: string): Promise<void> {
  await writeDb().repriceRun.updateMany({
    where: { projectId, number, worker, status: { in: ["previewing", "applying"] } },
    data: { status: "failed", error: reason, worker: null, leaseUntil: null },
  });
}

/** Lets a run go without ending it, so that another worker takes it at once. */
export async function releaseRun({ projectId, number, worker }: RepricingRun): Promise<void> {
  await writeDb().repriceRun.updateMany({
    where: { projectId, number, worker },
    data: { worker: null, leaseUntil: null },
  });
}
