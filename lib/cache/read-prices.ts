import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";
import { LIST_PRICES, type Prices } from "@/lib/pricing/contract";
import { readPrices } from "@/lib/pricing/versions";

/** The prices that the newest calls of a project got: only read, where `currentPrices` would make a version for a new release. */
export async function readCachePrices(scope: Scope): Promise<Prices> {
  const newest = await readDb().priceVersion.findFirst({
    where: { projectId: scope.projectId },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  return newest ? readPrices(scope, newest.version) : LIST_PRICES;
}
