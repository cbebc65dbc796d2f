const HOUR_MS = 3_600_000;

/** Share of a working hour's traffic by local hour: nights are quiet, lunch dips a little, evenings fade. */
const BY_HOUR = [
  0.08, 0.06, 0.05, 0.05, 0.07, 0.14, 0.3, 0.58, 0.86, 1, 1, 0.96, 0.8, 0.88, 1, 0.98, 0.9, 0.72, 0.5, 0.36, 0.28, 0.22,
  0.16, 0.11,
] as const;

const WEEKEND = 0.34;

/** How busy an office is in the hour that begins at `hour`, 1 being a full working hour; `utcShift` hours behind London. */
export function busyness(hour: Date, utcShift: number): number {
  const local = new Date(hour.getTime() - utcShift * HOUR_MS);
  const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
  return (BY_HOUR[local.getUTCHours()] ?? 0) * (weekend ? WEEKEND : 1);
}
