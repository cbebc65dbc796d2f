import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { mainCause } from "@/lib/deploys/explain";
import type { Decomposition } from "@/lib/deploys/schema";
import type { Verdict } from "@/lib/deploys/verdict";
import { formatSha } from "@/lib/format";
import { HttpProblem } from "@/lib/http";
import { type DeploySpans, findDeploySpans, sideFilters } from "@/lib/reports/deploy-spans";
import { judgeDeploy } from "@/lib/reports/deploy-verdict";
import type { Coverage, DeployWindow, Filter } from "@/lib/reports/schema";
import { findToldDeploys, type ToldDeploy } from "@/lib/reports/told-deploys";
import { type Covered, readCoverage } from "../../panels/header-coverage";
import type { View } from "../../view";

export type DeployChange = Readonly<{
  spans: DeploySpans;
  decomposition: Decomposition;
  /** The feature and part that make most of the change; null when there is none. */
  cause: ReturnType<typeof mainCause>;
  /** Whether the evidence bears a verdict. */
  verdict: Verdict;
}>;

export const windowOf = (view: View): DeployWindow => view.query.window ?? "48h";
export const WINDOW_LABELS: Readonly<Record<DeployWindow, string>> = { "24h": "24 h", "48h": "48 h", "7d": "7 days" };

/** The filters of the page without the deploy itself; deploys that it leaves out stay left out. */
export function otherFilters(view: View): readonly Filter[] {
  return view.query.filters.filter(({ dimension, op }) => dimension !== "deploy" || op === "is_not");
}

/** What the sides are called: "48 h before" and "48 h after", or the two deploys, each in its first 48 h. */
export function sideNames(
  { deploy, against }: DeploySpans,
  window: string,
): Readonly<Record<"before" | "after", string>> {
  if (against === null) return { before: `${window} before`, after: `${window} after` };
  return { before: `${shortSha(against)}, ${window}`, after: `${shortSha(deploy)}, ${window}` };
}

/** A sha in a sentence or a row: any text may be one. */
export function shortSha(sha: string): string {
  const text = formatSha(sha);
  return text.length > 12 ? `${text.slice(0, 12)}…` : text;
}

/**
 * The view, or where its `against` names no other deploy with calls, a view that says so instead of figures that nobody
 * asked for.
 */
export async function checkAgainst(scope: Scope, view: View): Promise<View> {
  const { against, ...query } = view.query;
  if (against === undefined) return view;
  const refuse = (message: string): View => ({
    ...view,
    query,
    errors: [...view.errors, { path: "against", message }],
  });
  if (against === view.own?.values[0]) return refuse("must name another deploy");
  const spans = await readSpans(scope, view).catch((error: unknown) => error);
  return spans instanceof HttpProblem && spans.status === 400 ? refuse("is not a deploy with calls") : view;
}

/** The spans that are compared; null for a deploy without calls. Once a request. */
export const readSpans = cache(
  (scope: Scope, view: View): Promise<DeploySpans | null> =>
    findDeploySpans(scope, view.own?.values[0] ?? "", windowOf(view), otherFilters(view), view.now, view.query.against),
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
  const { explained: decomposition, verdict } = await judgeDeploy(scope, spans, otherFilters(view));
  return { spans, decomposition, cause: mainCause(decomposition), verdict };
});

/** What the figures of both spans cover; null for a deploy without calls. */
export async function readDeployCoverage(scope: Scope, view: View): Promise<Covered | null> {
  const spans = await readSpans(scope, view);
  if (!spans) return null;
  const filters = otherFilters(view);
  const own = sideFilters(spans, filters);
  const [was, is] = await Promise.all([
    readCoverage(scope, view, { period: spans.before, filters: own.before }),
    readCoverage(scope, view, { period: spans.after, filters: own.after }),
  ]);
  const coverage = Object.fromEntries(
    (Object.keys(is.coverage) as (keyof Coverage)[]).map((key) => [key, is.coverage[key] + was.coverage[key]]),
  ) as Coverage;
  const droppedCalls = is.droppedCalls === null ? null : is.droppedCalls + (was.droppedCalls ?? 0n);
  return { ...is, coverage, droppedCalls };
}
