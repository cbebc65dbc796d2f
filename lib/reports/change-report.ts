import { explainFeature, explainParts, mainCause } from "@/lib/deploys/explain";
import {
  type Change,
  type CostKind,
  type Decomposition,
  PART_LABELS,
  PARTS,
  type Part,
  type UsageSide,
} from "@/lib/deploys/schema";
import { comparePeriod, type Period } from "@/lib/period";
import { findDeploySpans } from "./deploy-spans";
import { type Explained, explainChange, explainDeploy } from "./explain-change";
import type { Report } from "./report";
import type { Column, ReportQuery, ReportResult, Row } from "./schema";

/** The name of each part in columns and JSON. */
export const PART_KEYS: Readonly<Record<Part, string>> = {
  volume: "volume",
  price: "price",
  modelMix: "model_mix",
  freshInput: "fresh_input",
  cache: "cache",
  output: "output",
  retries: "retries",
};

/** Tokens a call by kind, each before and after. */
const KINDS: Readonly<Partial<Record<CostKind, readonly [key: string, label: string]>>> = {
  input: ["fresh_input_tokens_per_call", "Fresh input tokens per call"],
  cacheCreate5m: ["cache_create_5m_tokens_per_call", "Cache write 5m tokens per call"],
  cacheCreate1h: ["cache_create_1h_tokens_per_call", "Cache write 1h tokens per call"],
  cacheRead: ["cache_read_tokens_per_call", "Cache read tokens per call"],
  output: ["output_tokens_per_call", "Output tokens per call"],
};
const KIND_ENTRIES = Object.entries(KINDS) as readonly [CostKind, readonly [string, string]][];

/** Counts that each side has. */
const COUNTS = [
  ["errors", "Errors", ({ errors }: UsageSide) => errors],
  ["rate_limited", "Rate limited", ({ rateLimited }: UsageSide) => rateLimited],
  ["retried_calls", "Retries", ({ retries }: UsageSide) => retries],
  ["unpriced_calls", "Unpriced calls", ({ calls, pricedCalls }: UsageSide) => calls - pricedCalls],
] as const;

