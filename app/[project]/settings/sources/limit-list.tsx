import { cn } from "@/components/ui/cn";
import type { Client } from "@/lib/clients/read";
import { formatAgo, formatCompact, formatCount } from "@/lib/format";
import { type Headroom, readHeadroom } from "./headroom";

/** Less than this share left is worth a look. */
const SCARCE = 0.1;

/** How much was left of each provider's rate limits, by model, when a provider last said so. */
export function LimitList({ limits, now }: { limits: Client["rateLimits"]; now: Date }) {
  const models = Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1));
  if (models.length === 0) return null;
  return (
    <ul aria-label="What was left of rate limits" className="mt-2 grid gap-y-1 text-note">
      {models.map(([model, { at, told }]) => (
        <li
          key={model}
          className="grid grid-cols-[200px_minmax(0,1fr)_auto] gap-x-4 max-phone:grid-cols-1 max-phone:border-border max-phone:border-t max-phone:pt-1"
        >
          <span className="mono truncate" title={model}>
            {model}
          </span>
          <span className="text-text-2">
            {readHeadroom(told).map((one, i) => (
              <span key={one.name} className="whitespace-nowrap max-phone:block">
                {i > 0 && <span className="max-phone:hidden"> · </span>}
                <Left headroom={one} />
              </span>
            ))}
          </span>
          <span className="whitespace-nowrap text-right text-muted-foreground max-phone:text-left">
            told {formatAgo(new Date(at), now)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Left({ headroom: { name, remaining, limit } }: { headroom: Headroom }) {
  const isScarce = limit !== null && remaining < limit * SCARCE;
  return (
    <span className={cn(isScarce && "font-medium text-warn")}>
      <span title={formatCount(remaining)}>{formatCompact(remaining)}</span>
      {limit !== null && ` of ${formatCompact(limit)}`} {name} left
    </span>
  );
}
