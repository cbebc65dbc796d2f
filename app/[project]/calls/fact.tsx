import { ListFilter } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Muted } from "@/components/data-table/muted";
import type { CallDimension } from "@/lib/calls/query";
import type { Call } from "@/lib/calls/read";
import { here, there, type View } from "../view";

const THREE_DAYS = 3 * 86_400_000;
/** What is rare enough to be looked for in days around a call rather than in what the list shows. */
const RARE: readonly CallDimension[] = ["prompt", "session", "task", "user"];

/** A line of what is known of a call. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3 py-1 max-phone:py-1.5">
      <dt className="shrink-0 text-muted-foreground">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  );
}

/** A value of a call: leads to its page where it has one, and to the calls that share it. */
export function FactValue({
  call,
  view,
  dimension,
  value,
  text = value ?? "",
  href,
  isMono = false,
  children,
}: {
  call: Call;
  view: View;
  dimension: CallDimension;
  /** Null when it was not sent. */
  value: string | null;
  text?: string;
  /** Its page. */
  href?: string;
  isMono?: boolean;
  children?: ReactNode;
}) {
  if (value === null) return <Muted>not sent</Muted>;
  const same = RARE.includes(dimension)
    ? sharedHref(view, call, dimension, value)
    : filteredHref(view, dimension, value);
  const shape = `link min-w-0 truncate ${isMono ? "mono" : ""}`;
  return (
    <span className="flex min-w-0 items-center justify-end gap-1.5">
      {children}
      <Link href={href ?? same} title={value} prefetch={false} className={shape}>
        {text}
      </Link>
      {href && (
        <Link
          href={same}
          prefetch={false}
          aria-label={`Only calls of ${text}`}
          title="Only these calls"
          className="-my-1 grid size-6 shrink-0 place-items-center rounded-badge text-muted-foreground hover:bg-accent hover:text-foreground max-phone:-my-2.5 max-phone:size-9"
        >
          <ListFilter aria-hidden strokeWidth={1.75} className="size-[13px]" />
        </Link>
      )}
    </span>
  );
}

/** The list as it is, with this filter instead of one like it. */
function filteredHref(view: View, dimension: CallDimension, value: string): string {
  const param = dimension === "environment" ? "env" : `filter.${dimension}`;
  return here(view, { [param]: value, [`not.${dimension}`]: null });
}

/** All calls that share a value with this one, around its time, whatever else is filtered. */
function sharedHref(view: View, { occurredAt }: Call, dimension: CallDimension, value: string): string {
  const day = (ms: number) => new Date(ms).toJSON().slice(0, 10);
  const at = occurredAt.getTime();
  const span = { period: null, from: day(at - THREE_DAYS), to: day(at + THREE_DAYS + 86_400_000) };
  const columns = view.params.get("columns");
  return there({ ...view, params: new URLSearchParams(), own: null }, "/calls", {
    ...span,
    columns,
    [`filter.${dimension}`]: value,
  });
}
