import { addSavings, NO_SAVING, netSaving, savingOf } from "@/lib/cache/savings";
import { orderRows } from "./cache-order";
import { type CacheUsage, readCacheUsage } from "./cache-usage";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

const COLUMNS: readonly Column[] = [
  { key: "cache_hit", label: "Cache hit", unit: "ratio", missing: "gap" },
  { key: "cache_read_tokens", label: "Cache read tokens", unit: "tokens", missing: "zero" },
  { key: "cache_create_5m_tokens", label: "Cache write 5m tokens", unit: "tokens", missing: "zero" },
  { key: "cache_create_1h_tokens", label: "Cache write 1h tokens", unit: "tokens", missing: "zero" },
  { key: "input_tokens", label: "Fresh input tokens", unit: "tokens", missing: "zero" },
  { key: "calls", label: "Calls", unit: "calls", missing: "zero" },
  { key: "unpriced_calls", label: "Unpriced calls", unit: "calls", missing: "zero" },
  { key: "cached_cost", label: "Reads and writes", unit: "usd_picos", missing: "zero" },
  { key: "write_cost", label: "Of it, writes", unit: "usd_picos", missing: "zero" },
  { key: "fresh_cost", label: "The same, fresh", unit: "usd_picos", missing: "zero" },
  { key: "read_saving", label: "Saved by reads", unit: "usd_picos", missing: "zero" },
  { key: "write_premium", label: "Write premium", unit: "usd_picos", missing: "zero" },
  { key: "net_saving", label: "Saved, net", unit: "usd_picos", missing: "zero" },
  { key: "estimated_fresh_cost", label: "The same, fresh: estimated part", unit: "usd_picos", missing: "zero" },
  { key: "unknown_tokens", label: "Cached tokens without a rate or price", unit: "tokens", missing: "zero" },
];

/** The cells of one row; nothing at all is null, so that nothing before is not a zero before. */
function figuresOf(usages: readonly CacheUsage[]): Row {
  if (usages.length === 0) return Object.fromEntries(COLUMNS.map(({ key }) => [key, null]));
  const sum = (of: (usage: CacheUsage) => bigint) => usages.reduce((all, usage) => all + of(usage), 0n);
  const saving = usages.map(({ cached, rates }) => savingOf(cached, rates)).reduce(addSavings, NO_SAVING);
  const [read, write5m, write1h, fresh] = [
    sum(({ cached }) => cached.tokens.cacheRead),
    sum(({ cached }) => cached.tokens.cacheCreate5m),
    sum(({ cached }) => cached.tokens.cacheCreate1h),
    sum(({ freshTokens }) => freshTokens),
  ];
  const prompt = read + write5m + write1h + fresh;
  return {
    cache_hit: prompt === 0n ? null : Number(read) / Number(prompt),
    cache_read_tokens: read,
    cache_create_5m_tokens: write5m,
    cache_create_1h_tokens: write1h,
    input_tokens: fresh,
    calls: sum(({ calls }) => calls),
    unpriced_calls: sum(({ unpricedCalls }) => unpricedCalls),
    cached_cost: saving.paid,
    write_cost: sum(({ cached }) => cached.cost.cacheCreate5m + cached.cost.cacheCreate1h),
    fresh_cost: saving.fresh,
    read_saving: saving.readSaving,
    write_premium: saving.writePremium,
    net_saving: netSaving(saving),
    estimated_fresh_cost: saving.estimated,
    unknown_tokens: saving.unknownTokens,
  };
}

function compareFigures(usages: readonly CacheUsage[]): Row {
  return Object.fromEntries(Object.entries(figuresOf(usages)).map(([key, cell]) => [`compare_${key}`, cell]));
}

/** What caching saved by feature against sending the same tokens fresh; the lowest hit first. Columns are fixed. */
export const cacheSavings: Report = {
  label: "Cache savings",
  question: "What did caching save, and where is the cache lost?",
  dimensions: ["feature"],
  groupable: [],
  measures: ["cache_hit"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const { now, before, coverage } = await readCacheUsage(scope, query);
    const features = [...new Set([...now, ...before].map(({ feature }) => feature))];
    const of = (usages: readonly CacheUsage[], feature: string) => usages.filter((one) => one.feature === feature);
    const rows = features.map((feature) => ({
      feature,
      ...figuresOf(of(now, feature)),
      ...(query.compare && compareFigures(of(before, feature))),
    }));
    const earlier = (column: Column): Column => ({
      ...column,
      key: `compare_${column.key}`,
      label: `${column.label} before`,
    });
    return {
      report: "cache-savings",
      period: query.period,
      compare: query.compare,
      bucket: null,
      asOf,
      columns: [
        { key: "feature", label: "Feature", unit: "text" },
        ...COLUMNS.flatMap((column) => (query.compare ? [column, earlier(column)] : [column])),
      ],
      rows: orderRows(rows, query.sort ?? { key: "cache_hit", dir: "asc" }).slice(0, query.limit),
      rowCount: rows.length,
      totals: { ...figuresOf(now), ...(query.compare && compareFigures(before)) },
      coverage,
    };
  },
};
