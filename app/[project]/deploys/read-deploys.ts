import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { MAX_LIMIT } from "@/lib/reports/query";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { findToldDeploys, type ToldDeploy } from "@/lib/reports/told-deploys";
import { type DeployEffect, readDeployEffects } from "../panels/deploy-effects";
import type { View } from "../view";

export type DeployRow = Readonly<{
  sha: string;
  row: Row;
  /** Null when no feature moved by enough to be told from chance. */
  effect: DeployEffect | null;
  /** Null where nothing was told of it beyond its calls. */
  told: ToldDeploy | null;
}>;

/** Deploys called in the period in order of first call, each against the one before; what each moved, and what was told of it. Once a request. */
export const readDeploys = cache(async (scope: Scope, view: View) => {
  const sort = view.query.sort ?? { key: "first_seen", dir: "desc" as const };
  const [result, changes] = await Promise.all([
    runReport(scope, "deploys", { ...view.query, bucket: null, limit: MAX_LIMIT, sort }),
    readDeployEffects(scope, view.query),
  ]);
  const effects = new Map(changes.map(({ sha, effect }) => [sha, effect]));
  const shas = result.rows.map((row) => String(row.deploy));
  const told = await findToldDeploys(scope, shas, view.query.filters);
  const rows = result.rows.map((row): DeployRow => {
    const sha = String(row.deploy);
    return { sha, row, effect: effects.get(sha) ?? null, told: told.get(sha) ?? null };
  });
  return { result, rows };
});
