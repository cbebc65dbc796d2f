import { buildReport } from "./builder";
import type { MeasureKey } from "./catalogue";
import { type Deploy, listDeploys } from "./read-deploys";
import type { Report } from "./report";
import { type Cell, type Column, DIMENSIONS, EVERY_ROW, type Filter, type ReportQuery, type Row } from "./schema";

const MEASURES: readonly MeasureKey[] = [
  "cost",
  "calls",
  "cost_per_call",
  "input_tokens_per_call",
  "cache_hit",
  "error_rate",
  "retry_share",
  "unpriced_calls",
];

const passes = (deploy: Cell | undefined, filters: readonly Filter[]) =>
  filters.every(({ op, values }) => values.includes(String(deploy)) === (op === "is"));

function changeOf(now: Cell | undefined, before: Cell | undefined): number | null {
  if (typeof now !== "bigint" || typeof before !== "bigint" || before === 0n) return null;
  return Number(now - before) / Number(before);
}

/** Puts rows in order of the deploys' first calls, each beside the deploy before it (of the same feature, when grouped). */
function inOrder(rows: readonly Row[], deploys: readonly Deploy[], { groupBy }: ReportQuery): Row[] {
  const order = new Map(deploys.map((one, i) => [one.deploy, { ...one, i }]));
  const place = (row: Row) => order.get(String(row.deploy))?.i ?? Number.POSITIVE_INFINITY;
  const latest = new Map<string, Row>();
  return [...rows]
    .sort((a, b) => place(a) - place(b))
    .map((row) => {
      const group = JSON.stringify(groupBy.map((name) => (name === "deploy" ? null : row[name])));
      const before = latest.get(group);
      latest.set(group, row);
      const known = order.get(String(row.deploy));
      return {
        ...row,
        first_seen: known?.firstSeenAt ?? null,
        last_seen: known?.lastSeenAt ?? null,
        deploy_before: before?.deploy ?? null,
        compare_calls: before?.calls ?? null,
        compare_cost_per_call: before?.cost_per_call ?? null,
        change_cost_per_call: changeOf(row.cost_per_call, before?.cost_per_call),
      };
    });
}

const OWN_COLUMNS: readonly Column[] = [
  { key: "first_seen", label: "First call", unit: "time" },
  { key: "last_seen", label: "Last call", unit: "time" },
  { key: "deploy_before", label: "Deploy before", unit: "text" },
  { key: "compare_calls", label: "Calls before", unit: "calls", missing: "gap" },
  { key: "compare_cost_per_call", label: "Cost per call before", unit: "usd_picos", missing: "gap" },
  { key: "change_cost_per_call", label: "Change in cost per call", unit: "ratio", missing: "gap" },
];

/** What is missing comes last in both directions. */
function compareCells(a: Cell, b: Cell, sign: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a < b ? -1 : Number(a > b));
}

/**
 * Deploys with calls in the period, in order of their first call (which may lie before it), each beside the deploy before
 * it. `group_by=feature` compares feature by feature. A limit keeps the latest deploys.
 */
export const deploys: Report = {
  label: "Deploys",
  question: "Which deploy changed the cost of a call?",
  dimensions: ["deploy"],
  groupable: DIMENSIONS.filter((dimension) => dimension !== "deploy"),
  measures: MEASURES,
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const own = query.filters.filter(({ dimension }) => dimension === "deploy");
    const filters = query.filters.filter(({ dimension }) => dimension !== "deploy");
    const groupBy = [...new Set(["deploy" as const, ...query.groupBy])];
    const asked: ReportQuery = {
      ...query,
      filters,
      groupBy,
      compare: null,
      bucket: null,
      sort: null,
      limit: EVERY_ROW,
    };
    const [all, listed, filtered] = await Promise.all([
      buildReport(scope, "deploys", asked, MEASURES, asOf),
      listDeploys(scope, filters),
      own.length > 0 ? buildReport(scope, "deploys", { ...asked, filters: query.filters }, MEASURES, asOf) : null,
    ]);
    const rows = inOrder(all.rows, listed, asked).filter((row) => passes(row.deploy, own));
    const { sort } = query;
    if (sort) {
      const sign = sort.dir === "asc" ? 1 : -1;
      rows.sort((a, b) => compareCells(a[sort.key] ?? null, b[sort.key] ?? null, sign));
    }
    const keys = all.columns.slice(0, groupBy.length);
    return {
      ...(filtered ?? all),
      columns: [...keys, ...OWN_COLUMNS.slice(0, 2), ...all.columns.slice(groupBy.length), ...OWN_COLUMNS.slice(2)],
      rows: sort ? rows.slice(0, query.limit) : rows.slice(-query.limit),
      rowCount: rows.length,
    };
  },
};
