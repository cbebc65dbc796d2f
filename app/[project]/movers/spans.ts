import { comparePeriod, formatPeriod, type Period } from "@/lib/period";
import type { View } from "../view";

const DAY = 86_400_000;

/** The period that movers are held against: that of the bar, or the one before where none was chosen. */
export function comparedWith({ query, now }: View): Period {
  return query.compare ?? comparePeriod(query.period, "previous", now) ?? query.period;
}

/** Both periods by their days: a comparison may end in the middle of one, as the running period does. */
export function spanNames(view: View): Readonly<{ before: string; now: string }> {
  const whole = ({ from, to }: Period) => {
    const isDaily = from.getTime() % DAY === 0;
    return formatPeriod(isDaily ? { from, to: new Date(Math.ceil(to.getTime() / DAY) * DAY) } : { from, to }, view.now);
  };
  return { before: whole(comparedWith(view)), now: whole(view.query.period) };
}
