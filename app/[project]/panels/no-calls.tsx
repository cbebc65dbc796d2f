import Link from "next/link";
import { Empty } from "@/components/shell/empty";
import { Button } from "@/components/ui/button";
import { formatPeriod } from "@/lib/period";
import { here, type View } from "../view";

const DAY = 86_400_000;
const KEPT_DAYS = 730;

/** What a panel shows when nothing was called in the period, or nothing that the filters let through. */
export function NoCalls({ view }: { view: View }) {
  const chips = [...new Set(view.params.keys())].filter((name) => /^(filter|not)\.|^env$/.test(name));
  const isFiltered = chips.length > 0;
  const { from, to } = view.query.period;
  const isShort = to.getTime() - from.getTime() < 90 * DAY;
  const href = isFiltered
    ? here(view, Object.fromEntries(chips.map((name) => [name, null])))
    : here(view, {
        period: isShort ? "90d" : null,
        from: isShort ? null : new Date(view.now.getTime() - KEPT_DAYS * DAY).toJSON().slice(0, 10),
        to: null,
        bucket: null,
      });
  return (
    <Empty
      title={isFiltered ? "No calls that these filters let through" : "No calls in this period"}
      action={
        <Button asChild>
          <Link href={href}>{isFiltered ? "Remove the filters" : isShort ? "Last 90 days" : "Last two years"}</Link>
        </Button>
      }
    >
      {formatPeriod(view.query.period, view.now)} holds nothing to show here.
    </Empty>
  );
}
