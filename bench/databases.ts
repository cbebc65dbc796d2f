import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { migrate } from "@/lib/database/migrate";
import { startEmbeddedDatabase } from "@/lib/database/start-database";

const LOCAL_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres";
const NAME = "spendtrace_bench";

/** An empty, migrated database of the bench's own, and what takes it away again. */
export type BenchDatabase = Readonly<{ name: "PostgreSQL" | "embedded"; url: string; drop: () => Promise<void> }>;

/** On the server of TEST_DATABASE_URL, else on the one at 127.0.0.1:5432; null where none answers. */
export async function openServerDatabase(): Promise<BenchDatabase | null> {
  const server = process.env.TEST_DATABASE_URL ?? LOCAL_SERVER;
  const url = new URL(server);
  url.pathname = `/${NAME}`;
  try {
    await onServer(server, [`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`, `CREATE DATABASE ${NAME}`]);
  } catch (error) {
    console.warn(`No PostgreSQL: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  await migrate(url.href);
  const drop = () => onServer(server, [`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`]);
  return { name: "PostgreSQL", url: url.href, drop };
}

/** The embedded database in a directory that goes away with it. */
export async function openEmbeddedDatabase(): Promise<BenchDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), "spendtrace-bench-"));
  const database = await startEmbeddedDatabase(directory, console.warn);
  await migrate(database.url);
  const drop = async () => {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { name: "embedded", url: database.url, drop };
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
