import { TriangleAlert } from "lucide-react";
import { formatDate } from "@/lib/format";
import { bookAge } from "./book-age";

/** Says that the book is older than 30 days; nothing before. */
export function AgeNotice({ asOf, now }: { asOf: string; now: Date }) {
  const { days, isOld } = bookAge(asOf, now);
  if (!isOld) return null;
  return (
    <div role="status" className="flex items-start gap-2 rounded-panel bg-warn-soft px-4 py-2.5 text-warn">
      <TriangleAlert aria-hidden strokeWidth={1.75} className="mt-[2.5px] size-[15px] shrink-0" />
      <span>
        This price book was last checked {days} days ago, on {formatDate(new Date(asOf))}. Prices may have changed
        since: a newer release of Spendtrace has a newer book.
      </span>
    </div>
  );
}
