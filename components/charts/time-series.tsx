"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from "recharts";
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
import { OTHER_KEY, type PreparedSeries } from "@/components/charts/prepare-series";
import { colorOf, type SeriesColors } from "@/components/charts/series-color";
import { StackSegment } from "@/components/charts/stack-segment";
import { useActivePoint } from "@/components/charts/use-active-point";
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
};

const RIGHT = 6;
const LANE = 28;

/** Bars or lines over time, with comparison, deploys and the running bucket. Takes rows and draws; decides and fetches nothing. */
export function TimeSeries({
  series,
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
}: TimeSeriesProps) {
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
  const data = useMemo(
    () =>
      points.map((point) => ({
        ...Object.fromEntries(keys.map((key, at) => [`s${at}`, toChart(point.values[key], unit)])),
        tick: formatBucketTick(point.at, bucket),
        compare: toChart(point.compare, unit),
        isPartial: point.isPartial,
      })),
    [points, keys, unit, bucket],
  );
  const max = Math.max(
    0,
    ...points.map(({ values, total, compare }) =>
      Math.max(
        toChart(compare, unit) ?? 0,
        kind === "stack"
          ? (toChart(total, unit) ?? 0)
          : Math.max(0, ...keys.map((key) => toChart(values[key], unit) ?? 0)),
      ),
    ),
  );
  const ticks = niceTicks(max);
  const step = ticks[1] ?? 1;
  const longest = Math.max(...ticks.map((tick) => formatTick(tick, step, unit).length));
  const inset = { left: Math.max(44, 12 + longest * 6.5), right: RIGHT };
  const active = useActivePoint(points.length, inset, { onOpen: open, onZoom: zoom });
  const nameOf = (key: string) => labels[key] ?? (key === OTHER_KEY ? "other" : key);
  const hasCompare = points.some(({ compare }) => compare !== null);
  const shown = active.index === null ? undefined : points[active.index];
  const top = deploys.length > 0 ? LANE : 8;
  const stroke = (key: string) => (emphasis && key !== emphasis ? "var(--chart-other)" : colorOf(colors, key));

  return (
    <div>
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
          className="h-full select-none"
          style={{ cursor: hrefs ? "pointer" : undefined }}
          {...active.handlers}
        >
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 760, height }}>
            <ComposedChart
              data={data}
              margin={{ top, right: RIGHT, bottom: 0, left: 0 }}
              barCategoryGap="11%"
              accessibilityLayer={false}
              stackOffset="none"
            >
              <defs>
                <pattern id="running" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                  <rect width="2.4" height="5" fill="var(--hatch)" />
                </pattern>
              </defs>
              <CartesianGrid vertical={false} stroke="var(--grid)" />
              <XAxis
                dataKey="tick"
                axisLine={{ stroke: "var(--border-strong)" }}
                tickLine={false}
                interval="equidistantPreserveStart"
                minTickGap={22}
                height={22}
                tickMargin={6}
                tick={{ fontSize: 11, fill: "var(--muted-foreground)" }}
                allowDuplicatedCategory
              />
              <YAxis
                width={inset.left}
                axisLine={false}
                tickLine={false}
                tickMargin={6}
                ticks={ticks}
                domain={[0, ticks.at(-1) ?? 1]}
                interval={0}
                tickFormatter={(value: number) => formatTick(value, step, unit)}
                tick={{ fontSize: 11, fill: "var(--muted-foreground)" }}
              />
              {kind === "stack" &&
                keys.map((key, at) => (
                  <Bar
                    key={key}
                    dataKey={`s${at}`}
                    stackId="stack"
                    fill={colorOf(colors, key)}
                    isAnimationActive={false}
                    maxBarSize={56}
                    shape={StackSegment}
                  />
                ))}
              {hasCompare && kind === "stack" && (
                <Line
                  dataKey="compare"
                  stroke="var(--card)"
                  strokeWidth={4}
                  dot={false}
                  activeDot={false}
                  isAnimationActive={false}
                />
              )}
              {hasCompare && (
                <Line
                  dataKey="compare"
                  stroke="var(--foreground)"
                  strokeWidth={1.4}
                  strokeDasharray="4 3"
                  strokeOpacity={0.72}
                  dot={false}
                  activeDot={false}
                  isAnimationActive={false}
                />
              )}
              {kind === "lines" &&
                keys.map((key, at) => (
                  <Line
                    key={key}
                    dataKey={`s${at}`}
                    stroke={stroke(key)}
                    strokeWidth={emphasis ? (key === emphasis ? 2.2 : 1.3) : 1.6}
                    dot={false}
                    activeDot={false}
                    connectNulls={false}
                    isAnimationActive={false}
                  />
                ))}
            </ComposedChart>
          </ResponsiveContainer>
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
          {shown && active.index !== null && (
            <ChartTooltip
              point={shown}
              keys={keys}
              colorOf={(key) => (kind === "lines" ? stroke(key) : colorOf(colors, key))}
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
          hasLegend
            ? keys.map((key) => ({ name: nameOf(key), color: kind === "lines" ? stroke(key) : colorOf(colors, key) }))
            : []
        }
        compareLabel={hasCompare ? compareLabel : undefined}
        runningLabel={kind === "stack" ? runningLabel(series) : undefined}
        hasDeploys={deploys.length > 0}
      />
    </div>
  );
}

function runningLabel({ points, bucket }: PreparedSeries): string | undefined {
  const running = points.find(({ isPartial }) => isPartial);
  return running && `${formatBucketTick(running.at, bucket)} still running`;
}
