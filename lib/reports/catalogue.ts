import { Prisma } from "@/prisma/client/client";
import type { Dimension, Unit } from "./schema";
import type { Sum } from "./sums";

export type DimensionEntry = Readonly<{ label: string; plural: string; sql: Prisma.Sql }>;

/** Every dimension: its label, the plural for counts, and the expression over a row of the rollups. */
export const DIMENSION_CATALOGUE: Readonly<Record<Dimension, DimensionEntry>> = {
  tenant: { label: "Tenant", plural: "tenants", sql: Prisma.sql`tenant_id` },
  feature: { label: "Feature", plural: "features", sql: Prisma.sql`feature` },
  deploy: { label: "Deploy", plural: "deploys", sql: Prisma.sql`deploy_sha` },
  model: { label: "Model", plural: "models", sql: Prisma.sql`model` },
  provider: { label: "Provider", plural: "providers", sql: Prisma.sql`provider` },
  environment: { label: "Environment", plural: "environments", sql: Prisma.sql`environment` },
  service_tier: { label: "Service tier", plural: "service tiers", sql: Prisma.sql`service_tier` },
  attempt: { label: "Attempt", plural: "attempts", sql: Prisma.sql`CASE WHEN is_retry THEN 'retry' ELSE 'first' END` },
};

/** Gives the column that holds a sum: that of the period, or that of the comparison. */
export type SumColumn = (name: Sum) => Prisma.Sql;

export type Measure = Readonly<{
  label: string;
  unit: Unit;
  /** What no calls at all mean: nothing spent is zero, but nothing asked has no hit ratio. */
  missing: "zero" | "gap";
  /** What a cell holds: an exact bigint, a mean or ratio as number, or a Date. */
  cell: "exact" | "float" | "time";
  sql: (column: SumColumn) => Prisma.Sql;
}>;

const PROMPT: readonly Sum[] = [
  "input_tokens",
  "cache_create_5m_tokens",
  "cache_create_1h_tokens",
  "cache_read_tokens",
];
const TOKENS: readonly Sum[] = [...PROMPT, "output_tokens"];

const add = (column: SumColumn, names: readonly Sum[]) => Prisma.sql`(${Prisma.join(names.map(column), " + ")})`;

const total = (label: string, unit: Unit, ...names: readonly Sum[]): Measure => ({
  label,
  unit,
  missing: "zero",
  cell: "exact",
  sql: (column) => add(column, names),
});

/** Sums less another sum; below zero where that is more. */
const difference = (label: string, of: readonly Sum[], less: Sum): Measure => ({
  label,
  unit: "usd_picos",
  missing: "zero",
  cell: "exact",
  sql: (column) => Prisma.sql`(${add(column, of)} - ${column(less)})`,
});

/** Sums over sums; null, never zero or infinite, where there is nothing to divide by. */
const ratio = (label: string, unit: Unit, over: readonly Sum[], under: readonly Sum[]): Measure => ({
  label,
  unit,
  missing: "gap",
  cell: "float",
  sql: (column) => Prisma.sql`(${add(column, over)}::numeric / nullif(${add(column, under)}, 0))`,
});

/** What is priced by what it cost: unpriced calls are in neither half, so they do not look cheap. In whole picodollars. */
const unitCost = (label: string, factor: Prisma.Sql, of: readonly Sum[], unpriced: Sum): Measure => ({
  label,
  unit: "usd_picos",
  missing: "gap",
  cell: "exact",
  sql: (column) => Prisma.sql`round(${column("cost_usd_picos")}::numeric * ${factor}
    / nullif(greatest(${add(column, of)} - ${column(unpriced)}, 0), 0))`,
});

const moment = (label: string, name: Sum): Measure => ({
  label,
  unit: "time",
  missing: "gap",
  cell: "time",
  sql: (column) => column(name),
});

