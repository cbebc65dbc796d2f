import pg from "pg";
import { STORE_CALLS } from "@/lib/calls/write-statement";

const STATEMENT = STORE_CALLS.reduce((text, piece, index) => `${text}$${index}${piece}`);

/**
 * The bare statement: rows that are already checked, normalised and priced, sent over several
 * connections. `renew` gives a batch of rows ids that were not used before.
 * @returns calls stored a second
 */
export async function statementRate(
  databaseUrl: string,
  { batch, connections, seconds, renew }: { batch: number; connections: number; seconds: number; renew: () => string },
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, options: "-c timezone=UTC" });
  const end = performance.now() + seconds * 1000;
  let stored = 0;
  async function write(): Promise<void> {
    while (performance.now() < end) {
      const { rows } = await pool.query(STATEMENT, JSON.parse(renew()));
      stored += batch - rows.length;
    }
  }
  try {
    const start = performance.now();
    await Promise.all(Array.from({ length: connections }, write));
    return (stored * 1000) / (performance.now() - start);
  } finally {
    await pool.end();
  }
}
