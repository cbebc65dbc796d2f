import { cache } from "react";
import { assignColors, type SeriesColors } from "@/components/charts/series-color";
import type { Scope } from "@/lib/auth/scope";
import { presetPeriod } from "@/lib/period";
import { runReport } from "@/lib/reports/registry";
import type { Dimension } from "@/lib/reports/schema";

const COLORS = 8;

/** The eight dearest values of a dimension over the last 90 days, whatever the filters: they own the colours. Once a request. */
const dearest = cache(async (scope: Scope, dimension: Dimension, today: number): Promise<readonly string[]> => {
  const { rows } = await runReport(scope, "usage-summary", {
    period: presetPeriod("90d", new Date(today)),
    compare: null,
    bucket: null,
    groupBy: [dimension],
    measures: ["cost"],
    filters: [],
    sort: null,
    limit: COLORS,
  });
  return rows.map((row) => String(row[dimension]));
});

/**
 * Colours for the values that a panel shows by name. A value keeps its colour on every page and under every filter; one
 * that owns none takes that of an owner that is not shown.
 */
export async function entityColors(
  scope: Scope,
  dimension: Dimension,
  shown: readonly string[],
  now: Date,
): Promise<SeriesColors> {
  const owners = [...(await dearest(scope, dimension, Math.floor(now.getTime() / 86_400_000) * 86_400_000))];
  while (owners.length < COLORS) owners.push("");
  for (const key of shown.filter((one) => !owners.includes(one))) {
    const free = owners.findLastIndex((owner) => !shown.includes(owner));
    if (free >= 0) owners[free] = key;
  }
  const colors = assignColors(owners, COLORS);
  return Object.fromEntries(shown.flatMap((key) => (colors[key] ? [[key, colors[key]]] : [])));
}
