import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "../panels/stack";
import type { View } from "../view";

const EVERY_ROW = 100_000;
/** A feature's cost per call must move by a fifth, as change is drawn loud from 20 % on… */
const CHANGE = 0.2;
/** …and what it moved must be a twentieth of what the deploy cost, over enough calls to tell. */
const SHARE = 0.05;
const CALLS = 50n;

/** The feature whose cost per call a deploy moved most against the deploy before it. Money in picodollars. */
export type DeployEffect = Readonly<{ feature: string; before: bigint; after: bigint; moved: number }>;

export type DeployRow = Readonly<{
  sha: string;
  row: Row;
  /** Null when no feature moved by enough to be told from chance. */
  effect: DeployEffect | null;
}>;

/** Deploys called in the period in order of first call, each against the one before; and, once a request, what each moved. */
export const readDeploys = cache(async (scope: Scope, view: View) => {
  const query = { ...view.query, bucket: null, limit: EVERY_ROW };
  const [result, byFeature] = await Promise.all([
    runReport(scope, "deploys", { ...query, sort: view.query.sort ?? { key: "first_seen", dir: "desc" } }),
    runReport(scope, "deploys", { ...query, groupBy: ["feature"], sort: null }),
  ]);
  const effects = new Map<string, DeployEffect>();
  for (const row of byFeature.rows) {
    const effect = effectOf(row);
    const sha = String(row.deploy);
    if (effect && Math.abs(effect.moved) > Math.abs(effects.get(sha)?.moved ?? 0)) effects.set(sha, effect);
  }
  const rows = result.rows.map((row): DeployRow => {
    const effect = effects.get(String(row.deploy));
    const isEnough = effect && Math.abs(effect.moved) >= SHARE * Number(sumOf(row, "cost"));
    return { sha: String(row.deploy), row, effect: isEnough ? effect : null };
  });
  return { result, rows };
});

function effectOf(row: Row): DeployEffect | null {
  const change = row.change_cost_per_call;
  if (typeof change !== "number" || Math.abs(change) < CHANGE || sumOf(row, "calls") < CALLS) return null;
  const [before, after] = [sumOf(row, "compare_cost_per_call"), sumOf(row, "cost_per_call")];
  return { feature: String(row.feature), before, after, moved: Number(after - before) * Number(sumOf(row, "calls")) };
}
