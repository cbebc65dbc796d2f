import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { COST_KINDS, type CostKind, type UsageCell } from "@/lib/deploys/schema";
import { buildReport } from "./builder";
import type { MeasureKey } from "./catalogue";
import { type Coverage, EVERY_ROW, type ReportQuery, type Row } from "./schema";

type KindMeasures = Readonly<{ tokens: MeasureKey; cost: MeasureKey }>;

const MEASURES: Readonly<Record<CostKind, KindMeasures>> = {
  input: { tokens: "input_tokens", cost: "input_cost" },
  cacheCreate5m: { tokens: "cache_create_5m_tokens", cost: "cache_create_5m_cost" },
  cacheCreate1h: { tokens: "cache_create_1h_tokens", cost: "cache_create_1h_cost" },
  cacheRead: { tokens: "cache_read_tokens", cost: "cache_read_cost" },
  output: { tokens: "output_tokens", cost: "output_cost" },
  webSearch: { tokens: "web_search_requests", cost: "web_search_cost" },
};
const ASKED: readonly MeasureKey[] = [
  "calls",
  "unpriced_calls",
  "unpriced_tokens",
  "errors",
  "rate_limited",
  ...Object.values(MEASURES).flatMap(({ tokens, cost }) => [tokens, cost]),
];

/** The figures of one era of a row; what the builder left null, because there was nothing, is zero. */
function cellOf(row: Row, prefix: "" | "compare_"): UsageCell {
  const figure = (key: MeasureKey) => (row[`${prefix}${key}`] as bigint | null) ?? 0n;
  const kinds = (of: keyof KindMeasures) =>
    Object.fromEntries(COST_KINDS.map((kind) => [kind, figure(MEASURES[kind][of])])) as Record<CostKind, bigint>;
  return {
    feature: String(row.feature),
    model: `${row.model} ${row.service_tier}`,
    isRetry: row.attempt === "retry",
    calls: figure("calls"),
    unpriced: figure("unpriced_calls"),
    unpricedTokens: figure("unpriced_tokens"),
    errors: figure("errors"),
    rateLimited: figure("rate_limited"),
    tokens: kinds("tokens"),
    cost: kinds("cost"),
  };
}

const isUsed = ({ calls, tokens, cost }: UsageCell) =>
  calls > 0n || COST_KINDS.some((kind) => tokens[kind] > 0n || cost[kind] > 0n);

/**
 * What was used in the period of a query and in its comparison by feature, model with service tier, and first tries or
 * retries; the coverage is that of the period.
 */
export async function readUsageCells(
  scope: Scope,
  { period, compare, filters }: Pick<ReportQuery, "period" | "compare" | "filters">,
): Promise<Readonly<{ now: readonly UsageCell[]; before: readonly UsageCell[]; coverage: Coverage }>> {
  const asked: ReportQuery = {
    period,
    compare,
    filters,
    bucket: null,
    groupBy: ["feature", "model", "service_tier", "attempt"],
    measures: [],
    sort: null,
    limit: EVERY_ROW,
  };
  const { rows, coverage } = await buildReport(scope, "usage-cells", asked, ASKED, now());
  const cells = (prefix: "" | "compare_") => rows.map((row) => cellOf(row, prefix)).filter(isUsed);
  return { now: cells(""), before: cells("compare_"), coverage };
}
