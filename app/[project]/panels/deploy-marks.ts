import { cache } from "react";
import type { Deploy } from "@/components/charts/deploy-lane";
import type { Scope } from "@/lib/auth/scope";
import type { Dimension } from "@/lib/reports/schema";
import { drillHref, type View } from "../view";
import { readDeployEffects } from "./deploy-effects";

/** A deploy changed the cost, or it did not, for all: within one tenant or model a few calls would look like it. */
const TOLD_BY: readonly Dimension[] = ["feature", "environment", "provider"];

/** Deploys first called in the period, oldest first; those that changed the cost of a feature's calls are marked. Once a request. */
export const deployMarks = cache(async (scope: Scope, view: View): Promise<readonly Deploy[]> => {
  const filters = view.query.filters.filter(({ dimension }) => TOLD_BY.includes(dimension));
  const deploys = await readDeployEffects(scope, { ...view.query, filters });
  return deploys.flatMap(({ sha, at, effect }) =>
    at && at >= view.query.period.from
      ? [{ sha, at, isCostChange: effect !== null, href: drillHref(view, "deploy", sha) }]
      : [],
  );
});
