import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { HttpProblem } from "@/lib/http";
import { type Period, startOfMinute } from "@/lib/period";
import { type Deploy, listDeploys } from "./read-deploys";
import { DEPLOY_WINDOWS, type DeployWindow, type Filter } from "./schema";

/** A deploy and the spans that are compared: those on both sides of its first call, or its own and that of another deploy. */
export type DeploySpans = Readonly<{
  deploy: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** The deploy before and the one after in order of first call; null for the first and the last. */
  deployBefore: string | null;
  deployAfter: string | null;
  /** The deploy that it is held against; null for the time before its first call, whichever deploys served then. */
  against: string | null;
  before: Period;
  after: Period;
  /** Deploys that began within the span before: what they changed is on that side too. None with `against`. */
  others: readonly Deploy[];
}>;

/** Why a deploy cannot be held against this one. */
export function unusableAgainst(message: string): HttpProblem {
  return new HttpProblem(400, "Unusable parameters", `against ${message}.`, { errors: [{ path: "against", message }] });
}

/**
 * The window after a deploy's first call, as far as it has passed, and as long a time before it; with `against` as long a
 * time after the first call of that deploy. `sideFilters` says whose calls count.
 * @returns null for a deploy without calls that the scope and the filters show.
 * @throws HttpProblem 400 for an `against` without calls that they show.
 */
export async function findDeploySpans(
  scope: Scope,
  deploy: string,
  window: DeployWindow,
  filters: readonly Filter[],
  asOf: Date,
  against?: string,
): Promise<DeploySpans | null> {
  const deploys = await listDeploys(
    scope,
    filters.filter(({ dimension }) => dimension !== "deploy"),
  );
  const index = deploys.findIndex((one) => one.deploy === deploy);
  const found = deploys[index];
  if (!found) return null;
  const other = against === undefined ? null : deploys.find((one) => one.deploy === against);
  if (other === undefined) throw unusableAgainst("is not a deploy with calls");
  const start = found.firstSeenAt.getTime();
  const passed = startOfMinute(asOf).getTime() - Math.max(start, other?.firstSeenAt.getTime() ?? 0);
  const length = Math.max(60_000, Math.min(DEPLOY_WINDOWS[window] * 3_600_000, passed));
  const isBefore = ({ firstSeenAt }: Deploy) =>
    firstSeenAt.getTime() >= start - length && firstSeenAt.getTime() < start;
  const first = (from: Date): Period => ({ from, to: new Date(from.getTime() + length) });
  return {
    ...found,
    deployBefore: deploys[index - 1]?.deploy ?? null,
    deployAfter: deploys[index + 1]?.deploy ?? null,
    against: other?.deploy ?? null,
    before: other ? first(other.firstSeenAt) : first(new Date(start - length)),
    after: first(found.firstSeenAt),
    others: other ? [] : deploys.filter((one) => one !== found && isBefore(one)),
  };
}

/**
 * The filters of each side. After, the deploy's own calls alone: where another serves beside it, or takes over within the
 * window, it answers for itself. Before, whatever served then, or the own calls of the deploy that it is held against.
 */
export function sideFilters(
  { deploy, against }: Pick<DeploySpans, "deploy" | "against">,
  filters: readonly Filter[],
): Readonly<Record<"before" | "after", readonly Filter[]>> {
  const only = (sha: string): readonly Filter[] => [...filters, { dimension: "deploy", op: "is", values: [sha] }];
  return { before: against === null ? filters : only(against), after: only(deploy) };
}
