import pg from "pg";
import type { CallBody } from "@/tests/support/calls";

const COLUMNS = [
  "occurred_at timestamptz(3)",
  "request_id text",
  "tenant_id text",
  "feature text",
  "deploy_sha text",
  "model text",
  "prompt_hash text",
  "input_tokens integer",
  "cache_create_tokens integer",
  "cache_read_tokens integer",
  "output_tokens integer",
  "cost_usd_micros bigint",
  "status_code smallint",
  "latency_ms integer",
] as const;

const NAMES = COLUMNS.map((column) => column.split(" ")[0]);
const INSERT = `INSERT INTO classic.llm_call (${NAMES.join(", ")}) VALUES (${NAMES.map((_, i) => `$${i + 1}`).join(", ")})`;

/**
 * The design that teams build by hand: one row per call with a serial id and four indexes, written by one worker
 * behind a queue, a row at a time, each its own commit. No uniqueness, no rollups; cost reckoned by the client.
 */
export async function insertClassic(databaseUrl: string, calls: readonly CallBody[]): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("DROP SCHEMA IF EXISTS classic CASCADE");
    await client.query("CREATE SCHEMA classic");
    await client.query(`CREATE TABLE classic.llm_call (id bigserial PRIMARY KEY, ${COLUMNS.join(", ")})`);
    for (const column of ["tenant_id", "feature", "prompt_hash", "deploy_sha"]) {
      await client.query(`CREATE INDEX ON classic.llm_call (${column}, occurred_at)`);
    }
    const rows = calls.map(classicRow);
    const start = performance.now();
    for (const row of rows) await client.query(INSERT, row);
    return (calls.length * 1000) / (performance.now() - start);
  } finally {
    await client.end();
  }
}

function classicRow(call: CallBody): unknown[] {
  const usage = (call.usage ?? {}) as Record<string, number>;
  return [
    call.occurred_at,
    call.request_id,
    call.tenant_id,
    call.feature,
    call.deploy_sha,
    call.model,
    call.prompt_hash,
    usage.input_tokens ?? 0,
    usage.cache_creation_input_tokens ?? 0,
    usage.cache_read_input_tokens ?? 0,
    usage.output_tokens ?? 0,
    (usage.input_tokens ?? 0) * 2 + (usage.output_tokens ?? 0) * 10,
    call.status_code,
    call.latency_ms,
  ];
}
