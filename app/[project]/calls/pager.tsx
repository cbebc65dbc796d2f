import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { encodeCallId } from "@/lib/calls/call-id";
import { here, type View } from "../view";
import { newerCursor, OLDEST } from "./call-view";
import type { FoundPage } from "./calls-table";

/** To the pages beside this one, and to both ends. */
export function Pager({ view, found: { calls, nextCursor, isFirst } }: { view: View; found: FoundPage }) {
  const [first] = calls;
  const to = (cursor: string | null) => here(view, { cursor });
  return (
    <nav aria-label="Pages" className="flex flex-wrap gap-1.5 text-foreground">
      <Step label="Newest" href={isFirst ? null : to(null)} />
      <Step
        label="Newer"
        keys="["
        shortcut="previous"
        href={isFirst || !first ? null : to(newerCursor(encodeCallId(first)))}
      />
      <Step label="Older" keys="]" shortcut="next" href={nextCursor && to(nextCursor)} />
      <Step label="Oldest" href={nextCursor && to(OLDEST)} />
    </nav>
  );
}

function Step({
  label,
  href,
  keys,
  shortcut,
}: {
  label: string;
  /** Null where there is nothing to go to. */
  href: string | null;
  keys?: string;
  shortcut?: string;
}) {
  const key = keys && <Kbd className="max-phone:hidden">{keys}</Kbd>;
  if (href === null) {
    return (
      <Button size="small" disabled>
        {label}
      </Button>
    );
  }
  return (
    <Button asChild size="small" className="text-foreground no-underline!">
      <Link href={href} prefetch={false} data-shortcut={shortcut}>
        {label} {key}
      </Link>
    </Button>
  );
}
