import { Client } from "pg";

const OLDEST_MAJOR = 15;
const RETRY_MS = 500;

/** The database cannot be used; the message is for the operator. */
export class UnusableDatabaseError extends Error {}

/**
 * Waits up to `patienceMs` for a PostgreSQL server to answer (in a compose file both start together) and returns warnings about
 * settings with which acknowledged calls could be lost. Throws `UnusableDatabaseError` when it stays away or is too old.
 */
export async function checkServer(databaseUrl: string, patienceMs: number): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000, query_timeout: 5_000 });
    try {
      await client.connect();
      return await readSettings(client);
    } catch (error) {
      if (error instanceof UnusableDatabaseError) throw error;
      if (Date.now() > deadline) {
        const { host, pathname } = new URL(databaseUrl);
        const reason = error instanceof Error ? error.message || error.name : String(error);
        throw new UnusableDatabaseError(`The database ${pathname.slice(1)} at ${host} does not answer: ${reason}`);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

async function readSettings(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name IN ('server_version_num', 'fsync', 'full_page_writes', 'synchronous_commit')",
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const major = Math.floor(Number(settings.get("server_version_num")) / 10_000);
  if (major < OLDEST_MAJOR)
    throw new UnusableDatabaseError(`PostgreSQL ${major} is too old: Spendtrace needs ${OLDEST_MAJOR} or newer.`);
  return ["fsync", "full_page_writes", "synchronous_commit"]
    .filter((name) => settings.get(name) === "off")
    .map((name) => `PostgreSQL runs with ${name}=off: a crash of the server can lose calls that were acknowledged.`);
}
