import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { StoreUnavailable } from "@/lib/calls/commit-queue";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { readMappings } from "@/lib/mapping/read";
import type { MappedDoor, Mapping } from "@/lib/mapping/schema";

/** Another instance's change is seen within this time. */
const FRESH_MS = 5_000;

export type Mappings = Readonly<Record<MappedDoor, Mapping>>;
type Known = { mappings: Mappings; readAt: number };

declare global {
  var spendtraceMappings: Map<number, Known> | undefined;
}

// Next bundles routes and actions apart: what an action changes, ingest must see at once.
globalThis.spendtraceMappings ??= new Map();
const known = globalThis.spendtraceMappings;

/**
 * The mappings that a project's incoming calls go by, from memory where they were read a moment ago.
 * @throws StoreUnavailable when they were never read and cannot be: a call is never stored under a guessed tenant.
 */
export async function currentMappings(scope: Scope): Promise<Mappings> {
  const entry = known.get(scope.projectId);
  if (!entry) return firstMappings(scope);
  if (now().getTime() - entry.readAt < FRESH_MS) return entry.mappings;
  try {
    return await refreshMappings(scope);
  } catch (error) {
    log.warn({ err: error }, "mappings could not be read; the last known ones stay");
    entry.readAt = now().getTime();
    return entry.mappings;
  }
}

async function firstMappings(scope: Scope): Promise<Mappings> {
  try {
    return await refreshMappings(scope);
  } catch (error) {
    throw new StoreUnavailable("the mappings cannot be read", { cause: error });
  }
}

/** Reads the mappings anew and remembers them; to be called after a change. */
export async function refreshMappings(scope: Scope): Promise<Mappings> {
  const mappings = await readMappings(scope);
  known.set(scope.projectId, { mappings, readAt: now().getTime() });
  return mappings;
}
