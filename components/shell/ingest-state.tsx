import { cn } from "@/components/ui/cn";
import { formatAgo } from "@/lib/format";

/** Whether calls arrive: "Receiving, last call 2 s ago". Quiet after an hour without one; null when none ever came. */
export function IngestState({ lastCallAt, now }: { lastCallAt: Date | null; now: Date }) {
  const isFresh = lastCallAt !== null && now.getTime() - lastCallAt.getTime() < 3_600_000;
  const ago = lastCallAt && formatAgo(lastCallAt, now);
  return (
    <p className="flex items-center gap-1.5 text-head text-muted-foreground">
      <span
        aria-hidden
        className={cn("size-1.5 shrink-0 rounded-full", isFresh ? "bg-better-fill" : "bg-muted-foreground")}
      />
      {ago === null ? "Waiting for the first call" : `${isFresh ? "Receiving, last" : "Quiet, last"} call ${ago}`}
    </p>
  );
}
