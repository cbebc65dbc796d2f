"use client";

import { ChevronDown } from "lucide-react";
import { useUrl } from "@/components/filters/use-url";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { COMPARE_MODES, type CompareMode, comparePeriod, formatPeriod, type Period, parsePeriod } from "@/lib/period";

function previousLabel(period: Period | null): string {
  if (!period) return "the period before";
  if (period.preset === "mtd" || period.preset === "last-month") return "the month before";
  const days = (period.to.getTime() - period.from.getTime()) / 86_400_000;
  if (days === 1) return period.preset === "24h" ? "previous 24 hours" : "the day before";
  return Number.isInteger(days) ? `previous ${days} days` : "the period before";
}

/** What the period is held against. Writes `compare`; `v` on the keyboard turns it off and on. */
export function ComparePicker({ params, now }: { params: string; now: Date }) {
  const { replace } = useUrl();
  const current = new URLSearchParams(params);
  const parsed = parsePeriod(current, now);
  const period = parsed.ok ? parsed.period : null;
  const mode = COMPARE_MODES.find((known) => known === current.get("compare")) ?? "previous";
  const labels: Record<CompareMode, string> = {
    previous: previousLabel(period),
    year: "a year before",
    none: "nothing",
  };
  const write = (next: string) => replace({ compare: next === "previous" ? null : next });
  return (
    <>
      <button
        type="button"
        data-shortcut="compare"
        tabIndex={-1}
        aria-hidden
        className="fixed -top-8 size-px"
        onClick={() => write(mode === "none" ? "previous" : "none")}
      />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" className="text-foreground">
            <span className="font-normal text-muted-foreground">against</span>
            {labels[mode]}
            <ChevronDown aria-hidden className="size-[13px]" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          <DropdownMenuRadioGroup value={mode} onValueChange={write}>
            {COMPARE_MODES.map((known) => {
              const dates = period && comparePeriod(period, known, now);
              return (
                <DropdownMenuRadioItem key={known} value={known}>
                  {labels[known]}
                  {dates && <span className="text-muted-foreground">{formatPeriod(dates, now)}</span>}
                </DropdownMenuRadioItem>
              );
            })}
          </DropdownMenuRadioGroup>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
