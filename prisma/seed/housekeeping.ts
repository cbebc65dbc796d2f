import pg from "pg";
import type { Scope } from "@/lib/auth/scope";
import { env } from "@/lib/env";

const CALL_TABLES = ["llm_call", "usage_hour", "usage_day"];
/** What is told about calls apart from them. */
const TOLD_TABLES = ["task_outcome", "deploy", "client", "client_drop"];

/** Removes every call of the project, what was summed from them and what is told about them, so that the sample can begin at another now. */
export async function clearCalls({ projectId }: Scope): Promise<void> {
  await patiently(async (client) => {
    const others = await client.query("SELECT 1 FROM project WHERE id <> $1 LIMIT 1", [projectId]);
    const tables = [...CALL_TABLES, ...TOLD_TABLES];
    if (others.rows.length === 0) await client.query(`TRUNCATE ${tables.join(", ")}`);
    else for (const table of tables) await client.query(`DELETE FROM ${table} WHERE project_id = $1`, [projectId]);
  });
}

/** Statistics for the planner: on the embedded database nothing else gathers them soon. */
export async function gatherStatistics(): Promise<void> {
  await patiently((client) => client.query("ANALYZE"));
}

/** A connection apart from the pools, whose limits are made for answering people and not for work on whole tables. */
async function patiently(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
