import type pg from "pg";
import type { Scope } from "@/lib/auth/scope";
import { ROLLUP_BOUNDS, ROLLUP_DIMENSIONS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import { sampleCalls } from "@/prisma/seed/sample-calls";
import { sendSample } from "@/prisma/seed/send-sample";

const SAMPLE = 500_000;
/** What tells one copy of a call from another: nothing else of it changes but its time, by seconds. */
const RENAMED = new Set(["request_id", "session_id", "task_id", "prompt_hash"]);

/**
 * Fills the database with as many calls over some days: half a million through ingest, and copies of them with
 * requests, sessions, tasks and prompts of their own, laid down in the order of time as they would have come.
 * Rollups are made from the rows; indexes after them.
 */
export async function loadManyCalls(
  client: pg.Client,
  scope: Scope,
  now: Date,
  days: number,
  calls: number,
): Promise<void> {
  await client.query("TRUNCATE llm_call, usage_hour, usage_day");
  await sendSample(scope, now, { calls: sampleCalls(now, { days, calls: Math.min(calls, SAMPLE) }) });
  const copies = Math.round(calls / SAMPLE);
  if (copies > 1) await copySample(client, copies);
  await makeRollups(client);
  await client.query("VACUUM ANALYZE");
}

async function copySample(client: pg.Client, copies: number): Promise<void> {
  const columns = await client.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'llm_call' ORDER BY ordinal_position",
  );
  const names = columns.rows.map(({ name }) => name);
  const indexes = await client.query<{ name: string; sql: string }>(
    `SELECT indexname AS name, replace(indexdef, ' ON ONLY ', ' ON ') AS sql FROM pg_indexes
     WHERE tablename = 'llm_call' AND indexname NOT LIKE '%_pkey'`,
  );
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  await client.query("CREATE UNLOGGED TABLE sample_call AS SELECT * FROM llm_call");
  await client.query("CREATE INDEX ON sample_call (occurred_at)");
  await client.query("TRUNCATE llm_call");
  const listed = await client.query<{ day: string }>(
    "SELECT DISTINCT (occurred_at AT TIME ZONE 'UTC')::date::text AS day FROM sample_call ORDER BY 1",
  );
  for (const { day } of listed.rows) {
    await client.query(
      `INSERT INTO llm_call (${names.join(", ")}) SELECT ${names.map(copied).join(", ")}
       FROM sample_call CROSS JOIN generate_series(0, $1::integer - 1) AS copy
       WHERE occurred_at >= $2::date::timestamptz AND occurred_at < $2::date::timestamptz + interval '1 day'
       ORDER BY occurred_at - copy * interval '7 seconds'`,
      [copies, day],
    );
  }
  await client.query("DROP TABLE sample_call");
  for (const { sql } of indexes.rows) await client.query(sql);
}

function copied(name: string): string {
  if (name === "occurred_at") return "occurred_at - copy * interval '7 seconds'";
  if (name === "prompt_hash") return "CASE WHEN copy = 0 THEN prompt_hash ELSE left(md5(prompt_hash || copy), 16) END";
  return RENAMED.has(name) ? `CASE WHEN copy = 0 THEN ${name} ELSE ${name} || '-' || copy END` : name;
}

async function makeRollups(client: pg.Client): Promise<void> {
  const dimensions = ROLLUP_DIMENSIONS.map((name) => (name === "is_retry" ? "attempt > 1 AS is_retry" : name));
  const values = Object.entries({ ...ROLLUP_MEASURES, ...ROLLUP_BOUNDS });
  const names = ["project_id", "bucket", ...ROLLUP_DIMENSIONS, ...values.map(([name]) => name)];
  for (const unit of ["hour", "day"]) {
    await client.query(`TRUNCATE usage_${unit}`);
    await client.query(
      `INSERT INTO usage_${unit} (${names.join(", ")})
       SELECT project_id, date_trunc('${unit}', occurred_at, 'UTC') AS bucket, ${dimensions.join(", ")},
         ${values.map(([, sql]) => sql).join(", ")}
       FROM llm_call GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
    );
  }
}
