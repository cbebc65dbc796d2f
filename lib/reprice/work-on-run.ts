import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Scope } from "@/lib/auth/scope";
import { systemScope } from "@/lib/auth/system-scope";
import { writeDb } from "@/lib/db";
import type { Prices } from "@/lib/pricing/contract";
import { readPrices } from "@/lib/pricing/versions";
import type { RepricingRun } from "@/lib/reprice/claim";
import type { Change } from "@/lib/reprice/difference";
import { type Position, readCalls, readDays } from "@/lib/reprice/read-calls";
import { repriceCall, type StoredCall } from "@/lib/reprice/stored-call";
import { finishPass, RunLost, type Step, writeStep } from "@/lib/reprice/write-step";

/** Rows of one transaction: a fraction of a second, so that ingest never waits for long. */
const STEP_ROWS = 2_000;
const MAX_PAUSE_MS = 100;
const MAX_ATTEMPTS = 5;

export type WorkOptions = Readonly<{
  stepRows?: number;
  /** Asked before each step; true leaves the run as it is, to be gone on with. */
  shouldStop?: () => boolean;
}>;

/**
 * Takes a claimed run to its end, step by step from its position. Between steps it pauses for as long as the last one took,
 * 0.1 s at most, so that half the time is ingest's.
 * @returns false when it was told to stop before the end
 * @throws RunLost when the run was cancelled or taken over; what the database throws, after five attempts at a step
 */
export async function workOnRun(
  run: RepricingRun,
  { stepRows = STEP_ROWS, shouldStop = () => false }: WorkOptions = {},
): Promise<boolean> {
  const scope = systemScope(run.projectId);
  const price = pricer(scope, run);
  const days = await readDays(scope, run.selection);
  const total = days.reduce((sum, { calls }) => sum + calls, 0n);
  await writeDb().repriceRun.updateMany({
    where: { projectId: run.projectId, number: run.number, worker: run.worker },
    data: { rowsTotal: total },
  });
  let position = run.position;
  for (const { day } of days) {
    if (position !== null && day < position.day) continue;
    for (let isMore = true; isMore; ) {
      if (shouldStop()) return false;
      const started = performance.now();
      const after = position?.day === day ? position : null;
      const calls = await readCalls(scope, run.selection, day, after, stepRows);
      isMore = calls.length === stepRows;
      const last = calls.at(-1);
      if (!last) break;
      const step: Step = { looked: calls.length, changes: await price(calls), position: positionOf(day, last) };
      await writePatiently(run, step);
      position = step.position;
      await sleep(Math.min(performance.now() - started, MAX_PAUSE_MS));
    }
  }
  await finishPass(run);
  return true;
}

type Repriced = Change & { version: number };

/** Prices rows by the run's version, or each by its former one, and keeps those whose price changes. */
function pricer(scope: Scope, { version }: RepricingRun): (calls: readonly StoredCall[]) => Promise<Repriced[]> {
  const known = new Map<number, Prices>();
  const pricesOf = async (wanted: number) => {
    const prices = known.get(wanted) ?? (await readPrices(scope, wanted));
    known.set(wanted, prices);
    return prices;
  };
  return async (calls) => {
    const changes: Repriced[] = [];
    for (const call of calls) {
      const prices = await pricesOf(version ?? call.formerPriceVersion ?? call.priceVersion);
      const { price, isChanged } = repriceCall(call, prices);
      if (isChanged) changes.push({ call, price, version: prices.version });
    }
    return changes;
  };
}

async function writePatiently(run: RepricingRun, step: Step): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeStep(run, step);
    } catch (error) {
      if (error instanceof RunLost || attempt === MAX_ATTEMPTS) throw error;
      await sleep(200 * 2 ** attempt);
    }
  }
}

function positionOf(day: string, { occurredAt, tenantId, requestId, line }: StoredCall): Position {
  return { day, occurredAt: occurredAt.toISOString(), tenantId, requestId, line };
}
