import type { Env } from "@/lib/env";
import { migrate } from "./migrate";
import { checkServer } from "./server-settings";
import { startEmbeddedDatabase } from "./start-database";

const SERVER_PATIENCE_MS = 30_000;

export type ReadyDatabase = { url: string; stop: () => Promise<void> };

/**
 * Brings up the database of this installation, the server of `DATABASE_URL` or else the embedded one in `DATA_DIR`, and applies the
 * migrations that are missing. `say` gets a line for the operator about everything worth knowing.
 * Throws `DatabaseStartError`, `UnusableDatabaseError` or `MigrationError`.
 */
export async function prepareDatabase(
  { DATABASE_URL, DATA_DIR }: Env,
  say: (line: string) => void,
): Promise<ReadyDatabase> {
  const database = DATABASE_URL ? await openServer(DATABASE_URL, say) : await startEmbeddedDatabase(DATA_DIR, say);
  try {
    const applied = await migrate(database.url);
    if (applied.length > 0) say(`Database brought up to date (${applied.join(", ")}).`);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openServer(url: string, say: (line: string) => void): Promise<ReadyDatabase> {
  const warnings = await checkServer(url, SERVER_PATIENCE_MS);
  for (const warning of warnings) say(`Warning: ${warning}`);
  return { url, stop: async () => {} };
}
