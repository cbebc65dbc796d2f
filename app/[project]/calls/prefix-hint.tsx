import { DatabaseZap } from "lucide-react";
import { formatCount, formatUsd } from "@/lib/format";
import type { PrefixRead } from "./with-prefix-read";

/** What the call would have cost with its prefix read from the cache. The first call of a prefix has to write it. */
export function PrefixHint({ prefix: { tokens, cost, lost } }: { prefix: PrefixRead }) {
  return (
    <div className="mt-2.5 flex gap-2 rounded-control bg-inset px-3 py-2 text-[12.5px] leading-[18px]">
      <DatabaseZap aria-hidden strokeWidth={1.75} className="mt-px size-[15px] shrink-0 text-muted-foreground" />
      <div>
        <p className="font-medium">With the prefix read: {formatUsd(cost, { places: 6 })}</p>
        <p className="text-text-2">
          It wrote {formatCount(tokens)} tokens to the cache and read none: {formatUsd(lost, { places: 6 })} more than
          reading them. The first call of a prefix has to write it; those soon after should not.
        </p>
      </div>
    </div>
  );
}
