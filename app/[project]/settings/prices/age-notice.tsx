import { TriangleAlert } from "lucide-react";
import { formatDate } from "@/lib/format";
import { bookAge, MAX_AGE_DAYS } from "./book-age";

/** Says that the book is older than `MAX_AGE_DAYS`; nothing before. */
export function AgeNotice({ asOf, now }: { asOf: string; now: Date }) {
  const { days, isOld } = bookAge(asOf, now);
  if (!isOld) return null;
  return (
    <p role="status" className="flex items-start gap-2 rounded-panel bg-warn-soft px-4 py-2.5 text-warn">
      <TriangleAlert aria-hidden strokeWidth={1.75} className="mt-[2.5px] size-[15px] shrink-0" />
      <span>
        This price book was checked {days} days ago, on {formatDate(new Date(asOf))}. After {MAX_AGE_DAYS} days prices
        are likely to have changed: update Spendtrace for a newer book.
      </span>
    </p>
  );
}
