import "server-only";
import { readCachePrices } from "@/lib/cache/read-prices";
import { readReuse } from "@/lib/cache/read-reuse";
import { type ReuseCell, sumCells } from "@/lib/cache/reuse";
import { orderRows } from "./cache-order";
import { type CacheUsage, readCacheUsage } from "./cache-usage";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

const COLUMNS: readonly Column[] = [
  { key: "write_tokens", label: "Tokens written", unit: "tokens", missing: "zero" },
  { key: "write_cost", label: "Spent on writes", unit: "usd_picos", missing: "zero" },
  { key: "unread_tokens", label: "Tokens never read", unit: "tokens", missing: "zero" },
  { key: "unread_cost", label: "Writes never read", unit: "usd_picos", missing: "zero" },
  { key: "open_cost", label: "May still be read", unit: "usd_picos", missing: "zero" },
  { key: "unhashed_cost", label: "Not known: no prefix hash", unit: "usd_picos", missing: "zero" },
  { key: "unpriced_calls", label: "Unpriced calls", unit: "calls", missing: "zero" },
];

/** What was written, by the cells that name their prefix and by the rollups, which hold every write. */
function figuresOf(cells: readonly ReuseCell[], usages: readonly CacheUsage[]): Row {
  const sum = (of: (usage: CacheUsage) => bigint) => usages.reduce((all, usage) => all + of(usage), 0n);
  const cost = sum(({ cached }) => cached.cost.cacheCreate5m + cached.cost.cacheCreate1h);
  const hashed = sumCells(cells, "write5mCost") + sumCells(cells, "write1hCost");
  return {
    write_tokens: sum(({ cached }) => cached.tokens.cacheCreate5m + cached.tokens.cacheCreate1h),
    write_cost: cost,
    unread_tokens: sumCells(cells, "unreadTokens"),
    unread_cost: sumCells(cells, "unreadCost"),
    open_cost: sumCells(cells, "openCost"),
    // The two are read one after the other: a call may have come between.
    unhashed_cost: cost > hashed ? cost - hashed : 0n,
    unpriced_calls: sum(({ unpricedCalls }) => unpricedCalls),
  };
}

/** What was paid for cache writes that no later call of the same prefix read while they lived, by feature and model. */
export const unreadCacheWrites: Report = {
  label: "Unread cache writes",
  question: "What was written into a cache and never read?",
  dimensions: ["feature", "model"],
  groupable: [],
  measures: ["cost"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const [usage, cells] = await Promise.all([
      readCacheUsage(scope, { ...query, compare: null }),
      readReuse(scope, await readCachePrices(scope), { ...query, asOf }),
    ]);
    const names = new Map(
      usage.now.map(({ feature, model }) => [JSON.stringify([feature, model]), { feature, model }]),
    );
    const rows = [...names.values()].flatMap((name) => {
      const isOf = (one: { feature: string; model: string }) =>
        one.feature === name.feature && one.model === name.model;
      const figures = figuresOf(cells.filter(isOf), usage.now.filter(isOf));
      return figures.write_tokens === 0n ? [] : [{ ...name, ...figures }];
    });
    return {
      report: "unread-cache-writes",
      period: query.period,
      compare: null,
      bucket: null,
      asOf,
      columns: [
        { key: "feature", label: "Feature", unit: "text" },
        { key: "model", label: "Model", unit: "text" },
        ...COLUMNS,
      ],
      rows: orderRows(rows, query.sort ?? { key: "unread_cost", dir: "desc" }).slice(0, query.limit),
      rowCount: rows.length,
      totals: figuresOf(cells, usage.now),
      coverage: usage.coverage,
    };
  },
};
