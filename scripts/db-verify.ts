import { existsSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { startEmbeddedDatabase } from "@/lib/database/start-database";
import { type Env, readEnv } from "@/lib/env";

const SHOWN = 20;
const say = (line: string) => console.log(line);

type OpenDatabase = { url: string; stop: () => Promise<void> };

/**
 * `npm run db:verify`: recomputes every rollup from the calls and compares each measure both ways. Exits with 1 on any difference,
 * with 2 when it could not look. Takes the server of `DATABASE_URL`, else the embedded database in `DATA_DIR`, running or not.
 */
async function main(): Promise<void> {
  const database = await openDatabase(readEnv(process.env));
  process.env.DATABASE_URL = database.url;
  // Loaded only now: they read the environment that the line above completes.
  const { closeDb } = await import("@/lib/db");
  try {
    process.exitCode = (await verify()) ? 0 : 1;
  } finally {
    await closeDb();
    await database.stop();
  }
}

/** True when every rollup is the sum of its calls. */
async function verify(): Promise<boolean> {
  const { systemScope } = await import("@/lib/auth/system-scope");
  const { listProjectIds, verifyRollups } = await import("@/lib/calls/verify");
  let differences = 0;
  let groups = 0;
  let calls = 0n;
  let retired = 0;
  for (const projectId of await listProjectIds()) {
    const result = await verifyRollups(systemScope(projectId));
    for (const { table, key, raw, rollup } of result.differences.slice(0, Math.max(SHOWN - differences, 0))) {
      const names = Object.keys(raw ?? rollup ?? {}).filter((name) => raw?.[name] !== rollup?.[name]);
      const shown = names.map(
        (name) => `    ${name}: calls say ${raw?.[name] ?? "nothing"}, rollup says ${rollup?.[name] ?? "nothing"}`,
      );
      say([`${table} ${JSON.stringify(key)}`, ...shown].join("\n"));
    }
    differences += result.differences.length;
    groups += result.groups;
    calls += result.calls;
    retired += result.retired;
  }
  if (retired > 0) say(`${retired} groups belong to months whose calls are retired; they were not compared.`);
  if (differences > SHOWN) say(`… and ${differences - SHOWN} more.`);
  say(
    differences === 0
      ? `Rollups equal the calls: ${groups} groups, ${calls} calls, every measure.`
      : `Rollups do NOT equal the calls: ${differences} of ${groups} groups differ.`,
  );
  return differences === 0;
}

async function openDatabase({ DATABASE_URL, DATA_DIR }: Env): Promise<OpenDatabase> {
  if (DATABASE_URL) return { url: DATABASE_URL, stop: async () => {} };
  if (!existsSync(path.join(DATA_DIR, "pg"))) throw new Error(`There is no database in ${DATA_DIR}.`);
  const running = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(DATA_DIR)}`;
  if (await answers(running)) return { url: running, stop: async () => {} };
  return startEmbeddedDatabase(DATA_DIR, say);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

main().catch((error: unknown) => {
  console.error(`The rollups could not be verified: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
});
