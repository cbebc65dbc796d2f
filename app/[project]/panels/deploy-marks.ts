import { cache } from "react";
import type { Deploy } from "@/components/charts/deploy-lane";
import type { Scope } from "@/lib/auth/scope";
import { runReport } from "@/lib/reports/registry";
import type { Dimension, Row } from "@/lib/reports/schema";
import { drillHref, type View } from "../view";
import { sumOf } from "./stack";

const EVERY_ROW = 100_000;
/** A feature's cost per call must move by a quarter: less is the mix of its calls… */
const CHANGE = 0.25;
/** …and what it moved must be a twentieth of what the deploy cost, over enough calls to tell. */
const SHARE = 0.05;
const CALLS = 50n;

/** What a deploy changed in the cost of one feature, in picodollars; null when it cannot be told or is too little. */
function effectOf(row: Row): number | null {
  const change = row.change_cost_per_call;
  if (typeof change !== "number" || Math.abs(change) < CHANGE || sumOf(row, "calls") < CALLS) return null;
  const difference = Number(sumOf(row, "cost_per_call") - sumOf(row, "compare_cost_per_call"));
  return Math.abs(difference) * Number(sumOf(row, "calls"));
}

/** A deploy changed the cost, or it did not, for all: within one tenant or model a few calls would look like it. */
const TOLD_BY: readonly Dimension[] = ["feature", "environment", "provider"];

/** Deploys first called in the period, oldest first; those that changed the cost of a feature's calls are marked. Once a request. */
export const deployMarks = cache(async (scope: Scope, view: View): Promise<readonly Deploy[]> => {
  const filters = view.query.filters.filter(({ dimension }) => TOLD_BY.includes(dimension));
  const query = { ...view.query, filters, groupBy: ["feature" as const], bucket: null, sort: null, limit: EVERY_ROW };
  const { rows } = await runReport(scope, "deploys", query);
  const deploys = new Map<string, { at: Date; cost: number; effect: number }>();
  for (const row of rows) {
    if (!(row.first_seen instanceof Date) || row.first_seen < view.query.period.from) continue;
    const sha = String(row.deploy);
    const { at, cost, effect } = deploys.get(sha) ?? { at: row.first_seen, cost: 0, effect: 0 };
    deploys.set(sha, { at, cost: cost + Number(sumOf(row, "cost")), effect: effect + (effectOf(row) ?? 0) });
  }
  return [...deploys].map(([sha, { at, cost, effect }]) => ({
    sha,
    at,
    isCostChange: effect > 0 && effect >= SHARE * cost,
    href: drillHref(view, "deploy", sha),
  }));
});
