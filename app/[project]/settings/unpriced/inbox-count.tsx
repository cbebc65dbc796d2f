import { PanelCount } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { countUnpricedModels } from "@/lib/calls/list-unpriced";
import { formatCount } from "@/lib/format";
import { readInbox } from "./read-inbox";

/** "2 models, 1,284 calls"; nothing where every call has a price. */
export async function InboxCount({ scope }: { scope: Scope }) {
  const inbox = await readInbox(scope).catch(() => null);
  if (!inbox || inbox.sums.modelCount === 0) return null;
  const { entries, sums } = inbox;
  const shown = sums.modelCount > entries.length ? `top ${entries.length} of ` : "";
  return (
    <PanelCount>{`${shown}${counted(sums.modelCount, "model")}, ${counted(sums.unpricedCalls, "call")}`}</PanelCount>
  );
}

/** How many models have no price, on the tab of the inbox; nothing where there is none. */
export async function InboxBadge({ scope }: { scope: Scope }) {
  const count = await countUnpricedModels(scope).catch(() => 0);
  if (count === 0) return null;
  return (
    <Badge variant="warn" className="ml-1.5">
      {formatCount(count)}
      <span className="sr-only"> {count === 1 ? "model" : "models"} without a price</span>
    </Badge>
  );
}

/** "1 call", "1,284 calls". */
export function counted(count: bigint | number, noun: string): string {
  return `${formatCount(count)} ${noun}${BigInt(count) === 1n ? "" : "s"}`;
}
