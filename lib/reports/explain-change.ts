import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { decompose } from "@/lib/deploys/decompose";
import type { Decomposition } from "@/lib/deploys/schema";
import { type Period, startOfMinute } from "@/lib/period";
import { type Deploy, listDeploys } from "./read-deploys";
import { readUsageCells } from "./read-usage-cells";
import { type Coverage, DEPLOY_WINDOWS, type DeployWindow, type Filter } from "./schema";

/** The change in cost from one span to another, taken apart; the coverage is that of the span after. */
export async function explainChange(
  scope: Scope,
  before: Period,
  after: Period,
  filters: readonly Filter[],
): Promise<Decomposition & Readonly<{ coverage: Coverage }>> {
  const cells = await readUsageCells(scope, { period: after, compare: before, filters });
  return { ...decompose(cells.before, cells.now), coverage: cells.coverage };
}

/** A deploy and the spans on both sides of its first call. */
export type DeploySpans = Readonly<{
  deploy: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** The deploy before and the one after in order of first call; null for the first and the last. */
  deployBefore: string | null;
  deployAfter: string | null;
  before: Period;
  after: Period;
  /** Other deploys whose first call lies in either span: what they changed is in the comparison too. */
  others: readonly Deploy[];
}>;

/**
 * The window after a deploy's first call, as far as it has passed, and as long a time before it.
 * @returns null for a deploy without calls that the scope and the filters show.
 */
export async function findDeploySpans(
  scope: Scope,
  deploy: string,
  window: DeployWindow,
  filters: readonly Filter[],
  asOf: Date,
): Promise<DeploySpans | null> {
  const deploys = await listDeploys(
    scope,
    filters.filter(({ dimension }) => dimension !== "deploy"),
  );
  const index = deploys.findIndex((one) => one.deploy === deploy);
  const found = deploys[index];
  if (!found) return null;
  const start = found.firstSeenAt.getTime();
  const whole = DEPLOY_WINDOWS[window] * 3_600_000;
  const length = Math.max(60_000, Math.min(whole, startOfMinute(asOf).getTime() - start));
  const isNear = ({ firstSeenAt }: Deploy) => Math.abs(firstSeenAt.getTime() - start) < length;
  return {
    ...found,
    deployBefore: deploys[index - 1]?.deploy ?? null,
    deployAfter: deploys[index + 1]?.deploy ?? null,
    before: { from: new Date(start - length), to: found.firstSeenAt },
    after: { from: found.firstSeenAt, to: new Date(start + length) },
    others: deploys.filter((one) => one !== found && isNear(one)),
  };
}