/** Every measure by its key, in the order in which they are shown. `cost` is picodollars; its JSON and CSV name is `cost_usd`. */
export const MEASURE_CATALOGUE = {
  cost: total("Spend", "usd_picos", "cost_usd_picos"),
  list_cost: total("List price", "usd_picos", "list_cost_usd_picos"),
  saved_cost: difference("Saved", ["list_cost_usd_picos", "unlisted_cost_usd_picos"], "cost_usd_picos"),
  calls: total("Calls", "calls", "calls"),
  cost_per_call: unitCost("Cost per call", Prisma.sql`1`, ["calls"], "unpriced_calls"),
  tokens: total("Tokens", "tokens", ...TOKENS),
  prompt_tokens: total("Prompt tokens", "tokens", ...PROMPT),
  input_tokens: total("Fresh input tokens", "tokens", "input_tokens"),
  cache_create_5m_tokens: total("Cache write 5m tokens", "tokens", "cache_create_5m_tokens"),
  cache_create_1h_tokens: total("Cache write 1h tokens", "tokens", "cache_create_1h_tokens"),
  cache_read_tokens: total("Cache read tokens", "tokens", "cache_read_tokens"),
  output_tokens: total("Output tokens", "tokens", "output_tokens"),
  web_search_requests: total("Web searches", "calls", "web_search_requests"),
  input_cost: total("Fresh input spend", "usd_picos", "input_cost_usd_picos"),
  cache_create_5m_cost: total("Cache write 5m spend", "usd_picos", "cache_create_5m_cost_usd_picos"),
  cache_create_1h_cost: total("Cache write 1h spend", "usd_picos", "cache_create_1h_cost_usd_picos"),
  cache_read_cost: total("Cache read spend", "usd_picos", "cache_read_cost_usd_picos"),
  output_cost: total("Output spend", "usd_picos", "output_cost_usd_picos"),
  web_search_cost: total("Web search spend", "usd_picos", "web_search_cost_usd_picos"),
  input_tokens_per_call: ratio("Input tokens per call", "tokens", PROMPT, ["calls"]),
  output_tokens_per_call: ratio("Output tokens per call", "tokens", ["output_tokens"], ["calls"]),
  cost_per_mtok: unitCost("Spend per million tokens", Prisma.sql`1000000`, TOKENS, "unpriced_tokens"),
  cache_hit: ratio("Cache hit", "ratio", ["cache_read_tokens"], PROMPT),
  errors: total("Errors", "calls", "errors"),
  error_rate: ratio("Error rate", "ratio", ["errors"], ["calls"]),
  rate_limited: total("Rate limited", "calls", "rate_limited"),
  rate_limited_rate: ratio("Rate limited share", "ratio", ["rate_limited"], ["calls"]),
  failed_rate: ratio("Failed attempts", "ratio", ["errors", "rate_limited"], ["calls"]),
  retries: total("Retries", "calls", "retries"),
  retry_share: ratio("Retry share", "ratio", ["retries"], ["calls"]),
  latency: ratio("Mean latency", "ms", ["latency_ms_sum"], ["calls"]),
  batch_share: ratio("Batch share", "ratio", ["batch_calls"], ["calls"]),
  unpriced_calls: total("Unpriced calls", "calls", "unpriced_calls"),
  unpriced_tokens: total("Unpriced tokens", "tokens", "unpriced_tokens"),
  estimated_calls: total("Estimated calls", "calls", "estimated_calls"),
  estimated_cost: total("Estimated spend", "usd_picos", "estimated_cost_usd_picos"),
  first_seen: moment("First call", "first_occurred_at"),
  last_seen: moment("Last call", "last_occurred_at"),
} as const satisfies Readonly<Record<string, Measure>>;
export type MeasureKey = keyof typeof MEASURE_CATALOGUE;
export const MEASURES = Object.keys(MEASURE_CATALOGUE) as readonly MeasureKey[];

/** The sums that measures are made of. */
export function sumsOf(measures: readonly MeasureKey[]): ReadonlySet<Sum> {
  const needed = new Set<Sum>();
  for (const measure of measures) {
    MEASURE_CATALOGUE[measure].sql((name) => {
      needed.add(name);
      return Prisma.empty;
    });
  }
  return needed;
}
