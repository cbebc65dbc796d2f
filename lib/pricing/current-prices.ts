import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import type { Prices } from "@/lib/pricing/contract";
import { readNewestPrices } from "@/lib/pricing/versions";

/** How old they may be without a look; another instance's change of the contract is seen within this time… */
const FRESH_MS = 5_000;
/** …unless nobody asked for longer: then what is known is good for one answer more while the new is read. */
const USABLE_MS = 60_000;

type Known = { prices: Prices; readAt: number; reading: Promise<Prices> | null };

declare global {
  var spendtracePrices: Map<number, Known> | undefined;
}

// Next bundles routes and actions apart: what an action changes, ingest must see at once.
globalThis.spendtracePrices ??= new Map();
const known = globalThis.spendtracePrices;

/**
 * The prices that new calls of a project get, from memory where they were read a moment ago.
 * @throws what the database throws, when they were never read: a call is never priced by a guess.
 */
export async function currentPrices(scope: Scope): Promise<Prices> {
  const entry = known.get(scope.projectId);
  if (!entry) return refreshPrices(scope);
  const age = now().getTime() - entry.readAt;
  if (age < FRESH_MS) return entry.prices;
  const reading = reread(scope, entry);
  return age < USABLE_MS ? entry.prices : reading;
}

/** Reads the prices anew and remembers them; to be called after a change. */
export async function refreshPrices(scope: Scope): Promise<Prices> {
  const read = await readNewestPrices(scope);
  const before = known.get(scope.projectId)?.prices;
  // A slower look may have begun before a change that is known already.
  const prices = before && before.version > read.version ? before : read;
  known.set(scope.projectId, { prices, readAt: now().getTime(), reading: null });
  return prices;
}

/** Never fails: while the database is away the last known prices are the right ones, and storing will tell. */
function reread(scope: Scope, entry: Known): Promise<Prices> {
  entry.reading ??= refreshPrices(scope).catch((error: unknown) => {
    log.warn({ err: error }, "prices could not be read; the last known ones stay");
    entry.readAt = now().getTime();
    entry.reading = null;
    return entry.prices;
  });
  return entry.reading;
}
