import "server-only";
import { readLengths } from "@/lib/cache/read-lengths";
import { readCachePrices } from "@/lib/cache/read-prices";
import { orderRows } from "./cache-order";
import { readCacheUsage } from "./cache-usage";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

const COLUMNS: readonly Column[] = [
  { key: "feature", label: "Feature", unit: "text" },
  { key: "model", label: "Model", unit: "text" },
  { key: "calls", label: "Calls with a prompt", unit: "calls", missing: "zero" },
  { key: "uncached_calls", label: "Calls without cache", unit: "calls", missing: "zero" },
  { key: "mean_prompt_tokens", label: "Mean prompt tokens", unit: "tokens", missing: "gap" },
  { key: "min_cacheable_tokens", label: "Shortest cached prompt", unit: "tokens", missing: "gap" },
  { key: "short_calls", label: "Calls under it", unit: "calls", missing: "gap" },
];

/** Prompts against the shortest that the model caches, by feature and model; null where the book does not know it. */
export const promptsUnderCacheMinimum: Report = {
  label: "Prompts under the cache minimum",
  question: "Which prompts are too short for their model to cache?",
  dimensions: ["feature", "model"],
  groupable: [],
  measures: ["calls"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const { book } = await readCachePrices(scope);
    const [lengths, { coverage }] = await Promise.all([
      readLengths(scope, book, query),
      readCacheUsage(scope, { ...query, compare: null }),
    ]);
    const rows = lengths.map(
      ({ feature, model, calls, promptTokens, uncached, minimum, tooShort }): Row => ({
        feature,
        model,
        calls: BigInt(calls),
        uncached_calls: BigInt(uncached),
        mean_prompt_tokens: Number(promptTokens) / calls,
        min_cacheable_tokens: minimum === null ? null : BigInt(minimum),
        short_calls: tooShort === null ? null : BigInt(tooShort),
      }),
    );
    const total = (key: string) => rows.reduce((sum, row) => sum + ((row[key] as bigint | null) ?? 0n), 0n);
    return {
      report: "prompts-under-cache-minimum",
      period: query.period,
      compare: null,
      bucket: null,
      asOf,
      columns: COLUMNS,
      rows: orderRows(rows, query.sort ?? { key: "short_calls", dir: "desc" }).slice(0, query.limit),
      rowCount: rows.length,
      totals: Object.fromEntries(["calls", "uncached_calls", "short_calls"].map((key) => [key, total(key)])),
      coverage,
    };
  },
};
