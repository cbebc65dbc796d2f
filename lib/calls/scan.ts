import "server-only";
import { sqlState } from "@/lib/calls/database-error";
import { SCAN_MS, scanDb } from "@/lib/db";
import { HttpProblem } from "@/lib/http";
import type { Prisma } from "@/prisma/client/client";

const QUERY_CANCELED = "57014";

/** The question reads more calls than can be read in the time it has: 504, with what to do about it. */
export class ScanTimeout extends HttpProblem {
  constructor() {
    super(
      504,
      "Too many calls to read",
      `Reading the calls one by one took longer than ${SCAN_MS / 1000} s. Choose a shorter period, or filter by a tenant, feature or deploy.`,
    );
    this.name = "ScanTimeout";
  }
}

/**
 * Runs a statement that reads very many rows of llm_call, apart from pages and ingest: two at a time, read only, `SCAN_MS` at most.
 * @throws ScanTimeout when that is not enough.
 */
export async function scanCalls<T>(statement: Prisma.Sql): Promise<T[]> {
  const start = performance.now();
  try {
    return await scanDb().$queryRaw<T[]>(statement);
  } catch (error) {
    // The driver's own timer gives no SQLSTATE when it fires before the server's.
    const isLate = sqlState(error) === QUERY_CANCELED || performance.now() - start >= SCAN_MS;
    throw isLate ? new ScanTimeout() : error;
  }
}
