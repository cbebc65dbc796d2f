import { buildReport } from "./builder";
import type { MeasureKey } from "./catalogue";
import type { Report } from "./report";
import { type Column, DIMENSIONS, type ReportQuery, type Row } from "./schema";

type KindMeasures = Readonly<{ tokens: MeasureKey; cost: MeasureKey }>;

/** The token kinds in their fixed order, and web searches, so that the rows add up to all that was spent. */
const KINDS: Readonly<Record<string, KindMeasures>> = {
  input: { tokens: "input_tokens", cost: "input_cost" },
  cache_create_5m: { tokens: "cache_create_5m_tokens", cost: "cache_create_5m_cost" },
  cache_create_1h: { tokens: "cache_create_1h_tokens", cost: "cache_create_1h_cost" },
  cache_read: { tokens: "cache_read_tokens", cost: "cache_read_cost" },
  output: { tokens: "output_tokens", cost: "output_cost" },
  web_search: { tokens: "web_search_requests", cost: "web_search_cost" },
};
const MEASURES = Object.values(KINDS).flatMap(({ tokens, cost }) => [cost, tokens]);

const PREFIXES = (query: ReportQuery) => (query.compare ? ["", "compare_"] : [""]);

function unpivot(row: Row, query: ReportQuery): Row[] {
  return Object.entries(KINDS).map(([kind, measures]) => {
    const cells: Record<string, Row[string]> = { token_kind: kind };
    if (query.bucket) cells.bucket = row.bucket ?? null;
    for (const name of query.groupBy) cells[name] = row[name] ?? null;
    for (const prefix of PREFIXES(query)) {
      cells[`${prefix}cost`] = row[`${prefix}${measures.cost}`] ?? null;
      cells[`${prefix}tokens`] = kind === "web_search" ? 0n : (row[`${prefix}${measures.tokens}`] ?? null);
    }
    return cells;
  });
}

function addUp(row: Row, of: keyof KindMeasures, prefix: string): bigint | null {
  const cells = Object.entries(KINDS)
    .filter(([kind]) => of === "cost" || kind !== "web_search")
    .map(([, measures]) => row[`${prefix}${measures[of]}`]);
  return cells.every((cell) => typeof cell === "bigint") ? cells.reduce((sum, cell) => sum + cell, 0n) : null;
}

/** Which tokens cost the money: one row a kind, in the order in which kinds are always shown. Columns are fixed. */
export const costByTokenKind: Report = {
  label: "Cost by token kind",
  question: "Which tokens cost the money?",
  dimensions: ["token_kind"],
  groupable: DIMENSIONS,
  measures: ["cost", "tokens"],
  selectable: [],
  hasSeries: true,
  slicedBy: (query) => query.bucket,
  run: async (scope, query, asOf) => {
    const sorted = { ...query, sort: { key: "cost", dir: "desc" } as const };
    const result = await buildReport(scope, "cost-by-token-kind", sorted, MEASURES, asOf);
    const keys = result.columns.filter(({ unit, key }) => unit === "text" || key === "bucket");
    const columns: Column[] = [
      ...keys,
      { key: "token_kind", label: "Token kind", unit: "text" },
      ...PREFIXES(query).flatMap((prefix): Column[] => [
        { key: `${prefix}cost`, label: prefix ? "Spend before" : "Spend", unit: "usd_picos", missing: "zero" },
        { key: `${prefix}tokens`, label: prefix ? "Tokens before" : "Tokens", unit: "tokens", missing: "zero" },
      ]),
    ];
    const totals = PREFIXES(query).flatMap((prefix) => [
      [`${prefix}cost`, addUp(result.totals, "cost", prefix)],
      [`${prefix}tokens`, addUp(result.totals, "tokens", prefix)],
    ]);
    const rows = result.rows.flatMap((row) => unpivot(row, query));
    // A series counts its groups, a list its rows.
    const rowCount = query.bucket ? result.rowCount : result.rowCount * Object.keys(KINDS).length;
    return { ...result, columns, rows, rowCount, totals: Object.fromEntries(totals) };
  },
};
