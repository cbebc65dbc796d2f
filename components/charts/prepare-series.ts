import type { FineBucket } from "@/lib/period";
import { nextBucket } from "@/lib/period";

/** An exact sum (picodollars, tokens, calls) or a ratio; null when there was nothing to measure. */
export type SeriesValue = bigint | number | null;

/** One row of a bucketed report: `key` is the entity ("" for a report without grouping). */
export type SeriesRow = Readonly<{ at: Date; key: string; value: SeriesValue }>;

export type SeriesPoint = Readonly<{
  at: Date;
  /** Value by key, the others summed under `OTHER_KEY`. A key without data is absent: a gap, not a zero. */
  values: Readonly<Record<string, SeriesValue>>;
  /** Sum over all keys; null when no row fell into the bucket. */
  total: SeriesValue;
  /** The bucket of the comparison that this one is held against, and its sum. */
  compareAt: Date | null;
  compare: SeriesValue;
  /** Its time is not over: drawn hatched. */
  isPartial: boolean;
}>;

export type PreparedSeries = Readonly<{ keys: readonly string[]; points: readonly SeriesPoint[]; bucket: FineBucket }>;

/** The key of what is not named. Begins with a control character, so that no entity can have it. */
export const OTHER_KEY = "\u0001other";

export type PrepareInput = Readonly<{
  rows: readonly SeriesRow[];
  /** Starts of all buckets of the period (`listBuckets`), also those without rows. */
  buckets: readonly Date[];
  bucket: FineBucket;
  now: Date;
  /** Keys to draw by name, dearest first; rows of any other key are summed into one series. */
  keys: readonly string[];
  /** Rows of the comparison (any keys) and its buckets: bucket n is held against bucket n. */
  compare?: Readonly<{ rows: readonly SeriesRow[]; buckets: readonly Date[] }>;
}>;

/** Adds exactly when both are bigint; null adds nothing, but stays null alone. */
export function addValues(a: SeriesValue, b: SeriesValue): SeriesValue {
  if (a === null || b === null) return a ?? b;
  return typeof a === "bigint" && typeof b === "bigint" ? a + b : Number(a) + Number(b);
}

function sumByBucket(rows: readonly SeriesRow[]): Map<number, SeriesValue> {
  const sums = new Map<number, SeriesValue>();
  for (const { at, value } of rows) sums.set(at.getTime(), addValues(sums.get(at.getTime()) ?? null, value));
  return sums;
}

/** Turns report rows into what a chart draws: every bucket present, the rest summed, the running bucket marked. */
export function prepareSeries({ rows, buckets, bucket, now, keys, compare }: PrepareInput): PreparedSeries {
  const named = new Set(keys);
  const values = new Map<number, Record<string, SeriesValue>>();
  let hasOther = false;
  for (const { at, key, value } of rows) {
    const name = named.has(key) ? key : OTHER_KEY;
    hasOther ||= name === OTHER_KEY && value !== null;
    const point = values.get(at.getTime()) ?? {};
    point[name] = addValues(point[name] ?? null, value);
    values.set(at.getTime(), point);
  }
  const totals = sumByBucket(rows);
  const compareTotals = sumByBucket(compare?.rows ?? []);
  const points = buckets.map((at, index): SeriesPoint => {
    const compareAt = compare?.buckets[index] ?? null;
    return {
      at,
      values: values.get(at.getTime()) ?? {},
      total: totals.get(at.getTime()) ?? null,
      compareAt,
      compare: compareAt ? (compareTotals.get(compareAt.getTime()) ?? null) : null,
      isPartial: at <= now && now < nextBucket(at, bucket),
    };
  });
  return { keys: hasOther ? [...keys, OTHER_KEY] : keys, points, bucket };
}
