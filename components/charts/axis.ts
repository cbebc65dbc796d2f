import {
  formatAxisCount,
  formatAxisUsd,
  formatCount,
  formatDay,
  formatHour,
  formatMonth,
  formatMs,
  formatPercent,
  formatUsd,
  formatWeekday,
} from "@/lib/format";
import type { FineBucket } from "@/lib/period";

/** What the values of a chart are: picodollars, counts, ratios of 0…1, milliseconds. */
export type ChartUnit = "usd" | "count" | "ratio" | "ms";

const STEPS = [1, 2, 2.5, 5, 10];

/** Labels of an axis from 0: at most five round steps, the last at or above `max`. */
export function niceTicks(max: number): number[] {
  if (!(max > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(max / 5));
  const step = (STEPS.find((candidate) => candidate * power * 5 >= max * 0.999_999) ?? 10) * power;
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** A value as the float that gives a bar its length: picodollars become dollars. */
export function toChart(value: bigint | number | null | undefined, unit: ChartUnit): number | null {
  if (value === null || value === undefined) return null;
  return unit === "usd" ? Number(value) / 1e12 : Number(value);
}

/** The label of an axis tick; `step` is the distance to the next. */
export function formatTick(value: number, step: number, unit: ChartUnit): string {
  if (unit === "usd") return formatAxisUsd(value, step);
  if (unit === "ratio") return formatPercent(value, step < 0.01 ? 1 : 0);
  return unit === "ms" && value > 0 ? formatMs(value) : formatAxisCount(value);
}

/** A value in full: in tooltip, legend and live region. Null in words. */
export function formatValue(value: bigint | number | null | undefined, unit: ChartUnit): string {
  if (value === null || value === undefined) return "none";
  if (unit === "usd") return formatUsd(typeof value === "bigint" ? value : BigInt(Math.round(value)));
  if (unit === "ratio") return formatPercent(Number(value));
  return unit === "ms" ? formatMs(Number(value)) : formatCount(value);
}

/** A bucket on the axis: `21 Nov`, hours `09:00` with the day at midnight, minutes `09:31`, months `Nov 2026`. */
export function formatBucketTick(at: Date, bucket: FineBucket): string {
  if (bucket === "month") return formatMonth(at);
  if (bucket === "minute") return formatHour(at);
  if (bucket === "hour") return at.getUTCHours() === 0 ? formatDay(at) : formatHour(at);
  return formatDay(at);
}

/** A bucket by name: `Wed 11 Nov`, `21 Nov, 09:00 UTC`, `week of 16 Nov`, `Nov 2026`. */
export function formatBucket(at: Date, bucket: FineBucket): string {
  if (bucket === "hour" || bucket === "minute") return `${formatDay(at)}, ${formatHour(at)} UTC`;
  if (bucket === "week") return `week of ${formatDay(at)}`;
  return bucket === "month" ? formatMonth(at) : formatWeekday(at);
}
