import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { writeDb } from "@/lib/db";
import type { DeployInput } from "./announcement";

/** Stores what is told of deploys, all or none; what was sent last of a deploy replaces what was known of it. */
export async function recordDeploys(
  { projectId }: Scope,
  environment: string,
  deploys: readonly DeployInput[],
): Promise<void> {
  const last = [...new Map(deploys.map((deploy) => [deploy.deploy_sha, deploy])).values()];
  // Sorted, so that two writers cannot deadlock.
  await writeDb().$executeRaw`
    INSERT INTO deploy (project_id, environment, deploy_sha, deployed_at, title, url)
    SELECT ${projectId}::integer, ${environment}, deploy_sha, deployed_at, title, url
    FROM unnest(
      ${last.map(({ deploy_sha }) => deploy_sha)}::text[],
      ${last.map(({ deployed_at }) => deployed_at.toISOString())}::timestamptz[],
      ${last.map(({ title }) => title ?? null)}::text[], ${last.map(({ url }) => url ?? null)}::text[]
    ) AS sent (deploy_sha, deployed_at, title, url)
    ORDER BY deploy_sha COLLATE "C"
    ON CONFLICT (project_id, environment, deploy_sha) DO UPDATE
    SET deployed_at = EXCLUDED.deployed_at, title = EXCLUDED.title, url = EXCLUDED.url, received_at = now()`;
}
