import type pg from "pg";
import { ROLLUP_BOUNDS, ROLLUP_DIMENSIONS, ROLLUP_MEASURES } from "@/lib/calls/columns";
import { median } from "./print";

/** A statement as the product sent it. */
export type Statement = Readonly<{ sql: string; params: readonly unknown[] }>;

const KEY = ["project_id", ...ROLLUP_DIMENSIONS.filter((name) => name !== "is_retry")].join(", ");

/**
 * Views with the columns of the rollups and one row for each row of llm_call: the product's own statement, read from
 * them instead, is the same question asked of the raw table.
 */
export async function createRawViews(client: pg.Client): Promise<void> {
  const columns = Object.entries({ ...ROLLUP_MEASURES, ...ROLLUP_BOUNDS }).map(
    ([name, sql]) => `${ofOneRow(sql)} AS ${name}`,
  );
  for (const unit of ["hour", "day"]) {
    await client.query(`CREATE OR REPLACE VIEW raw_usage_${unit} AS
      SELECT ${KEY}, attempt > 1 AS is_retry, date_trunc('${unit}', occurred_at, 'UTC') AS bucket, ${columns.join(", ")}
      FROM llm_call`);
  }
}

/** The value that one row adds to an aggregate: `coalesce(sum(x) FILTER (WHERE c), 0)` → `CASE WHEN c THEN x ELSE 0 END`. */
function ofOneRow(aggregate: string): string {
  const count = /^count\(\*\) FILTER \(WHERE (.+)\)$/.exec(aggregate)?.[1];
  if (count) return `(CASE WHEN ${count} THEN 1 ELSE 0 END)::bigint`;
  const [, value, condition] = /^coalesce\(sum\((.+?)\)(?: FILTER \(WHERE (.+)\))?, 0\)$/.exec(aggregate) ?? [];
  if (value) return `(CASE WHEN ${condition ?? "true"} THEN coalesce(${value}, 0) ELSE 0 END)::bigint`;
  const bound = /^(?:min|max)\((\w+)\)$/.exec(aggregate)?.[1];
  if (bound) return bound;
  throw new Error(`no value of one row for ${aggregate}`);
}

/** The same question, asked of the raw rows. */
function askRaw({ sql, params }: Statement): Statement {
  return { sql: sql.replaceAll(/\busage_(hour|day)\b/g, "raw_usage_$1"), params };
}

/** As `databaseMs`, of the same questions asked of the raw rows, planned as PostgreSQL does by itself: ours is tuned for rollups. */
export async function rawMs(client: pg.Client, statements: readonly Statement[], runs: number): Promise<number> {
  await client.query("SET random_page_cost = 4");
  await client.query("SET parallel_setup_cost = 1000");
  try {
    return await databaseMs(client, statements.map(askRaw), runs);
  } finally {
    await client.query("RESET ALL");
  }
}

/** Milliseconds in the database, the median of some runs: planning and execution, without sending the rows. */
export async function databaseMs(client: pg.Client, statements: readonly Statement[], runs: number): Promise<number> {
  const totals: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    let total = 0;
    for (const { sql, params } of statements) {
      const { rows } = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`, [...params]);
      const plan = rows[0]?.["QUERY PLAN"]?.[0];
      total += plan["Planning Time"] + plan["Execution Time"];
    }
    totals.push(total);
  }
  return median(totals);
}
