import { type Change, PARTS, type Part } from "@/lib/deploys/schema";

/** A change taken apart for one call instead of for all; picodollars. */
export type PerCall = Readonly<{ before: bigint; after: bigint; parts: Readonly<Record<Part, bigint>> }>;

/**
 * The same parts for one call. What volume leaves is that calls moved between dear and cheap features; it takes what
 * rounding leaves over, so that the parts add up to `after − before`. Null where a side has no calls.
 */
export function toPerCall({ before, after, parts }: Change): PerCall | null {
  const [was, is] = [before.costPerCallUsdPicos, after.costPerCallUsdPicos];
  if (was === null || is === null) return null;
  const own = Object.fromEntries(PARTS.map((part) => [part, parts[part] / after.pricedCalls])) as Record<Part, bigint>;
  const rest = PARTS.filter((part) => part !== "volume").reduce((sum, part) => sum + own[part], 0n);
  return { before: was, after: is, parts: { ...own, volume: is - was - rest } };
}
