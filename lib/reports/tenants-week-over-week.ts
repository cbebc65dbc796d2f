import { elapsedPeriod, type Period, startOfMinute } from "@/lib/period";
import { buildReport } from "./builder";
import type { Report } from "./report";
import type { Cell, ReportQuery, Row } from "./schema";

const WEEK = 7 * 86_400_000;

/** The seven days that end at `end`, to the minute, and the seven before them. */
export function weekOverWeek(end: Date): Readonly<{ period: Period; compare: Period }> {
  const to = startOfMinute(end).getTime();
  const span = (weeks: number): Period => ({
    from: new Date(to - (weeks + 1) * WEEK),
    to: new Date(to - weeks * WEEK),
  });
  return { period: span(0), compare: span(1) };
}

/** The change as a share of what was before: 0.5 is half as much again. Null, which is "new", when there was nothing. */
export function changeShare(now: Cell | undefined, before: Cell | undefined): number | null {
  if (typeof now !== "bigint" || typeof before !== "bigint" || before === 0n) return null;
  return Number(now - before) / Number(before);
}

const withChange = (row: Row): Row => ({ ...row, change_cost: changeShare(row.cost, row.compare_cost) });

/**
 * Recipe 2: spend of the last seven days (up to the end of the period, or now) against the seven before, by tenant.
 * `change_cost` is null for a tenant without spend before: it is new, not unchanged.
 */
export const tenantsWeekOverWeek: Report = {
  label: "Tenants week over week",
  question: "Whose spend changed since the week before?",
  dimensions: ["tenant"],
  groupable: [],
  measures: ["cost", "calls"],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const end = elapsedPeriod(query.period, asOf).to;
    const sort = query.sort ?? { key: "cost", dir: "desc" };
    const asked: ReportQuery = { ...query, ...weekOverWeek(end), bucket: null, groupBy: ["tenant"], sort };
    const result = await buildReport(scope, "tenants-week-over-week", asked, ["cost", "calls"], asOf);
    return {
      ...result,
      columns: [...result.columns, { key: "change_cost", label: "Change in spend", unit: "ratio", missing: "gap" }],
      rows: result.rows.map(withChange),
      totals: withChange(result.totals),
    };
  },
};
