import { formatDate } from "@/lib/format";
import type { OverrideChange } from "@/lib/pricing/contract-diff";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { describeOverride, lastDayOf, subjectOf, termsOf } from "@/lib/pricing/contract-words";

/** What the kinds of override are called where people read. */
export const KIND_NAMES: Readonly<Record<StoredOverride["kind"], string>> = {
  rates: "own rates",
  adjustment: "discount",
  alias: "alias",
};

/** `discount` or `premium`, `own rates`, `alias`. */
export function kindOf(override: StoredOverride): string {
  const isPremium = override.kind === "adjustment" && !override.percent.startsWith("-");
  return isPremium ? "premium" : KIND_NAMES[override.kind];
}

export function formatIsoDay(day: string): string {
  return formatDate(new Date(day));
}

/** `from 1 Nov 2026`, `1 Nov 2026 – 31 Dec 2026`: the last day is inside. */
export function formatDays(override: Pick<StoredOverride, "from" | "to">): string {
  const last = lastDayOf(override);
  if (last === null) return `from ${formatIsoDay(override.from)}`;
  return last === override.from ? formatIsoDay(last) : `${formatIsoDay(override.from)} – ${formatIsoDay(last)}`;
}

/** One change in one line: what was added or removed with its days, or of what changed both sides. */
export function describeChange({ before, after }: OverrideChange): string {
  if (before === null) return `Added ${describeOverride(after)}, ${formatDays(after)}`;
  if (after === null) return `Removed ${describeOverride(before)}, ${formatDays(before)}`;
  const sides = [
    [subjectOf(before), subjectOf(after)],
    [termsOf(before), termsOf(after)],
    [formatDays(before), formatDays(after)],
  ].flatMap(([old, now]) => (old === now ? [] : [`${old} → ${now}`]));
  const note = before.note === after.note ? [] : ["its note"];
  return `Changed ${kindOf(before)} ${subjectOf(before)}: ${[...sides, ...note].join("; ")}`;
}
