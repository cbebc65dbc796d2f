import pg from "pg";
import type { CallBody } from "@/tests/support/calls";
import type { Statement } from "./raw-question";

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
    await createTable(client);
    await createIndexes(client);
    const rows = calls.map(classicRow);
    const start = performance.now();
    for (const row of rows) await client.query(INSERT, row);
    return (calls.length * 1000) / (performance.now() - start);
  } finally {
    await client.end();
  }
}

async function createTable(client: pg.Client): Promise<void> {
  await client.query("DROP SCHEMA IF EXISTS classic CASCADE");
  await client.query("CREATE SCHEMA classic");
  await client.query(`CREATE TABLE classic.llm_call (id bigserial PRIMARY KEY, ${COLUMNS.join(", ")})`);
}

async function createIndexes(client: pg.Client): Promise<void> {
  for (const column of ["tenant_id", "feature", "prompt_hash", "deploy_sha"]) {
    await client.query(`CREATE INDEX ON classic.llm_call (${column}, occurred_at)`);
  }
}

/** The same calls as ours in that design, in the order in which they came. */
export async function copyToClassic(client: pg.Client, projectId: number): Promise<void> {
  await createTable(client);
  await client.query(
    `INSERT INTO classic.llm_call (${NAMES.join(", ")})
     SELECT occurred_at, request_id, tenant_id, feature, deploy_sha, model, prompt_hash, input_tokens,
       cache_create_5m_tokens + cache_create_1h_tokens, cache_read_tokens, output_tokens,
       coalesce(cost_usd_picos, 0) / 1000000, status_code, latency_ms
     FROM llm_call WHERE project_id = $1 ORDER BY occurred_at`,
    [projectId],
  );
  await createIndexes(client);
  await client.query("VACUUM ANALYZE classic.llm_call");
}

/** Its three recipes, as of a time: hot prompts of 24 hours, tenants week over week, cache hit by feature of 24 hours. */
export function classicRecipes(asOf: Date): readonly [Statement, Statement, Statement] {
  const params = [asOf.toISOString()];
  return [
    {
      params,
      sql: `SELECT prompt_hash, count(*) AS calls, sum(cost_usd_micros) AS spend, avg(latency_ms) AS latency,
          min(occurred_at) AS first_seen, max(occurred_at) AS last_seen
        FROM classic.llm_call WHERE occurred_at >= $1::timestamptz - interval '24 hours'
        GROUP BY prompt_hash ORDER BY spend DESC LIMIT 10`,
    },
    {
      params,
      sql: `WITH week AS (SELECT tenant_id, sum(cost_usd_micros) AS spend FROM classic.llm_call
          WHERE occurred_at >= $1::timestamptz - interval '7 days' GROUP BY tenant_id),
        before AS (SELECT tenant_id, sum(cost_usd_micros) AS spend FROM classic.llm_call
          WHERE occurred_at >= $1::timestamptz - interval '14 days' AND occurred_at < $1::timestamptz - interval '7 days'
          GROUP BY tenant_id)
        SELECT week.tenant_id, week.spend, before.spend AS before,
          100.0 * (week.spend - before.spend) / nullif(before.spend, 0) AS change
        FROM week LEFT JOIN before USING (tenant_id) ORDER BY change DESC`,
    },
    {
      params,
      sql: `SELECT feature, sum(cache_read_tokens)::float8
          / nullif(sum(cache_read_tokens + cache_create_tokens + input_tokens), 0) AS hit
        FROM classic.llm_call WHERE occurred_at >= $1::timestamptz - interval '24 hours'
        GROUP BY feature ORDER BY hit`,
    },
  ];
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
