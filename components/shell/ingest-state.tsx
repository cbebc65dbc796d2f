"use client";

import { useQuery } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import { formatAgo } from "@/lib/format";

/** The newest call, and the server's clock when it was looked for; null when none ever came. */
export type LastCall = Readonly<{ at: Date | null; now: Date }>;

const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 60_000;

/** Whether calls arrive: "Receiving, last call 2 s ago"; "Quiet" after an hour without one. Looks again every minute. */
export function IngestState({
  project,
  lastCall,
  load,
}: {
  project: string;
  lastCall: LastCall;
  load: () => Promise<LastCall>;
}) {
  const { data } = useQuery({
    queryKey: ["last-call", project],
    queryFn: load,
    initialData: lastCall,
    staleTime: LOOK_EVERY_MS,
    refetchInterval: LOOK_EVERY_MS,
  });
  const { at, now } = data;
  const isFresh = at !== null && now.getTime() - at.getTime() < HOUR_MS;
  return (
    <p className="flex items-center gap-1.5 text-head text-muted-foreground">
      <span
        aria-hidden
        className={cn("size-1.5 shrink-0 rounded-full", isFresh ? "bg-better-fill" : "bg-muted-foreground")}
      />
      {at === null
        ? "Waiting for the first call"
        : `${isFresh ? "Receiving, last" : "Quiet, last"} call ${formatAgo(at, now)}`}
    </p>
  );
}
