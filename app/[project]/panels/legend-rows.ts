import type { LegendRow } from "@/components/charts/legend-table";
import { OTHER_KEY } from "@/components/charts/prepare-series";
import { colorOf, type SeriesColors } from "@/components/charts/series-color";
import { formatChange, formatPercent, formatUsd, GONE } from "@/lib/format";
import { drillHref, type View } from "../view";
import { type Stack, type StackedSeries, valueLabel } from "./stack";

const otherNames = (count: number) => `${count} ${count === 1 ? "other" : "others"}`;

/**
 * The table beside a stacked chart: one row a key and one for the others, so that it adds up to the total.
 * @param count how many values there are, also those that have no row of their own.
 */
export function legendRows(
  view: View,
  stack: Stack,
  { keys, now, before, unpriced, called }: StackedSeries,
  colors: SeriesColors,
  count: number,
): LegendRow[] {
  const all = [...now.values()].reduce((sum, value) => sum + value, 0n);
  const others = now.has(OTHER_KEY) ? [OTHER_KEY] : [];
  return [...keys, ...others].map((key): LegendRow => {
    const value = now.get(key) ?? 0n;
    const earlier = before.get(key) ?? null;
    const isGone = stack !== "token_kind" && value === 0n && (earlier ?? 0n) > 0n && !called.has(key);
    return {
      key,
      name: key === OTHER_KEY ? otherNames(count - keys.length) : valueLabel(stack, key),
      color: colorOf(colors, key),
      value: value === 0n && unpriced.has(key) ? "unpriced" : formatUsd(value, { places: 2 }),
      share: all > 0n ? formatPercent(Number(value) / Number(all)) : undefined,
      change: view.query.compare ? (isGone ? GONE : formatChange(value, earlier)) : null,
      href: stack === "token_kind" || key === OTHER_KEY ? undefined : drillHref(view, stack, key),
    };
  });
}
