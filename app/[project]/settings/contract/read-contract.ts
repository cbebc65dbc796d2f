import type { Scope } from "@/lib/auth/scope";
import type { PriceBook } from "@/lib/pricing/book";
import { canonicalModel } from "@/lib/pricing/contract";
import { affectedBy, diffContracts, isSame, type OverrideChange } from "@/lib/pricing/contract-diff";
import { checkContract } from "@/lib/pricing/contract-rules";
import { type StoredOverride, storeOverride } from "@/lib/pricing/contract-schema";
import { listPriceVersions, type PriceVersionEntry, readNewestPrices } from "@/lib/pricing/versions";

/** One override of the contract in force, and where it comes from. */
export type ContractRow = Readonly<{
  override: StoredOverride;
  state: "in force" | "coming" | "past";
  /** The version in which it became what it is. */
  since: PriceVersionEntry | null;
  /** What a newer price book made wrong of it; null when it is sound. */
  problem: string | null;
}>;

/** A version of the prices and what it changed. */
export type HistoryEntry = Readonly<{
  entry: PriceVersionEntry;
  changes: readonly OverrideChange[];
  /** The book of the version before, where this one has another. */
  formerBook: string | null;
  /** Whether its contract differs from the one in force. */
  isOther: boolean;
}>;

export type ContractView = Readonly<{
  /** What a change is based on. */
  version: number;
  book: PriceBook;
  /** UTC day. */
  today: string;
  rows: readonly ContractRow[];
  /** Newest first. */
  history: readonly HistoryEntry[];
}>;

/** The contract of a project with its overrides and all its versions. */
export async function readContract(scope: Scope, now: Date): Promise<ContractView> {
  // First: it makes the first version of a new project.
  const { version, book, contract } = await readNewestPrices(scope);
  const versions = (await listPriceVersions(scope)).filter((entry) => entry.version <= version);
  const today = now.toISOString().slice(0, 10);
  const problems = new Map(checkContract(contract.overrides, book).map(({ id, message }) => [id, message]));
  const current = contract.overrides.map(storeOverride);
  const rows = current.map((override) => ({
    override,
    state: stateOf(override, today),
    since: findSince(override, versions),
    problem: problems.get(override.id) ?? null,
  }));
  const history = versions.map((entry, index) => {
    const former = versions[index + 1];
    return {
      entry,
      changes: diffContracts(former?.overrides ?? [], entry.overrides),
      formerBook: former && former.bookVersion !== entry.bookVersion ? former.bookVersion : null,
      isOther: diffContracts(entry.overrides, current).length > 0,
    };
  });
  return { version, book, today, rows, history };
}

function stateOf({ from, to }: StoredOverride, today: string): ContractRow["state"] {
  if (to !== null && to <= today) return "past";
  return from > today ? "coming" : "in force";
}

/** `versions` newest first: the oldest of those that have it unchanged. */
function findSince(override: StoredOverride, versions: readonly PriceVersionEntry[]): PriceVersionEntry | null {
  let since: PriceVersionEntry | null = null;
  for (const entry of versions) {
    const then = entry.overrides.find(({ id }) => id === override.id);
    if (!then || !isSame(then, override)) return since;
    since = entry;
  }
  return since;
}

/** The form that prices stored calls again, filled in for all that a version could price otherwise; null when there are none. */
export function repriceHref(
  path: string,
  { version, book, today, history }: ContractView,
  { entry, changes }: HistoryEntry,
): string | null {
  const newest = history.find((one) => one.entry.version === version);
  const overrides = [
    ...entry.overrides,
    ...(newest?.entry.overrides ?? []),
    ...changes.flatMap((one) => one.before ?? []),
  ];
  const affected = affectedBy(changes, overrides, today, (model) => canonicalModel(book, model));
  if (affected === null) return null;
  const params = new URLSearchParams(affected.models.map((model) => ["models", model]));
  params.append("from", affected.from);
  params.append("to", affected.to);
  params.append("reason", `Contract, version ${entry.version}: ${entry.reason}`.slice(0, 200));
  return `${path}?${params}`;
}
