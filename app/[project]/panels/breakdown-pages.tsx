import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { here, type View } from "../view";

/** Previous and next page of a table; `[` and `]` on the keyboard. */
export function BreakdownPages({
  view,
  page,
  pages,
  note,
}: {
  view: Pick<View, "path" | "params">;
  page: number;
  pages: number;
  /** What the pages are of, where they do not hold all: "the first 10,000 of 61,519". */
  note?: string;
}) {
  const to = (next: number) => here(view, { page: next === 1 ? null : String(next) });
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-1.5 px-4 py-2 text-muted-foreground text-note">
      <span className="mr-auto">
        Page {formatCount(page)} of {formatCount(pages)}
        {note && `, ${note}`}
      </span>
      {page > 1 && (
        <Button asChild size="small">
          <Link href={to(page - 1)} scroll={false} data-shortcut="previous">
            Previous
          </Link>
        </Button>
      )}
      {page < pages && (
        <Button asChild size="small">
          <Link href={to(page + 1)} scroll={false} data-shortcut="next">
            Next
          </Link>
        </Button>
      )}
    </nav>
  );
}
