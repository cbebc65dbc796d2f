import "server-only";
import { readDb } from "@/lib/db";
import { isDraining } from "@/lib/draining";
import { listMigrations } from "./migrate";

const ANSWER_WITHIN_MS = 900;

export type Readiness = {
  ready: boolean;
  checks: { database: "ok" | "unreachable"; migrations: "ok" | "missing" | "unknown"; draining: boolean };
};

/** Whether this process can serve requests now. Answers within a second, whatever the database does. */
export async function checkReadiness(): Promise<Readiness> {
  const draining = isDraining();
  const applied = await appliedMigrations();
  if (applied === undefined) {
    return { ready: false, checks: { database: "unreachable", migrations: "unknown", draining } };
  }
  const complete = listMigrations().every((name) => applied.has(name));
  return {
    ready: complete && !draining,
    checks: { database: "ok", migrations: complete ? "ok" : "missing", draining },
  };
}

async function appliedMigrations(): Promise<Set<string> | undefined> {
  const query = readDb().$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const found = query.then(
    (rows) => new Set(rows.map(({ name }) => name)),
    () => undefined,
  );
  const timeout = new Promise<undefined>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, undefined));
  return Promise.race([found, timeout]);
}
