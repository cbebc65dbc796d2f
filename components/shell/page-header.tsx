import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export type Crumb = Readonly<{ label: string; href: string }>;

/** Crumb (drill-downs), title, the question of the page, its coverage; at most two actions at the right. `title` is a noun. */
export function PageHeader({
  title,
  question,
  note,
  crumbs = [],
  actions,
  hasActionsBelow = false,
}: {
  title: ReactNode;
  question?: ReactNode;
  /** What the figures of the page leave out. */
  note?: ReactNode;
  crumbs?: readonly Crumb[];
  actions?: ReactNode;
  /** On a phone the actions take a row of their own: for wide ones. */
  hasActionsBelow?: boolean;
}) {
  return (
    <div
      className={cn(
        "mb-4 flex items-end gap-3 max-phone:mb-3 max-phone:items-start",
        hasActionsBelow && "max-phone:flex-col max-phone:gap-1",
      )}
    >
      <div className="min-w-0">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="mb-0.5 flex items-center gap-[5px] text-muted-foreground text-note">
            {crumbs.map(({ label, href }) => (
              <Fragment key={href}>
                <Link href={href} className="hover:text-foreground">
                  {label}
                </Link>
                <ChevronRight aria-hidden strokeWidth={1.75} className="size-[13px]" />
              </Fragment>
            ))}
            <span aria-hidden className="truncate">
              {title}
            </span>
          </nav>
        )}
        <h1 className="break-words font-semibold text-title tracking-[-0.02em]">{title}</h1>
        {question && <p className="text-text-2">{question}</p>}
        {note && <p className="mt-0.5 text-muted-foreground text-note max-phone:min-h-8">{note}</p>}
      </div>
      {actions && (
        <div
          data-print="hide"
          className={cn("ml-auto flex shrink-0 items-center gap-1", hasActionsBelow && "max-phone:-ml-2")}
        >
          {actions}
        </div>
      )}
    </div>
  );
}
