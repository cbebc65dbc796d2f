import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { now } from "@/lib/clock";
import { readDb, writeDb } from "@/lib/db";
import { isUniqueViolation, readNewestPrices, readPrices } from "@/lib/pricing/versions";
import type { RepriceRequest } from "@/lib/reprice/schema";
import { wakeRepriceWorker } from "@/lib/reprice/worker";
import { Prisma } from "@/prisma/client/client";

/** Why a run cannot be made, applied, stopped or undone; shown at `field`. */
export class RepriceRefusal extends Error {
  readonly field: string;

  constructor(message: string, field = "form") {
    super(message);
    this.field = field;
  }
}

const UNDER_WAY = "Another run is under way: wait for it or cancel it first";
const MAX_TRIES = 5;

/**
 * Makes a run and starts its dry run in the background. Nothing is changed until it is applied.
 * @returns its number in the project
 * @throws RepriceRefusal for a span without calls, a version that is not there, or while another run is at work
 */
export async function createRun(scope: Scope, userId: string | null, request: RepriceRequest): Promise<number> {
  const { from, to, models, reason, version } = request;
  await requireCalls(scope, request);
  const prices = version === null ? await readNewestPrices(scope) : await readPrices(scope, version).catch(noVersion);
  return insertRun(scope, { from, to, models, reason, userId, version: prices.version, undoes: null });
}

/**
 * Makes a run that gives every call which run `number` changed, and nobody has changed since, the price that it had before.
 * It looks first, as any run does.
 * @throws RepriceRefusal when there is nothing to undo
 */
export async function undoRun(scope: Scope, userId: string | null, number: number, reason: string): Promise<number> {
  const { projectId } = scope;
  const run = await writeDb().repriceRun.findUnique({ where: { projectId_number: { projectId, number } } });
  if (!run || run.appliedAt === null || run.rowsChanged + run.rowsClosed === 0n) {
    throw new RepriceRefusal(`Run ${number} has changed nothing that could be undone`);
  }
  if (run.status === "applying") throw new RepriceRefusal(UNDER_WAY);
  const [from, to] = [toDay(run.fromDay), toDay(run.toDay)];
  const { models, priceVersion: version } = run;
  return insertRun(scope, { from, to, models, reason, userId, version, undoes: number });
}

/** Applies a run that was looked at: in the background, from its start. */
export async function applyRun(scope: Scope, userId: string | null, number: number): Promise<void> {
  const { projectId } = scope;
  await refuseSecond(() =>
    writeDb().$transaction(async (db) => {
      const { count } = await db.repriceRun.updateMany({
        where: { projectId, number, status: "previewed" },
        data: {
          status: "applying",
          appliedById: userId,
          appliedAt: now(),
          finishedAt: null,
          position: Prisma.DbNull,
          ...{ rowsDone: 0n, rowsChanged: 0n, rowsClosed: 0n, versionsBefore: [] },
        },
      });
      if (count === 0) throw new RepriceRefusal("Only a run whose dry run has ended can be applied");
      await db.repriceDifference.deleteMany({ where: { projectId, run: number } });
    }),
  );
  wakeRepriceWorker();
}

/** Stops a run after the step under way. What it has changed stays changed and can be gone on with, or undone. */
export async function cancelRun({ projectId }: Scope, number: number): Promise<void> {
  const { count } = await writeDb().repriceRun.updateMany({
    where: { projectId, number, status: { in: ["previewing", "applying", "previewed"] } },
    data: { status: "cancelled", worker: null, leaseUntil: null },
  });
  if (count === 0) throw new RepriceRefusal("The run is over already");
}

/** Goes on with a cancelled or failed run where it stopped. */
export async function resumeRun({ projectId }: Scope, number: number): Promise<void> {
  const stopped = { projectId, number, status: { in: ["cancelled", "failed"] } };
  const data = { error: null, worker: null, leaseUntil: null };
  await refuseSecond(async () => {
    const [looking, applying] = await writeDb().$transaction([
      writeDb().repriceRun.updateMany({
        where: { ...stopped, appliedAt: null },
        data: { ...data, status: "previewing" },
      }),
      writeDb().repriceRun.updateMany({
        where: { ...stopped, appliedAt: { not: null } },
        data: { ...data, status: "applying" },
      }),
    ]);
    if (looking.count + applying.count === 0) throw new RepriceRefusal("Only a stopped run can be resumed");
  });
  wakeRepriceWorker();
}

type NewRun = Omit<RepriceRequest, "version"> & { userId: string | null; version: number; undoes: number | null };

async function insertRun(scope: Scope, run: NewRun, attempt = 1): Promise<number> {
  const { projectId } = scope;
  const db = writeDb();
  const newest = await db.repriceRun.findFirst({ where: { projectId }, orderBy: { number: "desc" } });
  const active = await db.repriceRun.count({ where: { projectId, status: { in: ["previewing", "applying"] } } });
  if (active > 0) throw new RepriceRefusal(UNDER_WAY);
  const number = (newest?.number ?? 0) + 1;
  const { from, to, models, reason, userId, version, undoes } = run;
  const days = { fromDay: new Date(from), toDay: new Date(to) };
  const data = { projectId, number, status: "previewing", reason, ...days, models, priceVersion: version, undoes };
  try {
    await db.repriceRun.create({ data: { ...data, createdById: userId } });
  } catch (error) {
    if (!isUniqueViolation(error) || attempt === MAX_TRIES) throw error;
    return insertRun(scope, run, attempt + 1);
  }
  wakeRepriceWorker();
  return number;
}

async function requireCalls(scope: Scope, { from, to, models }: RepriceRequest): Promise<void> {
  const ofModels = models.length === 0 ? Prisma.sql`true` : Prisma.sql`model IN (${Prisma.join(models)})`;
  const found = await readDb().$queryRaw<unknown[]>`
    SELECT 1 FROM usage_day
    WHERE ${callScope(scope)} AND ${ofModels} AND bucket >= ${from}::date::timestamp AT TIME ZONE 'UTC'
      AND bucket < ${to}::date::timestamp AT TIME ZONE 'UTC' LIMIT 1`;
  if (found.length > 0) return;
  const what = models.length === 0 ? "no calls" : `no calls of ${models.join(", ")}`;
  throw new RepriceRefusal(`There are ${what} from ${from} to ${to}: choose a span with calls`, "from");
}

async function refuseSecond(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw new RepriceRefusal(UNDER_WAY);
    throw error;
  }
}

function noVersion(error: unknown): never {
  if (error instanceof RangeError) throw new RepriceRefusal("There is no such version of the prices", "version");
  throw error;
}

const toDay = (date: Date): string => date.toISOString().slice(0, 10);
