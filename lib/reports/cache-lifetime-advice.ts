import "server-only";
import { adviseFeatures, type FeatureLifetime } from "@/lib/cache/advise";
import { readCachePrices } from "@/lib/cache/read-prices";
import { readReuse } from "@/lib/cache/read-reuse";
import { orderRows } from "./cache-order";
import { readCacheUsage } from "./cache-usage";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

const GAP_KEYS = ["gap_under_1m", "gap_1m_5m", "gap_5m_15m", "gap_15m_1h", "gap_over_1h"] as const;
const GAP_LABELS = ["Under 1 min", "1 to 5 min", "5 to 15 min", "15 to 60 min", "Over 1 h"];

const COLUMNS: readonly Column[] = [
  { key: "feature", label: "Feature", unit: "text" },
  { key: "uses", label: "Uses of a cache", unit: "calls", missing: "zero" },
  ...GAP_KEYS.map((key, i): Column => ({ key, label: GAP_LABELS[i] ?? key, unit: "calls", missing: "zero" })),
  { key: "lifetime", label: "Lifetime now", unit: "text" },
  { key: "change_1h", label: "1h would have cost more", unit: "usd_picos", missing: "gap" },
  { key: "change_5m", label: "5m would have cost more", unit: "usd_picos", missing: "gap" },
  { key: "advice", label: "Advice", unit: "text" },
  { key: "saved_per_day", label: "Saved a day by the advice", unit: "usd_picos", missing: "gap" },
  { key: "first_seen", label: "First use", unit: "time" },
  { key: "last_seen", label: "Last use", unit: "time" },
];

function toRow(one: FeatureLifetime): Row {
  return {
    feature: one.feature,
    uses: BigInt(one.uses),
    ...Object.fromEntries(GAP_KEYS.map((key, i) => [key, BigInt(one.gaps[i] ?? 0)])),
    lifetime: one.now,
    change_1h: one.changeTo1h,
    change_5m: one.changeTo5m,
    advice: one.verdict,
    saved_per_day: one.verdict === "1h" || one.verdict === "5m" ? one.savedPerDay : null,
    first_seen: one.firstAt,
    last_seen: one.lastAt,
  };
}

/** How soon each feature uses a prefix again, and what the other lifetime would have cost by the gaps that were seen. */
export const cacheLifetimeAdvice: Report = {
  label: "Cache lifetime advice",
  question: "5m or 1h, by the gaps seen between uses of a prefix?",
  dimensions: ["feature"],
  groupable: [],
  measures: ["cost"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const prices = await readCachePrices(scope);
    const [cells, { coverage }] = await Promise.all([
      readReuse(scope, prices, { ...query, asOf }),
      readCacheUsage(scope, { ...query, compare: null }),
    ]);
    const rows = adviseFeatures(cells, prices).map(toRow);
    const total = (key: string) => rows.reduce((sum, row) => sum + ((row[key] as bigint | null) ?? 0n), 0n);
    return {
      report: "cache-lifetime-advice",
      period: query.period,
      compare: null,
      bucket: null,
      asOf,
      columns: COLUMNS,
      rows: orderRows(rows, query.sort ?? { key: "saved_per_day", dir: "desc" }).slice(0, query.limit),
      rowCount: rows.length,
      totals: Object.fromEntries(["uses", ...GAP_KEYS, "saved_per_day"].map((key) => [key, total(key)])),
      coverage,
    };
  },
};
