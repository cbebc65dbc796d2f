"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import {
  type ChartUnit,
  formatBucket,
  formatBucketTick,
  formatTick,
  formatValue,
  niceTicks,
  toChart,
} from "@/components/charts/axis";
import { ChartKey } from "@/components/charts/chart-key";
import { ChartTooltip } from "@/components/charts/chart-tooltip";
import { type Deploy, DeployLane } from "@/components/charts/deploy-lane";
import { LineLabels } from "@/components/charts/line-labels";
import { OTHER_KEY, type PreparedSeries, type SeriesValue } from "@/components/charts/prepare-series";
import { colorOf, OTHER_COLOR, type SeriesColors } from "@/components/charts/series-color";
import { TimeSeriesPlot } from "@/components/charts/time-series-plot";
import { useActivePoint } from "@/components/charts/use-active-point";
import { useIsWide } from "@/components/charts/use-is-wide";
import { hrefWith } from "@/components/filters/url-state";
import { cn } from "@/components/ui/cn";
import { nextBucket, toPeriodParams } from "@/lib/period";

export type TimeSeriesProps = {
  /** What `prepareSeries` made. */
  series: PreparedSeries;
  unit: ChartUnit;
  /** `stack` for money and counts, `lines` for ratios and means. */
  kind?: "stack" | "lines";
  colors: SeriesColors;
  /** Says what is drawn: "Cost per day by feature, last 28 days". */
  label: string;
  /** Names of keys that are not their own label. */
  labels?: Readonly<Record<string, string>>;
  /** In the key under the chart: "previous 28 days, $25,901.62". */
  compareLabel?: string;
  deploys?: readonly Deploy[];
  /** Where a click on a bucket leads, in the order of the points. With it, drawing over several sets the period to them. */
  hrefs?: readonly (string | null)[];
  height?: number;
  /** With `lines`: the series that is drawn strong, the rest grey. */
  emphasis?: string;
  /** False when a legend table stands beside it. */
  hasLegend?: boolean;
  /** With `lines`: each is named at its end; on a phone in the key below, and with `emphasis` only that one is drawn. */
  hasEndLabels?: boolean;
  /** A dotted line across, in the unit of the values. */
  threshold?: number;
};

const RIGHT = 6;
const LABELS = 108;
const LANE = 28;

