import { Kpi } from "@/components/shell/kpi-strip";
import { cn } from "@/components/ui/cn";
import type { Scope } from "@/lib/auth/scope";
import { cellsBy, sumCells } from "@/lib/cache/reuse";
import { formatPercent, formatUsd, formatUsdParts } from "@/lib/format";
import { readInTime } from "../panels/read-in-time";
import { sumOf } from "../panels/stack";
import type { View } from "../view";
import { readSavings, readUse } from "./read-cache";

const MOST = 0.5;
/** From this part of all writes on it is worth a look. */
const LOUD = 0.25;

/** What was paid for writes that nobody read while they lived. Read from the calls, so it comes after the other figures. */
export async function NeverRead({ scope, view }: { scope: Scope; view: View }) {
  const label = "Writes never read";
  const cells = await readInTime(readUse(scope, view));
  if (!cells) return <Kpi label={label} figure="not read" context="too many calls: choose a shorter period" />;
  const { totals } = await readSavings(scope, view);
  const unread = sumCells(cells, "unreadCost");
  const written = sumCells(cells, "write5mCost") + sumCells(cells, "write1hCost");
  const [most] = [...cellsBy(cells, "feature")]
    .map(([feature, own]) => ({ feature, cost: sumCells(own, "unreadCost") }))
    .sort((a, b) => Number(b.cost - a.cost));
  const share = most && unread > 0n ? Number(most.cost) / Number(unread) : 0;
  const paid = sumOf(totals, "write_cost");
  const isLoud = Number(unread) >= LOUD * Number(written);
  const unhashed = paid > written ? paid - written : 0n;
  return (
    <Kpi
      label={label}
      figure={written === 0n && unhashed > 0n ? "not known" : unread === 0n ? "none" : formatUsdParts(unread)}
      change={
        most &&
        share >= MOST && (
          <span
            className={cn("block truncate", isLoud ? "font-medium text-worse" : "text-text-2")}
            title={most.feature}
          >
            {formatPercent(share, 0)} from {most.feature}
          </span>
        )
      }
      context={paid === 0n ? "nothing was written" : contextOf(paid, unhashed)}
    />
  );
}

/** What the figure is part of; a write whose prefix nobody named may have been read or not. */
function contextOf(paid: bigint, unhashed: bigint): string {
  const all = `of ${formatUsd(paid, { places: 2 })} paid to write`;
  return unhashed === 0n ? all : `${all}; ${formatUsd(unhashed, { places: 2 })} without prefix hash, not known`;
}
