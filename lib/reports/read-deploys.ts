import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";
import { filterCondition } from "./filters";
import type { Filter } from "./schema";

export type Deploy = Readonly<{ deploy: string; firstSeenAt: Date; lastSeenAt: Date }>;

/** Every deploy that the filters let through, in order of its first call, over all time: a deploy is known from then on. */
export async function listDeploys(scope: Scope, filters: readonly Filter[]): Promise<readonly Deploy[]> {
  return readDb().$queryRaw<Deploy[]>`
    SELECT deploy_sha AS deploy, min(first_occurred_at) AS "firstSeenAt", max(last_occurred_at) AS "lastSeenAt"
    FROM usage_day WHERE ${callScope(scope)} AND ${filterCondition(filters)}
    GROUP BY deploy_sha ORDER BY "firstSeenAt", deploy_sha COLLATE "C"`;
}
