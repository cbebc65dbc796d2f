import { nextBucket, type Period, startOfBucket } from "@/lib/period";

const DAY = 86_400_000;

/** The month that is running at `now`, first day to last. */
export function monthOf(now: Date): Period {
  const from = startOfBucket(now, "month");
  return { from, to: nextBucket(from, "month") };
}

/**
 * What the month comes to if it goes on as it began: month to date / elapsed × length (Recipe "burn rate"), in whole
 * picodollars. Null in the first day of a month: a few hours say nothing about thirty days.
 */
export function projectMonthEnd(monthToDatePicos: bigint, now: Date): bigint | null {
  const { from, to } = monthOf(now);
  const elapsed = now.getTime() - from.getTime();
  if (elapsed < DAY) return null;
  return (monthToDatePicos * BigInt(to.getTime() - from.getTime())) / BigInt(elapsed);
}
