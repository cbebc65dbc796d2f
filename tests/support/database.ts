import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { migrate } from "@/lib/database/migrate";
import { startEmbeddedDatabase } from "@/lib/database/start-database";

type ThrowAwayDatabase = { url: string; drop: () => Promise<void> };

/** An embedded database in a directory of its own. */
export async function makeEmbeddedDatabase(): Promise<
  ThrowAwayDatabase & { dataDir: string; pid: () => number | undefined }
> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "spendtrace-test-"));
  const { url, pid, stop } = await startEmbeddedDatabase(dataDir, (why) => console.error(why));
  const drop = async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, dataDir, pid, drop };
}

/** A new database on the server that `serverUrl` names. */
export async function makeServerDatabase(serverUrl: string): Promise<ThrowAwayDatabase> {
  const name = `spendtrace_test_${randomBytes(6).toString("hex")}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * Gives a run of the integration tests its own migrated database and drops it afterwards: embedded, or on the PostgreSQL server
 * of `TEST_DATABASE_URL`. The tests find it in `DATABASE_URL`.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL } = process.env;
  const database = TEST_DATABASE_URL ? await makeServerDatabase(TEST_DATABASE_URL) : await makeEmbeddedDatabase();
  await migrate(database.url);
  process.env.DATABASE_URL = database.url;
  process.env.LOG_LEVEL ??= "error";
  return database.drop;
}
