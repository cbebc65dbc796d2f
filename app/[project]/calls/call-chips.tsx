import { X } from "lucide-react";
import Link from "next/link";
import type { CallFilter } from "@/lib/calls/query";
import { here, type View } from "../view";
import { CALL_LABELS, callValue } from "./call-words";

/** Chips of the filters that only calls have; × takes one away. */
export function CallChips({ view, filters }: { view: View; filters: readonly CallFilter[] }) {
  return filters.map(({ dimension, op, values }) => {
    const label = CALL_LABELS[dimension] ?? dimension;
    const [first = ""] = values;
    const text = values.length === 1 ? callValue(first) : `${values.length} values`;
    const param = `${op === "is" ? "filter" : "not"}.${dimension}`;
    return (
      <span
        key={param}
        title={values.join(", ")}
        className="inline-flex h-[26px] shrink-0 items-center whitespace-nowrap rounded-control border border-border-strong bg-card text-note max-phone:h-9"
      >
        <span className="px-[7px] text-muted-foreground">{label}</span>
        <span className="max-w-[180px] truncate pr-[7px] font-medium">{op === "is" ? text : `is not ${text}`}</span>
        <Link
          href={here(view, { [param]: null })}
          replace
          scroll={false}
          prefetch={false}
          aria-label={`Remove filter ${label} ${text}`}
          className="grid h-full w-6 place-items-center rounded-r-control border-border border-l text-muted-foreground hover:bg-inset max-phone:w-9"
        >
          <X aria-hidden strokeWidth={1.75} className="size-[13px]" />
        </Link>
      </span>
    );
  });
}
