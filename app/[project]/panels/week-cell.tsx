import { Muted } from "@/components/data-table/muted";
import { Change } from "@/components/shell/change";
import { formatChange, formatUsd } from "@/lib/format";
import type { Row } from "@/lib/reports/schema";
import { sumOf } from "./stack";
import { exactOf } from "./summarize";

/** The last seven days: spend, and the change against the seven before. Nothing in either is "none". */
export function WeekCell({ row }: { row: Row | undefined }) {
  if (!row) return <Muted>none</Muted>;
  const [now, before] = [sumOf(row, "cost"), exactOf(row, "compare_cost")];
  return (
    <span className="inline-flex items-center gap-2">
      {formatUsd(now, { places: 2 })}
      <span className="w-[74px] font-normal">
        <Change change={formatChange(now, before)} />
      </span>
    </span>
  );
}
