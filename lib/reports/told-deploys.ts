import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { projectScope } from "@/lib/calls/project-scope";
import { readDb } from "@/lib/db";
import type { Period } from "@/lib/period";
import { Prisma } from "@/prisma/client/client";
import { environmentCondition } from "./filters";
import type { Filter } from "./schema";

/** What was told of a deploy beyond its calls. */
export type ToldDeploy = Readonly<{
  deploy: string;
  environment: string;
  deployedAt: Date;
  title: string | null;
  url: string | null;
}>;

const COLUMNS = Prisma.sql`deploy_sha AS deploy, environment, deployed_at AS "deployedAt", title, url`;

/** What was told of these deploys, by sha; of one that went to several environments, where it was first. */
export async function findToldDeploys(
  scope: Scope,
  deploys: readonly string[],
  filters: readonly Filter[],
): Promise<ReadonlyMap<string, ToldDeploy>> {
  const found = await readDb().$queryRaw<ToldDeploy[]>`
    SELECT DISTINCT ON (deploy_sha) ${COLUMNS} FROM deploy
    WHERE ${projectScope(scope)} AND ${environmentCondition(filters)} AND deploy_sha = ANY(${[...deploys]}::text[])
    ORDER BY deploy_sha, deployed_at, environment`;
  return new Map(found.map((told) => [told.deploy, told]));
}

/** Deploys of the period that no call was ever seen of in their environment, the latest first; and how many there are in all. */
export async function listUncalledDeploys(
  scope: Scope,
  { from, to }: Period,
  filters: readonly Filter[],
  limit: number,
): Promise<Readonly<{ deploys: readonly ToldDeploy[]; count: number }>> {
  // The days are read once for all deploys: to look for each by itself would go through all of a project's days each time.
  const found = await readDb().$queryRaw<(ToldDeploy & { count: number })[]>`
    WITH called AS MATERIALIZED (
      SELECT DISTINCT environment, deploy_sha FROM usage_day WHERE project_id = ${scope.projectId}
    )
    SELECT ${COLUMNS}, (count(*) OVER ())::integer AS count FROM deploy
    WHERE ${projectScope(scope)} AND ${environmentCondition(filters)}
      AND deployed_at >= ${from.toISOString()}::timestamptz AND deployed_at < ${to.toISOString()}::timestamptz
      AND NOT EXISTS (
        SELECT 1 FROM called WHERE called.environment = deploy.environment AND called.deploy_sha = deploy.deploy_sha)
    ORDER BY deployed_at DESC, deploy_sha LIMIT ${limit}::integer`;
  return { deploys: found.map(({ count: _count, ...told }) => told), count: found[0]?.count ?? 0 };
}
