import type { UnpricedCause } from "@/lib/calls/explain-unpriced";
import type { InboxEntry } from "./read-inbox";

const DAY_MS = 86_400_000;
const day = (at: Date) => at.toISOString().slice(0, 10);

/** All calls of a model that have no price, one by one. */
export function callsHref(slug: string, { provider, model, firstDay, lastDay }: InboxEntry): string {
  const params = new URLSearchParams({
    from: day(firstDay),
    to: day(new Date(lastDay.getTime() + DAY_MS)),
    "filter.pricing": "unpriced",
    "filter.provider": provider,
    "filter.model": model,
  });
  return `/${slug}/calls?${params}`;
}

/**
 * The form that prices stored calls again, filled in for those of a model that today's prices know.
 * @param isSample when only the newest calls were looked at: older ones go along.
 */
export function repriceHref(
  slug: string,
  { model, firstDay }: InboxEntry,
  { from, to }: NonNullable<UnpricedCause["pricedNow"]>,
  isSample: boolean,
): string {
  const params = new URLSearchParams({
    models: model,
    from: day(isSample && firstDay < from ? firstDay : from),
    to: day(to),
    reason: `${model} has a price now`,
  });
  return `/${slug}/settings/reprice?${params}`;
}
