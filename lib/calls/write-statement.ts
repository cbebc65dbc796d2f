import { CALL_COLUMNS, type CallRow, ROLLUP_BOUNDS, ROLLUP_DIMENSIONS, ROLLUP_MEASURES } from "@/lib/calls/columns";

const IDENTITY = "project_id, occurred_at, tenant_id, request_id";
const names = Object.keys(CALL_COLUMNS) as (keyof typeof CALL_COLUMNS)[];
const columns = names.join(", ");
const types = ["integer", ...Object.values(CALL_COLUMNS).map(({ sql }) => sql)];
const dimensions = ROLLUP_DIMENSIONS.join(", ");
const measures = Object.keys(ROLLUP_MEASURES);
const bounds = Object.keys(ROLLUP_BOUNDS);
/** What makes a row of usage_hour: the columns of its primary key, in their order. */
export const ROLLUP_KEY = `project_id, bucket, ${dimensions}`;
const rollupColumns = [ROLLUP_KEY, ...measures, ...bounds].join(", ");

/** What the rollups need to know of a row of llm_call. */
export const ROLLED_UP = [
  IDENTITY,
  "line, environment, feature, deploy_sha, provider, model, service_tier, attempt, status_code, latency_ms",
  "input_tokens, cache_create_5m_tokens, cache_create_1h_tokens, cache_read_tokens, output_tokens, web_search_requests",
  "input_cost_usd_picos, cache_create_5m_cost_usd_picos, cache_create_1h_cost_usd_picos, cache_read_cost_usd_picos",
  "output_cost_usd_picos, web_search_cost_usd_picos, cost_usd_picos, list_cost_usd_picos, pricing_status",
].join(", ");

const hourly = [
  ...Object.entries(ROLLUP_MEASURES).map(([name, sql]) => `${sql} AS ${name}`),
  ...Object.entries(ROLLUP_BOUNDS).map(([name, sql]) => `${sql} AS ${name}`),
].join(", ");

const daily = [...measures.map((name) => `sum(${name})`), "min(first_occurred_at)", "max(last_occurred_at)"].join(", ");

const hourBuckets = `project_id, date_trunc('hour', occurred_at, 'UTC') AS bucket,
  environment, tenant_id, feature, deploy_sha, provider, model, service_tier, attempt > 1 AS is_retry`;

/** Sums by the hour of rows that have the columns `ROLLED_UP`: rows of usage_hour. */
export function sumByHour(rows: string): string {
  return `SELECT ${hourBuckets}, ${hourly} FROM ${rows} GROUP BY ${ROLLUP_KEY}`;
}

/** Adds sums by the hour to usage_hour. */
export function addHours(from: string): string {
  return `INSERT INTO usage_hour (${rollupColumns}) SELECT ${rollupColumns} FROM ${from} ORDER BY ${ROLLUP_KEY}
    ${addTo("usage_hour")}`;
}

/** Adds sums by the hour to usage_day. */
export function addDays(from: string): string {
  return `INSERT INTO usage_day (${rollupColumns})
    SELECT project_id, date_trunc('day', bucket, 'UTC') AS day, ${dimensions}, ${daily}
    FROM ${from} GROUP BY project_id, day, ${dimensions} ORDER BY project_id, day, ${dimensions}
    ${addTo("usage_day")}`;
}

/** Adds sums to a rollup table; keys in one order everywhere, so that writers queue up and never deadlock. */
function addTo(table: "usage_hour" | "usage_day"): string {
  return [
    `ON CONFLICT (${ROLLUP_KEY}) DO UPDATE SET`,
    [
      ...measures.map((name) => `${name} = ${table}.${name} + EXCLUDED.${name}`),
      `first_occurred_at = least(${table}.first_occurred_at, EXCLUDED.first_occurred_at)`,
      `last_occurred_at = greatest(${table}.last_occurred_at, EXCLUDED.last_occurred_at)`,
    ].join(", "),
  ].join(" ");
}

const STORE = `) AS sent (ord, ${columns})),
    first_lines AS (
      INSERT INTO llm_call (${columns}) SELECT ${columns} FROM input WHERE line = 0
      ON CONFLICT DO NOTHING RETURNING ${ROLLED_UP}),
    other_lines AS (
      INSERT INTO llm_call (${columns})
      SELECT ${columns} FROM input WHERE line > 0 AND (${IDENTITY}) IN (SELECT ${IDENTITY} FROM first_lines)
      ON CONFLICT DO NOTHING RETURNING ${ROLLED_UP}),
    hourly AS (${sumByHour("(SELECT * FROM first_lines UNION ALL SELECT * FROM other_lines) AS added")}),
    hours AS (${addHours("hourly")}),
    days AS (${addDays("hourly")})
    SELECT ord FROM input WHERE line = 0 AND (${IDENTITY}) NOT IN (SELECT ${IDENTITY} FROM first_lines)`;

/**
 * The statement that stores calls, as the pieces between its parameters, which are what `toColumns` makes of the rows.
 * It inserts what is new, adds exactly that to the rollups, and returns `ord` of every line 0 that was known already.
 * Further lines of a call go in only with its line 0: content of two different sends never mixes.
 */
export const STORE_CALLS: readonly string[] = [
  "WITH input AS MATERIALIZED (SELECT * FROM unnest(",
  ...types.map((type, index) => `::${type}[]${index === types.length - 1 ? STORE : ", "}`),
];

/**
 * The parameters of `STORE_CALLS`: one array a column, in PostgreSQL's text form. A third of the length of JSON objects, which
 * name every column in every row, and as much less work for all whom the rows pass.
 * @param calls each the rows of one call; its place here becomes `ord`.
 */
export function toColumns(calls: readonly (readonly CallRow[])[]): string[] {
  const rows = calls.flat();
  const ords = calls.flatMap((call, ord) => call.map(() => ord));
  return [toArray(ords), ...names.map((name) => toArray(rows.map((row) => row[name])))];
}

/** What stands in an array as it is; all else is quoted, the word null too. */
const PLAIN = /^(?!null$)[\w.:@/+-]+$/i;

function toArray(values: readonly CallRow[keyof CallRow][]): string {
  let last: CallRow[keyof CallRow] = null;
  let element = toElement(last);
  const elements = values.map((value) => {
    // Neighbours are often alike: the project, the model, the deploy.
    if (value !== last) {
      last = value;
      element = toElement(value);
    }
    return element;
  });
  return `{${elements.join()}}`;
}

function toElement(value: CallRow[keyof CallRow]): string | number {
  if (value === null) return "NULL";
  if (typeof value === "number") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return PLAIN.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
