import "server-only";
import { writeDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";

/** A month of UTC, "2026-11": one partition of llm_call. */
export type Month = `${number}-${number}`;

declare global {
  var spendtraceMonths: Set<Month> | undefined;
}

// Next bundles routes apart; what is known of the database is known to all of them.
globalThis.spendtraceMonths ??= new Set();
const known = globalThis.spendtraceMonths;

/** @param occurredAt ISO 8601 in UTC. */
export function monthOf(occurredAt: string): Month {
  return occurredAt.slice(0, 7) as Month;
}

function monthAfter(month: Month): Month {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 0)).toISOString().slice(0, 7) as Month;
}

/**
 * Makes the partitions of these months, of the current and of the next one, unless they exist. Safe when several
 * instances do it at once; remembered by the process, so that it costs nothing from the second time on.
 */
export async function ensurePartitions(months: Iterable<Month>, now: Date): Promise<void> {
  const current = monthOf(now.toISOString());
  for (const month of new Set([...months, current, monthAfter(current)])) {
    if (known.has(month)) continue;
    await createPartition(month);
    known.add(month);
  }
}

/** To be called when the database says that a partition is missing after all: retention may have dropped it. */
export function forgetPartitions(): void {
  known.clear();
}

async function createPartition(month: Month): Promise<void> {
  if (!/^\d{4}-\d{2}$/.test(month)) throw new RangeError(`not a month: ${month}`);
  const table = `llm_call_${month.replace("-", "_")}`;
  // Made apart and then attached: unlike CREATE … PARTITION OF, that holds up neither readers nor writers of other months.
  await writeDb().$executeRaw(
    Prisma.raw(`DO $$ BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('llm_call partitions'));
      IF to_regclass('${table}') IS NULL THEN
        CREATE TABLE ${table} (LIKE llm_call INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
        ALTER TABLE llm_call ATTACH PARTITION ${table}
          FOR VALUES FROM ('${month}-01T00:00:00Z') TO ('${monthAfter(month)}-01T00:00:00Z');
      END IF;
    END $$`),
  );
}
