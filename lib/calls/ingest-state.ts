import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { callScope } from "@/lib/calls/filters";
import { readDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";

export type IngestState = Readonly<{
  /** By name: those that have a key or have sent calls. */
  environments: readonly string[];
  /** When the newest call was made; null when none ever came. */
  lastCallAt: Date | null;
}>;

/** Whether calls arrive, and from where. Reads the newest hour of the rollup only. */
export async function readIngestState(scope: Scope): Promise<IngestState> {
  const visible = callScope(scope);
  const [environments, newest] = await Promise.all([
    readDb().environment.findMany({
      where: { projectId: scope.projectId },
      select: { name: true },
      orderBy: { name: "asc" },
    }),
    readDb().$queryRaw<{ at: Date | null }[]>(Prisma.sql`
      SELECT max(last_occurred_at) AS at FROM usage_hour
      WHERE ${visible} AND bucket = (SELECT max(bucket) FROM usage_hour WHERE ${visible})`),
  ]);
  return { environments: environments.map(({ name }) => name), lastCallAt: newest[0]?.at ?? null };
}