const money = (key: string, label: string): Column => ({ key, label, unit: "usd_picos", missing: "zero" });
const COLUMNS: readonly Column[] = [
  { key: "feature", label: "Feature", unit: "text" },
  { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
  { key: "compare_calls", label: "Calls before", unit: "calls", missing: "zero" },
  money("cost", "Spend"),
  money("compare_cost", "Spend before"),
  money("change", "Change"),
  ...PARTS.map((part) => money(PART_KEYS[part], PART_LABELS[part])),
  money("effect", "Effect without volume"),
  { ...money("cost_per_call", "Cost per call"), missing: "gap" },
  { ...money("compare_cost_per_call", "Cost per call before"), missing: "gap" },
  { key: "cache_hit", label: "Cache hit", unit: "ratio", missing: "gap" },
  { key: "compare_cache_hit", label: "Cache hit before", unit: "ratio", missing: "gap" },
  { key: "input_tokens_per_call", label: "Input tokens per call", unit: "tokens", missing: "gap" },
  { key: "compare_input_tokens_per_call", label: "Input tokens per call before", unit: "tokens", missing: "gap" },
  ...KIND_ENTRIES.flatMap(([, [key, label]]): Column[] => [
    { key, label, unit: "tokens", missing: "gap" },
    { key: `compare_${key}`, label: `${label} before`, unit: "tokens", missing: "gap" },
  ]),
  ...COUNTS.flatMap(([key, label]): Column[] => [
    { key, label, unit: "calls", missing: "zero" },
    { key: `compare_${key}`, label: `${label} before`, unit: "calls", missing: "zero" },
  ]),
  { key: "largest_part", label: "Largest part", unit: "text" },
  { key: "why", label: "Why", unit: "text" },
];

function tokensPerCall({ tokens, calls }: UsageSide, kind: CostKind): number | null {
  return calls > 0n ? Number(tokens[kind]) / Number(calls) : null;
}

function toRow({ before, after, parts, changeUsdPicos, effectUsdPicos }: Change): Row {
  return {
    calls: after.calls,
    compare_calls: before.calls,
    cost: after.costUsdPicos,
    compare_cost: before.costUsdPicos,
    change: changeUsdPicos,
    ...Object.fromEntries(PARTS.map((part) => [PART_KEYS[part], parts[part]])),
    effect: effectUsdPicos,
    cost_per_call: after.costPerCallUsdPicos,
    compare_cost_per_call: before.costPerCallUsdPicos,
    cache_hit: after.cacheHit,
    compare_cache_hit: before.cacheHit,
    input_tokens_per_call: after.inputTokensPerCall,
    compare_input_tokens_per_call: before.inputTokensPerCall,
    ...Object.fromEntries(
      KIND_ENTRIES.flatMap(([kind, [key]]) => [
        [key, tokensPerCall(after, kind)],
        [`compare_${key}`, tokensPerCall(before, kind)],
      ]),
    ),
    ...Object.fromEntries(
      COUNTS.flatMap(([key, , count]) => [
        [key, count(after)],
        [`compare_${key}`, count(before)],
      ]),
    ),
  };
}

/** One row a feature, largest effect first; in every row, and in the totals, the parts add up to the change. */
function toTable(
  decomposition: Decomposition,
  limit: number,
): Pick<ReportResult, "columns" | "rows" | "rowCount" | "totals"> {
  const rows = decomposition.features.map((feature) => {
    const cause = explainFeature(feature);
    const largest = cause && { largest_part: PART_KEYS[cause.part], why: cause.why };
    return { feature: feature.feature, ...toRow(feature), ...(largest ?? { largest_part: null, why: null }) };
  });
  const main = mainCause(decomposition);
  const words = main && explainParts(decomposition)[main.part];
  const total = { ...toRow(decomposition.total), largest_part: main && PART_KEYS[main.part], why: words };
  return { columns: COLUMNS, rows: rows.slice(0, limit), rowCount: rows.length, totals: total };
}

/** A change as a report; the coverage is that of the span after. */
function toResult(
  report: string,
  { limit }: ReportQuery,
  [before, after]: readonly [Period, Period],
  { coverage, ...decomposition }: Explained,
  asOf: Date,
): ReportResult {
  return { report, period: after, compare: before, bucket: null, asOf, ...toTable(decomposition, limit), coverage };
}

/**
 * What changed the cost with a deploy: its calls in the time after the first of them against all calls of as long before,
 * or with `against` those of another deploy in as long after its first.
 */
export const deployComparison: Report = {
  label: "Deploy comparison",
  question: "What changed the cost with this deploy?",
  dimensions: ["feature"],
  groupable: [],
  measures: ["cost"],
  selectable: [],
  slicedBy: () => null,
  needsDeploy: true,
  run: async (scope, query, asOf) => {
    const own = query.filters.find(({ dimension, op }) => dimension === "deploy" && op === "is");
    const deploy = own?.values[0] ?? "";
    const filters = query.filters.filter((filter) => filter !== own);
    const spans = await findDeploySpans(scope, deploy, query.window ?? "48h", filters, asOf, query.against);
    const name = "deploy-comparison";
    // Nobody has seen such a deploy: its own filter lets nothing through, and every figure is nothing.
    if (!spans) {
      const nothing = await explainChange(scope, query.period, query.period, query.filters);
      return toResult(name, query, [query.period, query.period], nothing, asOf);
    }
    return toResult(name, query, [spans.before, spans.after], await explainDeploy(scope, spans, filters), asOf);
  },
};

/** Why the cost of a period differs from that of its comparison, the period before unless another was asked for. */
export const costChange: Report = {
  label: "Cost change",
  question: "Why did it grow?",
  dimensions: ["feature"],
  groupable: [],
  measures: ["cost"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const before = query.compare ?? comparePeriod(query.period, "previous", asOf) ?? query.period;
    const change = await explainChange(scope, before, query.period, query.filters);
    return toResult("cost-change", query, [before, query.period], change, asOf);
  },
};