/** Bars or lines over time, with comparison, deploys and the running bucket. Takes rows and draws; decides and fetches nothing. */
export function TimeSeries({
  series: given,
  unit,
  kind = "stack",
  colors,
  label,
  labels = {},
  compareLabel,
  deploys = [],
  hrefs,
  height = 286,
  emphasis,
  hasLegend = false,
  hasEndLabels = false,
  threshold,
}: TimeSeriesProps) {
  const isWide = useIsWide();
  // A phone has no room for names at the ends, and grey lines have no other: there the strong one is drawn alone.
  const isAlone = !isWide && hasEndLabels && emphasis !== undefined;
  const series = useMemo(
    () => (isAlone ? { ...given, keys: given.keys.filter((key) => key === emphasis) } : given),
    [given, isAlone, emphasis],
  );
  const { keys, points, bucket } = series;
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams().toString();
  const open = (index: number) => {
    const href = hrefs?.[index];
    if (href) router.push(href, { scroll: false });
  };
  const zoom = (first: number, last: number) => {
    const [from, end] = [points[first]?.at, points[last]?.at];
    if (!hrefs || !from || !end) return;
    const span = toPeriodParams({ from, to: nextBucket(end, bucket) });
    router.push(hrefWith(pathname, params, { period: null, bucket: null, ...span }), { scroll: false });
  };
  const isNamed = isWide && hasEndLabels;
  const { ticks, inset } = useMemo(
    () => layOut(series, unit, kind, isNamed, threshold),
    [series, unit, kind, isNamed, threshold],
  );
  const paintOf = (key: string) =>
    kind === "lines" && emphasis && key !== emphasis ? OTHER_COLOR : colorOf(colors, key);
  const painted = keys.map(paintOf).join();
  const paints = useMemo(() => painted.split(","), [painted]);
  const active = useActivePoint(points.length, inset, { onOpen: open, onZoom: zoom });
  const nameOf = (key: string) => labels[key] ?? (key === OTHER_KEY ? "other" : key);
  const hasCompare = points.some(({ compare }) => compare !== null);
  const shown = active.index === null ? undefined : points[active.index];
  const top = deploys.length > 0 ? LANE : 8;

  return (
    <div className="min-w-0">
      <div className="relative max-phone:h-[210px]!" style={{ height }}>
        <div
          role="slider"
          tabIndex={0}
          aria-label={`${label}. Arrow keys move through it${hrefs ? ", Enter opens" : ""}.`}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, points.length - 1)}
          aria-valuenow={active.index ?? 0}
          aria-valuetext={
            shown ? `${formatBucket(shown.at, bucket)}: ${formatValue(shown.total, unit)}` : "no bucket chosen"
          }
          // Until it is measured the plot is drawn at a width of its own, which must not widen the page.
          className="h-full select-none overflow-hidden [&_*]:outline-none"
          style={{ cursor: hrefs ? "pointer" : undefined }}
          {...active.handlers}
        >
          <TimeSeriesPlot
            series={series}
            unit={unit}
            kind={kind}
            paints={paints}
            ticks={ticks}
            inset={inset}
            top={top}
            height={height}
            hasCompare={hasCompare}
            emphasis={emphasis}
            threshold={threshold}
          />
        </div>
        <div
          className="pointer-events-none absolute"
          style={{ left: inset.left, right: inset.right, top: 0, bottom: 22 }}
        >
          {active.index !== null && (
            <span
              aria-hidden
              className={cn("absolute bottom-0", active.dragFrom === null ? "bg-foreground/[0.06]" : "bg-brand/15")}
              style={{
                top,
                left: `${(Math.min(active.index, active.dragFrom ?? active.index) / points.length) * 100}%`,
                width: `${((Math.abs(active.index - (active.dragFrom ?? active.index)) + 1) / points.length) * 100}%`,
              }}
            />
          )}
          <DeployLane deploys={deploys} points={points} bucket={bucket} />
          {isNamed && (
            <LineLabels
              lines={keys.map((key) => ({
                key,
                name: nameOf(key),
                share: lastShare(series, key, unit, ticks.at(-1) ?? 1),
                isStrong: key === emphasis,
              }))}
              top={top}
              height={height - 22}
            />
          )}
          {shown && active.index !== null && active.dragFrom === null && (
            <ChartTooltip
              point={shown}
              keys={keys}
              colorOf={paintOf}
              nameOf={nameOf}
              unit={unit}
              bucket={bucket}
              hasTotal={kind === "stack"}
              at={(active.index + 0.5) / points.length}
            />
          )}
        </div>
      </div>
      <ChartKey
        entries={
          hasLegend || (hasEndLabels && !isNamed) ? keys.map((key) => ({ name: nameOf(key), color: paintOf(key) })) : []
        }
        compareLabel={hasCompare ? compareLabel : undefined}
        runningLabel={kind === "stack" ? runningLabel(series) : undefined}
        hasDeploys={deploys.length > 0}
      />
    </div>
  );
}

/** The labels of the y axis and the room they need. */
function layOut(
  { keys, points }: PreparedSeries,
  unit: ChartUnit,
  kind: "stack" | "lines",
  isNamed: boolean,
  threshold = 0,
) {
  const size = (value: SeriesValue | undefined) => toChart(value, unit) ?? 0;
  const heights = points.flatMap(({ values, total, compare }) => [
    size(compare),
    ...(kind === "stack" ? [size(total)] : keys.map((key) => size(values[key]))),
  ]);
  const ticks = niceTicks(Math.max(0, threshold, ...heights));
  const longest = Math.max(...ticks.map((tick) => formatTick(tick, ticks[1] ?? 1, unit).length));
  return { ticks, inset: { left: Math.max(44, 12 + longest * 6.5), right: isNamed ? LABELS : RIGHT } };
}

/** How high a line ends, 0…1 of the axis; null for one without a point. */
function lastShare({ points }: PreparedSeries, key: string, unit: ChartUnit, most: number): number | null {
  const last = points.findLast(({ values }) => (values[key] ?? null) !== null);
  const value = toChart(last?.values[key], unit);
  return value === null ? null : value / most;
}

function runningLabel({ points, bucket }: PreparedSeries): string | undefined {
  const running = points.find(({ isPartial }) => isPartial);
  return running && `${formatBucketTick(running.at, bucket)} still running`;
}
