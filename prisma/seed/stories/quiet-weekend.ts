import { before, type Story } from "../story";

const DAY_MS = 86_400_000;

/** The Saturday of a long weekend two to three weeks ago, 00:00 UTC. */
export function quietSaturday(now: Date): Date {
  const latest = new Date(before(now, 15).toISOString().slice(0, 10));
  return new Date(latest.getTime() - ((latest.getUTCDay() + 1) % 7) * DAY_MS);
}

/** Two days on which hardly anybody works, beside weekends that are merely slow. */
export function quietWeekend(now: Date): Story {
  const from = quietSaturday(now).getTime();
  return {
    name: "quiet-weekend",
    volume: (_tenant, hour) => (hour.getTime() >= from && hour.getTime() < from + 2 * DAY_MS ? 0.12 : 1),
  };
}
