import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import type { CellSums, FeatureEvidence } from "@/lib/deploys/verdict";
import { Prisma } from "@/prisma/client/client";
import { type DeploySpans, sideFilters } from "./deploy-spans";
import type { Filter } from "./schema";
import { usageRows } from "./usage-rows";

type SumRow = Readonly<{
  isAfter: boolean;
  feature: string;
  cells: number;
  firstTries: string;
  tries: string;
  cost: string;
  triesSquared: string;
  costSquared: string;
  costTimesTries: string;
}>;

const NONE: CellSums = {
  cells: 0,
  firstTries: 0n,
  tries: 0n,
  costUsdPicos: 0n,
  triesSquared: 0n,
  costSquared: 0n,
  costTimesTries: 0n,
};

function toSums(row: SumRow | undefined): CellSums {
  if (!row) return NONE;
  return {
    cells: row.cells,
    firstTries: BigInt(row.firstTries),
    tries: BigInt(row.tries),
    costUsdPicos: BigInt(row.cost),
    triesSquared: BigInt(row.triesSquared),
    costSquared: BigInt(row.costSquared),
    costTimesTries: BigInt(row.costTimesTries),
  };
}

/**
 * How much the cost of a call differs from hour to hour and tenant to tenant on both sides, by feature in the order of
 * their names. A try counts once it was answered, by itself or by a retry in the same cell: what fails costs nothing, and
 * must not make the others look cheap. All from the hourly rollups, but for the hours that the spans cut.
 */
export async function readDeployEvidence(
  scope: Scope,
  spans: DeploySpans,
  filters: readonly Filter[],
): Promise<readonly FeatureEvidence[]> {
  const own = sideFilters(spans, filters);
  const side = (name: "before" | "after") =>
    usageRows(scope, spans[name], own[name], "hour").map(
      ({ sql }) => Prisma.sql`
        SELECT ${name === "after"}::boolean AS is_after, feature, tenant_id, bucket,
          CASE WHEN is_retry THEN 0 ELSE greatest(calls - unpriced_calls, 0) END AS tries,
          greatest(calls - unpriced_calls - errors - rate_limited, 0) AS answers, cost_usd_picos AS cost
        FROM (${sql}) AS usage`,
    );
  const found = await readDb().$queryRaw<SumRow[]>`
    WITH cell AS (
      SELECT is_after, feature, sum(tries) AS first, least(sum(tries), sum(answers)) AS x, sum(cost) AS y
      FROM (${Prisma.join([...side("before"), ...side("after")], " UNION ALL ")}) AS used
      GROUP BY is_after, feature, tenant_id, bucket
    )
    SELECT is_after AS "isAfter", feature, count(*) FILTER (WHERE x > 0 OR y > 0)::integer AS cells,
      sum(first)::text AS "firstTries", sum(x)::text AS tries, sum(y)::text AS cost,
      sum(x * x)::text AS "triesSquared", sum(y * y)::text AS "costSquared", sum(x * y)::text AS "costTimesTries"
    FROM cell WHERE first > 0 OR y > 0 GROUP BY is_after, feature ORDER BY feature COLLATE "C"`;
  const of = (feature: string, isAfter: boolean) =>
    toSums(found.find((row) => row.feature === feature && row.isAfter === isAfter));
  return [...new Set(found.map(({ feature }) => feature))].map((feature) => ({
    feature,
    before: of(feature, false),
    after: of(feature, true),
  }));
}
