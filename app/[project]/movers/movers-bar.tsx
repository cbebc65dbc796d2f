import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { here, type View } from "../view";
import { GROUPINGS, groupingOf } from "./read-movers";

/** What moved: tenants, features, models or deploys; and the classic question, seven days against the seven before. */
export function MoversBar({ view }: { view: View }) {
  const grouping = groupingOf(view);
  const isWeek = view.query.period.preset === "7d";
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <Segmented
        label="Cut by"
        value={grouping}
        options={GROUPINGS.map((value, at) => ({
          value,
          label: `${value}s`,
          href: here(view, { by: at === 0 ? null : value, page: null, q: null, show: null, sort: null }),
        }))}
      />
      {!isWeek && (
        <Button asChild variant="ghost" size="small">
          <Link href={here(view, { period: "7d", from: null, to: null, compare: null, bucket: null, page: null })}>
            7 days against the 7 before
          </Link>
        </Button>
      )}
    </div>
  );
}
