import "server-only";
import { describeStability } from "@/lib/cache/prefix-stability";
import { findLatestPrefixes, readPrefixes } from "@/lib/cache/read-prefixes";
import { readCachePrices } from "@/lib/cache/read-prices";
import { readReuse } from "@/lib/cache/read-reuse";
import { orderRows } from "./cache-order";
import { readCacheUsage } from "./cache-usage";
import type { Report } from "./report";
import type { Column, Row } from "./schema";

const COLUMNS: readonly Column[] = [
  { key: "feature", label: "Feature", unit: "text" },
  { key: "verdict", label: "Verdict", unit: "text" },
  { key: "since_deploy", label: "Unstable since deploy", unit: "text" },
  { key: "since", label: "First call of that deploy", unit: "time" },
  { key: "prefixes", label: "Prefix hashes", unit: "calls", missing: "zero" },
  { key: "calls", label: "Calls with a prefix hash", unit: "calls", missing: "zero" },
  { key: "calls_per_prefix", label: "Calls per prefix hash", unit: "ratio", missing: "gap" },
  { key: "write_tokens", label: "Tokens written", unit: "tokens", missing: "zero" },
  { key: "unread_cost", label: "Writes never read", unit: "usd_picos", missing: "zero" },
  { key: "latest_prefixes", label: "Latest prefix hashes", unit: "text" },
];

const LATEST = 4;

/**
 * How many prefix hashes each feature makes for its calls: unstable where the latest deploys make a new one for nearly every
 * call. The figures of an unstable feature are those since that deploy.
 */
export const unstablePrefixes: Report = {
  label: "Unstable prefixes",
  question: "Which feature keeps changing the start it pays to cache, and since which deploy?",
  dimensions: ["feature"],
  groupable: [],
  measures: ["cost"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const [features, cells, { coverage }] = await Promise.all([
      readPrefixes(scope, query),
      readReuse(scope, await readCachePrices(scope), { ...query, asOf }),
      readCacheUsage(scope, { ...query, compare: null }),
    ]);
    const rows = describeStability(features, cells).map(
      (one): Row => ({
        feature: one.feature,
        verdict: one.verdict,
        since_deploy: one.since?.deploy ?? null,
        since: one.since?.firstAt ?? null,
        prefixes: BigInt(one.prefixes),
        calls: BigInt(one.calls),
        calls_per_prefix: one.callsPerPrefix,
        write_tokens: one.tokensWritten,
        unread_cost: one.unreadCost,
        latest_prefixes: null,
      }),
    );
    const kept = (query.sort ? orderRows(rows, query.sort) : rows).slice(0, query.limit);
    const latest = await findLatestPrefixes(
      scope,
      kept.map(({ feature }) => String(feature)),
      query,
      LATEST,
    );
    const total = (key: string) => rows.reduce((sum, row) => sum + ((row[key] as bigint | null) ?? 0n), 0n);
    return {
      report: "unstable-prefixes",
      period: query.period,
      compare: null,
      bucket: null,
      asOf,
      columns: COLUMNS,
      rows: kept.map((row) => ({ ...row, latest_prefixes: latest.get(String(row.feature))?.join(" ") ?? null })),
      rowCount: rows.length,
      totals: Object.fromEntries(["prefixes", "calls", "write_tokens", "unread_cost"].map((key) => [key, total(key)])),
      coverage,
    };
  },
};
