"use client";

import { memo } from "react";
import { Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { type ChartUnit, formatBucketTick, formatTick, toChart } from "@/components/charts/axis";
import type { PreparedSeries } from "@/components/charts/prepare-series";
import { StackSegment } from "@/components/charts/stack-segment";
import type { PlotInset } from "@/components/charts/use-active-point";

export type TimeSeriesPlotProps = {
  series: PreparedSeries;
  unit: ChartUnit;
  kind: "stack" | "lines";
  /** A colour for each key of the series. */
  paints: readonly string[];
  /** Labels of the y axis, from 0. */
  ticks: readonly number[];
  inset: PlotInset;
  /** Px above the plot. */
  top: number;
  height: number;
  hasCompare: boolean;
  emphasis?: string;
  /** A dotted line across. */
  threshold?: number;
};

/** The drawing of a time series, without what moves: pointing at it does not draw it again. */
export const TimeSeriesPlot = memo(function TimeSeriesPlot({
  series: { keys, points, bucket },
  unit,
  kind,
  paints,
  ticks,
  inset,
  top,
  height,
  hasCompare,
  emphasis,
  threshold,
}: TimeSeriesPlotProps) {
  const step = ticks[1] ?? 1;
  const data = points.map((point) => ({
    ...Object.fromEntries(keys.map((key, at) => [`s${at}`, toChart(point.values[key], unit)])),
    tick: formatBucketTick(point.at, bucket),
    compare: toChart(point.compare, unit),
    isPartial: point.isPartial,
  }));
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 760, height }}>
      <ComposedChart
        data={data}
        margin={{ top, right: inset.right, bottom: 0, left: 0 }}
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
          ticks={[...ticks]}
          domain={[0, ticks.at(-1) ?? 1]}
          interval={0}
          tickFormatter={(value: number) => formatTick(value, step, unit)}
          tick={{ fontSize: 11, fill: "var(--muted-foreground)" }}
        />
        {threshold !== undefined && (
          <ReferenceLine y={threshold} stroke="var(--warn-fill)" strokeDasharray="2 3" strokeWidth={1.2} />
        )}
        {kind === "stack" &&
          keys.map((key, at) => (
            <Bar
              key={key}
              dataKey={`s${at}`}
              stackId="stack"
              fill={paints[at]}
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
              stroke={paints[at]}
              strokeWidth={emphasis ? (key === emphasis ? 2.2 : 1.3) : 1.6}
              dot={loneDot(points, key, paints[at])}
              activeDot={false}
              connectNulls={false}
              isAnimationActive={false}
            />
          ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
});

/** Between two gaps there is no line to draw: a point alone is a dot. False where there is none, so that nothing is drawn for it. */
function loneDot(points: PreparedSeries["points"], key: string, color: string | undefined) {
  const has = (index: number) => (points[index]?.values[key] ?? null) !== null;
  const isLone = (index: number) => has(index) && !has(index - 1) && !has(index + 1);
  if (!points.some((_, index) => isLone(index))) return false;
  return ({ index, cx, cy }: { index?: number; cx?: number; cy?: number }) => {
    const dotKey = `${key}-${index}`;
    return isLone(index ?? -1) ? <circle key={dotKey} cx={cx} cy={cy} r={1.8} fill={color} /> : <g key={dotKey} />;
  };
}
