import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import type { PoolConfig } from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { PrismaClient } from "@/prisma/client/client";

/**
 * What every session is set to. The adapter sends and reads times without an offset: in another zone it would store the
 * wrong instant. To start workers takes longer than to read the rollups does, and a page asks a dozen questions at once:
 * only a scan of very many calls is worth them. Pages come from memory or solid state, where their order hardly matters.
 */
export const SESSION_OPTIONS = "-c timezone=UTC -c parallel_setup_cost=10000 -c random_page_cost=1.1";

/**
 * How a connection behaves. pg by itself waits for ever on a server that does not answer; here an unreachable database is an
 * error after `connectMs` (waiting for a free connection included), and an answer that does not come ends the connection after `answerMs`.
 */
function poolConfig(name: string, max: number, connectMs: number, answerMs: number, options: string): PoolConfig {
  const { DATABASE_URL } = env();
  if (DATABASE_URL === undefined) {
    throw new Error(
      "DATABASE_URL is not set: start with `npm start`, which brings its own database, or name a PostgreSQL server",
    );
  }
  return {
    connectionString: DATABASE_URL,
    application_name: `spendtrace-${name}`,
    max,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    query_timeout: answerMs,
    statement_timeout: answerMs,
    lock_timeout: Math.min(answerMs, 5_000),
    idle_in_transaction_session_timeout: 30_000,
    options,
  };
}

function connect(
  name: string,
  max: number,
  connectMs: number,
  answerMs: number,
  options = SESSION_OPTIONS,
): PrismaClient {
  const onPoolError = (error: Error) => log.warn({ err: error, pool: name }, "database connection lost");
  const adapter = new PrismaPg(poolConfig(name, max, connectMs, answerMs, options), {
    onPoolError,
    onConnectionError: onPoolError,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: connectMs, timeout: answerMs } });
}

type Pools = { read?: PrismaClient; write?: PrismaClient; scan?: PrismaClient };
declare global {
  var spendtracePools: Pools | undefined;
}

// Next bundles routes and pages apart and reloads modules in development: the pools outlive both on globalThis.
globalThis.spendtracePools ??= {};
const pools = globalThis.spendtracePools;

/** For pages, reports and exports: a dozen panels wait their turn for 10 s rather than fail; a statement may take 15 s. */
export function readDb(): PrismaClient {
  pools.read ??= connect("read", 8, 10_000, 15_000);
  return pools.read;
}

/**
 * For ingest, sign-in and settings, apart from the readers so that a slow report cannot hold up a write; 5 s a statement. Whoever owes
 * an answer sooner races it against a timer: a statement that is merely slow then still commits, and the repeat is a duplicate.
 */
export function writeDb(): PrismaClient {
  pools.write ??= connect("write", 8, 950, 5_000);
  return pools.write;
}

/**
 * What sessions that read very many calls are set to: workers and memory help them, where they would hold up the others. Pages out of
 * order are not almost free here: each index on the calls starts with the project, so the planner takes it to lie in the order of the
 * table, and would read most of a month by the hash of its prompts, page by page: 32 s where one pass takes 3 s.
 */
export const SCAN_OPTIONS =
  "-c timezone=UTC -c default_transaction_read_only=on -c random_page_cost=2 -c work_mem=128MB -c jit=off";

/** A statement over very many calls may take so long. */
export const SCAN_MS = 60_000;

/** For questions that must read very many calls one by one (`lib/calls/scan.ts`), two at a time: pages and ingest never wait for them. */
export function scanDb(): PrismaClient {
  pools.scan ??= connect("scan", 2, 30_000, SCAN_MS, SCAN_OPTIONS);
  return pools.scan;
}

/** Closes the pools, at the end of a process. */
export async function closeDb(): Promise<void> {
  await Promise.all([pools.read, pools.write, pools.scan].map((pool) => pool?.$disconnect()));
  pools.read = undefined;
  pools.write = undefined;
  pools.scan = undefined;
}
