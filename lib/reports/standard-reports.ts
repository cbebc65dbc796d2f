import type { MeasureKey } from "./catalogue";
import type { Dimension } from "./schema";

/** A report that the builder answers: a choice of dimensions and measures. `group_by` adds further dimensions. */
export type StandardReport = Readonly<{
  label: string;
  question: string;
  dimensions: readonly Dimension[];
  /** The columns unless others of the catalogue are asked for. */
  measures: readonly MeasureKey[];
  /** `hour`, or `auto` for what suits the period; without, one row a group. */
  bucket?: "auto" | "hour";
  sort: Readonly<{ key: string; dir: "asc" | "desc" }>;
  /** Looks at no more than the last days of the period. */
  lastDays?: number;
}>;

const dearest = { key: "cost", dir: "desc" } as const;
const quality: readonly MeasureKey[] = ["cache_hit", "error_rate", "rate_limited_rate", "retry_share"];
const perCall: readonly MeasureKey[] = [
  "cost",
  "calls",
  "cost_per_call",
  "input_tokens_per_call",
  "output_tokens_per_call",
];
const breakdown: readonly MeasureKey[] = [
  ...perCall,
  "list_cost",
  "saved_cost",
  "tokens",
  ...quality,
  "latency",
  "unpriced_calls",
  "estimated_calls",
];
const tokens: readonly MeasureKey[] = [
  "input_tokens",
  "cache_create_5m_tokens",
  "cache_create_1h_tokens",
  "cache_read_tokens",
  "output_tokens",
];
const tokenCosts: readonly MeasureKey[] = [
  "input_cost",
  "cache_create_5m_cost",
  "cache_create_1h_cost",
  "cache_read_cost",
  "output_cost",
  "web_search_cost",
];

const costBy = (
  dimension: Dimension,
  label: string,
  question: string,
  ...more: readonly MeasureKey[]
): StandardReport => ({
  label,
  question,
  dimensions: [dimension],
  measures: [...new Set([...breakdown, ...more])],
  sort: dearest,
});

export const STANDARD_REPORTS = {
  "usage-summary": {
    label: "Usage summary",
    question: "What did we spend, on how many calls and which tokens?",
    dimensions: [],
    measures: [...breakdown, ...tokens, ...tokenCosts, "cost_per_mtok", "batch_share", "first_seen", "last_seen"],
    sort: dearest,
  },
  "cost-over-time": {
    label: "Cost over time",
    question: "What did we spend, and is that normal?",
    dimensions: [],
    measures: ["cost", "calls", "tokens"],
    bucket: "auto",
    sort: dearest,
  },
  "cost-per-hour": {
    label: "Spend per hour",
    question: "When is the money spent, in the last 14 days of the period?",
    dimensions: [],
    measures: ["cost", "calls"],
    bucket: "hour",
    lastDays: 14,
    sort: dearest,
  },
  "cost-by-tenant": costBy("tenant", "Cost by tenant", "Who costs what, and how is that changing?"),
  "cost-by-feature": costBy("feature", "Cost by feature", "Which feature, and why does it drift?", ...tokens),
  "cost-by-deploy": costBy("deploy", "Cost by deploy", "Which deploy changed the cost?", "first_seen", "last_seen"),
  "cost-by-model": costBy(
    "model",
    "Cost by model",
    "What does each model cost us?",
    "cost_per_mtok",
    "batch_share",
    ...tokens,
    ...tokenCosts,
  ),
  "cost-by-provider": costBy("provider", "Cost by provider", "Whom do we pay?", "cost_per_mtok"),
  "cost-by-environment": costBy("environment", "Cost by environment", "What does each environment cost?"),
  "input-tokens-per-call": {
    label: "Input tokens per call",
    question: "Does the prompt grow? It moves before the bill does.",
    dimensions: ["feature"],
    measures: ["input_tokens_per_call", "prompt_tokens", "calls", "cost", "cost_per_call"],
    bucket: "auto",
    sort: dearest,
  },
  "cache-hit-by-feature": {
    label: "Cache hit by feature",
    question: "Where is the cache lost?",
    dimensions: ["feature"],
    measures: [
      "cache_hit",
      "cache_read_tokens",
      "cache_create_5m_tokens",
      "cache_create_1h_tokens",
      "input_tokens",
      "calls",
      "cost",
    ],
    sort: { key: "cache_hit", dir: "asc" },
  },
} as const satisfies Readonly<Record<string, StandardReport>>;
