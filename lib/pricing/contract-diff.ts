import { dayAfter } from "@/lib/period";
import type { StoredOverride } from "@/lib/pricing/contract-schema";

/** What became of one override from one contract to the next: `before` null when it is new, `after` null when it is gone. */
export type OverrideChange =
  | Readonly<{ before: StoredOverride; after: StoredOverride | null }>
  | Readonly<{ before: null; after: StoredOverride }>;

type Stored = readonly StoredOverride[];

export function isSame(a: StoredOverride, b: StoredOverride): boolean {
  return write(a) === write(b);
}

/** The parts of an override in one order: jsonb gives keys back in its own. */
function write(override: StoredOverride): string {
  return JSON.stringify(override, (_, value: unknown) =>
    typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).toSorted()) : value,
  );
}

/** Everything that differs between two contracts, overrides told apart by their ids. */
export function diffContracts(before: Stored, after: Stored): readonly OverrideChange[] {
  const former = new Map(before.map((override) => [override.id, override]));
  const ids = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((override): OverrideChange[] => {
      const old = former.get(override.id) ?? null;
      return old !== null && isSame(old, override) ? [] : [{ before: old, after: override }];
    }),
    ...before.filter(({ id }) => !ids.has(id)).map((old) => ({ before: old, after: null })),
  ];
}

/** Which stored calls a change of the contract could price otherwise. */
export type Affected = Readonly<{
  /** UTC days, inclusive and exclusive. */
  from: string;
  to: string;
  /** As calls are stored with them; empty for all. */
  models: readonly string[];
}>;

/**
 * The calls that may be stored by `today` (a UTC day) and that a change could price otherwise; null when it holds for
 * later days only. `canonical` gives a model's id in the book, or the name itself.
 */
export function affectedBy(
  changes: readonly OverrideChange[],
  overrides: Stored,
  today: string,
  canonical: (model: string) => string,
): Affected | null {
  const tomorrow = dayAfter(today);
  const spans = changes
    .flatMap(daysOf)
    .map(({ from, to }) => ({ from, to: to === null || to > tomorrow ? tomorrow : to }));
  const past = spans.filter(({ from, to }) => from < to).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const [first] = past;
  if (!first) return null;
  const to =
    past
      .map((span) => span.to)
      .toSorted()
      .at(-1) ?? first.to;
  const named = changes.flatMap(({ before, after }) => [before, after]).flatMap((one) => (one ? [one.model] : []));
  const models = named.includes(null)
    ? []
    : withAliases(
        named.filter((one) => one !== null),
        overrides,
        canonical,
      );
  return { from: first.from, to, models };
}

/** The days on which a change changes anything: where only the end moved, those between the two ends. */
function daysOf({ before, after }: OverrideChange): readonly Pick<StoredOverride, "from" | "to">[] {
  if (before === null || after === null) return [before ?? after].filter((one) => one !== null);
  const isOnlyEnd = isSame({ ...before, to: null, note: "" }, { ...after, to: null, note: "" });
  if (!isOnlyEnd) return [before, after];
  if (before.to === after.to) return [];
  const ends = [before.to, after.to].filter((end) => end !== null).toSorted();
  return [{ from: ends[0] ?? after.from, to: ends[1] ?? null }];
}

/** The models themselves and every name that is priced as one of them, at first or further hand. */
function withAliases(models: readonly string[], overrides: Stored, canonical: (model: string) => string): string[] {
  const names = new Set(models.map(canonical));
  const aliases = overrides.filter((override) => override.kind === "alias");
  for (let found = 0; found !== names.size; ) {
    found = names.size;
    for (const { model, target } of aliases) if (names.has(canonical(target))) names.add(model);
  }
  return [...names];
}
