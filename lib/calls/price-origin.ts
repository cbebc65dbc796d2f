import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Call } from "@/lib/calls/read";
import { readDb } from "@/lib/db";
import type { Prices } from "@/lib/pricing/contract";
import { findPriceVersion, type PriceVersionEntry, readPrices } from "@/lib/pricing/versions";

/** The run that gave a call its present price. */
export type RepriceOrigin = Readonly<{
  number: number;
  reason: string;
  /** Name of who applied it; null of a person who is gone. */
  by: string | null;
  at: Date | null;
}>;

/** What one row of a call was priced with: the book and the contract as they were then, not as they are today. */
export type PriceOrigin = Readonly<{
  prices: Prices;
  /** Null for a call from before versions were kept. */
  version: PriceVersionEntry | null;
  /** Null for a call that still has its first price. */
  reprice: RepriceOrigin | null;
}>;

/** Reads by which version of the project's prices a row of a call was priced, and by which run if it was priced again. */
export async function readPriceOrigin(
  scope: Scope,
  { priceVersion, repriceRun }: Pick<Call, "priceVersion" | "repriceRun">,
): Promise<PriceOrigin> {
  const [prices, version, reprice] = await Promise.all([
    readPrices(scope, priceVersion),
    findPriceVersion(scope, priceVersion),
    repriceRun === null ? null : findRun(scope, repriceRun),
  ]);
  return { prices, version, reprice };
}

async function findRun({ projectId }: Scope, number: number): Promise<RepriceOrigin | null> {
  const run = await readDb().repriceRun.findUnique({
    where: { projectId_number: { projectId, number } },
    select: { number: true, reason: true, appliedAt: true, appliedBy: { select: { name: true } } },
  });
  return run && { number: run.number, reason: run.reason, by: run.appliedBy?.name ?? null, at: run.appliedAt };
}
