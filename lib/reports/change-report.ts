import type { Scope } from "@/lib/auth/scope";
import { explainFeature, explainParts, mainCause } from "@/lib/deploys/explain";
import { type Change, type Decomposition, PART_LABELS, PARTS, type Part } from "@/lib/deploys/schema";
import { comparePeriod, type Period } from "@/lib/period";
import { explainChange, findDeploySpans } from "./explain-change";
import type { Report } from "./report";
import type { Column, ReportQuery, ReportResult, Row } from "./schema";

const PART_KEYS: Readonly<Record<Part, string>> = {
  volume: "volume",
  price: "price",
  modelMix: "model_mix",
  freshInput: "fresh_input",
  cache: "cache",
  output: "output",
  retries: "retries",
};

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
  { key: "largest_part", label: "Largest part", unit: "text" },
  { key: "why", label: "Why", unit: "text" },
];

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

/** Decomposes between two spans; the coverage is that of the span after. */
async function between(
  scope: Scope,
  report: string,
  query: ReportQuery,
  [before, after]: readonly [Period, Period],
  asOf: Date,
): Promise<ReportResult> {
  const { coverage, ...decomposition } = await explainChange(scope, before, after, query.filters);
  const table = toTable(decomposition, query.limit);
  return { report, period: after, compare: before, bucket: null, asOf, ...table, coverage };
}

/** What changed the cost with a deploy: the time after its first call against as long before, all deploys in it. */
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
    const deploy = query.filters.find(({ dimension }) => dimension === "deploy")?.values[0] ?? "";
    const filters = query.filters.filter(({ dimension }) => dimension !== "deploy");
    const spans = await findDeploySpans(scope, deploy, query.window ?? "48h", filters, asOf);
    // Nobody has seen such a deploy: its own filter lets nothing through, and every figure is nothing.
    if (!spans) return between(scope, "deploy-comparison", query, [query.period, query.period], asOf);
    return between(scope, "deploy-comparison", { ...query, filters }, [spans.before, spans.after], asOf);
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
    return between(scope, "cost-change", query, [before, query.period], asOf);
  },
};
