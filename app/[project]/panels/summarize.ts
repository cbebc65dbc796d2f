import type { Scope } from "@/lib/auth/scope";
import { elapsedPeriod, type Period } from "@/lib/period";
import type { MeasureKey } from "@/lib/reports/catalogue";
import { runReport } from "@/lib/reports/registry";
import type { Row } from "@/lib/reports/schema";
import { weekOverWeek } from "@/lib/reports/tenants-week-over-week";
import type { View } from "../view";
import { sumOf } from "./stack";

const WEEK = 7 * 86_400_000;

/** The totals of another period than the page's, under the page's filters; `compare_<measure>` beside each. */
export async function summarize(
  scope: Scope,
  view: View,
  period: Period,
  compare: Period | null,
  measures: readonly MeasureKey[],
): Promise<Row> {
  const query = { ...view.query, period, compare, measures, bucket: null, sort: null };
  return (await runReport(scope, "usage-summary", query)).totals;
}

/** As much of the same span a week earlier as has passed of this one: weekday against weekday, minute against minute. */
export function weekBefore(period: Period, now: Date): Period {
  const { from, to } = elapsedPeriod(period, now);
  // In the first minute of a span there is still something to name.
  const end = Math.max(to.getTime(), from.getTime() + 60_000);
  return { from: new Date(from.getTime() - WEEK), to: new Date(end - WEEK) };
}

/** The seven days that end with the page's period, or now, and the seven before them (Recipe 2). */
export function lastWeek({ query, now }: View): ReturnType<typeof weekOverWeek> {
  return weekOverWeek(new Date(Math.min(query.period.to.getTime(), now.getTime())));
}

/** A ratio in a cell, or null. */
export function ratioOf(row: Row, key: string): number | null {
  const cell = row[key];
  return typeof cell === "number" ? cell : null;
}

/** An exact sum in a cell, or null where there was nothing. */
export function exactOf(row: Row, key: string): bigint | null {
  const cell = row[key];
  return typeof cell === "bigint" ? cell : null;
}

/** Whether nothing is known of what was spent, rather than nothing spent: unknown is never $0. */
export function isUnpriced(row: Row): boolean {
  return sumOf(row, "cost") === 0n && sumOf(row, "unpriced_calls") > 0n;
}
