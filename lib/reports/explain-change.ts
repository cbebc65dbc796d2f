import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { decompose } from "@/lib/deploys/decompose";
import type { Decomposition } from "@/lib/deploys/schema";
import type { Period } from "@/lib/period";
import { type DeploySpans, sideFilters } from "./deploy-spans";
import { readUsageCells } from "./read-usage-cells";
import type { Coverage, Filter } from "./schema";

export type Explained = Decomposition & Readonly<{ coverage: Coverage }>;

/** The change in cost from one span to another, taken apart; the coverage is that of the span after. */
export async function explainChange(
  scope: Scope,
  before: Period,
  after: Period,
  filters: readonly Filter[],
): Promise<Explained> {
  const cells = await readUsageCells(scope, { period: after, compare: before, filters });
  return { ...decompose(cells.before, cells.now), coverage: cells.coverage };
}

/** The change in cost with a deploy, by the calls of `sideFilters`. */
export async function explainDeploy(scope: Scope, spans: DeploySpans, filters: readonly Filter[]): Promise<Explained> {
  const own = sideFilters(spans, filters);
  const [before, after] = await Promise.all([
    readUsageCells(scope, { period: spans.before, compare: null, filters: own.before }),
    readUsageCells(scope, { period: spans.after, compare: null, filters: own.after }),
  ]);
  return { ...decompose(before.now, after.now), coverage: after.coverage };
}
