import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { mainCause } from "@/lib/deploys/explain";
import type { Decomposition } from "@/lib/deploys/schema";
import { type DeploySpans, explainChange, findDeploySpans } from "@/lib/reports/explain-change";
import type { DeployWindow, Filter } from "@/lib/reports/schema";
import { findToldDeploys, type ToldDeploy } from "@/lib/reports/told-deploys";
import { type Covered, readCoverage } from "../../panels/header-coverage";
import type { View } from "../../view";

export type DeployChange = Readonly<{
  spans: DeploySpans;
  decomposition: Decomposition;
  /** The feature and part that make most of the change; null when there is none. */
  cause: ReturnType<typeof mainCause>;
}>;

export const windowOf = (view: View): DeployWindow => view.query.window ?? "48h";
export const WINDOW_LABELS: Readonly<Record<DeployWindow, string>> = { "24h": "24 h", "48h": "48 h", "7d": "7 days" };

/** The filters of the page without the deploy itself: on both sides of its first call, all deploys count. */
export function otherFilters(view: View): readonly Filter[] {
  return view.query.filters.filter(({ dimension }) => dimension !== "deploy");
}

/** The spans on both sides of the first call; null for a deploy without calls. Once a request. */
export const readSpans = cache(
  (scope: Scope, view: View): Promise<DeploySpans | null> =>
    findDeploySpans(scope, view.own?.values[0] ?? "", windowOf(view), otherFilters(view), view.now),
);

/** What was told of the deploy beyond its calls; null where nothing was. */
export async function readTold(scope: Scope, view: View): Promise<ToldDeploy | null> {
  const sha = view.own?.values[0] ?? "";
  return (await findToldDeploys(scope, [sha], view.query.filters)).get(sha) ?? null;
}

/** What changed in the cost with the deploy; null for a deploy without calls. Once a request. */
export const readDeploy = cache(async (scope: Scope, view: View): Promise<DeployChange | null> => {
  const spans = await readSpans(scope, view);
  if (!spans) return null;
  const decomposition = await explainChange(scope, spans.before, spans.after, otherFilters(view));
  return { spans, decomposition, cause: mainCause(decomposition) };
});

/** What the figures of both spans cover; null for a deploy without calls. */
export async function readDeployCoverage(scope: Scope, view: View): Promise<Covered | null> {
  const spans = await readSpans(scope, view);
  if (!spans) return null;
  const period = { from: spans.before.from, to: spans.after.to };
  return readCoverage(scope, view, { period, filters: otherFilters(view) });
}
