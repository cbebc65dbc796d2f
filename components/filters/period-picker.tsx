"use client";

import { Calendar as CalendarIcon } from "lucide-react";
import { useState } from "react";
import type { DateRange } from "react-day-picker";
import { useUrl } from "@/components/filters/use-url";
import { Button } from "@/components/ui/button";
import { Calendar } from "@/components/ui/calendar";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatPeriod, PERIOD_PRESETS, type Period, parsePeriod, presetPeriod } from "@/lib/period";

const DAY = 86_400_000;

/** The days of a period as the calendar shows them: first and last, both inside. */
function toRange(period: Period): DateRange {
  return { from: period.from, to: new Date(period.to.getTime() - 1) };
}

function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The period: named spans and a calendar for any other, in UTC. Writes `period` or `from` and `to`. */
export function PeriodPicker({ params, now }: { params: string; now: Date }) {
  const [isOpen, setIsOpen] = useState(false);
  const [range, setRange] = useState<DateRange | undefined>();
  const { replace } = useUrl();
  const parsed = parsePeriod(new URLSearchParams(params), now);
  const period = parsed.ok ? parsed.period : presetPeriod("28d", now);
  const preset = PERIOD_PRESETS.find(({ key }) => key === period.preset);
  const dates = formatPeriod(period, now);

  const choose = (changes: Parameters<typeof replace>[0]) => {
    setIsOpen(false);
    replace({ period: null, from: null, to: null, ...changes });
  };
  const chosen = range ?? toRange(period);
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        setRange(undefined);
      }}
    >
      <PopoverTrigger asChild>
        <Button data-shortcut="period">
          <CalendarIcon aria-hidden />
          {preset ? preset.label : dates}
          {preset && <span className="font-normal text-muted-foreground">{dates}</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Period" className="flex max-h-[calc(100dvh-80px)] overflow-y-auto max-phone:flex-col">
        <div className="flex min-w-[150px] flex-col border-border border-r p-1.5 max-phone:border-r-0 max-phone:border-b">
          {PERIOD_PRESETS.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === period.preset}
              onClick={() => choose({ period: key })}
              className={cn(
                "flex h-7 items-center rounded-badge px-2 text-left hover:bg-accent max-phone:h-11",
                key === period.preset && "bg-secondary font-medium",
              )}
            >
              {label}
            </button>
          ))}
        </div>
        <div>
          <Calendar
            mode="range"
            defaultMonth={chosen.to}
            selected={chosen}
            onSelect={(_, day) =>
              setRange(range?.from && !range.to && day >= range.from ? { from: range.from, to: day } : { from: day })
            }
            disabled={{ after: now }}
          />
          <div className="flex items-center justify-between gap-3 border-border border-t px-3 py-2.5">
            <span className="text-muted-foreground text-note">UTC, both days inside</span>
            <Button
              variant="primary"
              disabled={!range?.from}
              onClick={() => {
                if (!range?.from) return;
                const last = range.to ?? range.from;
                choose({ from: isoDay(range.from), to: isoDay(new Date(last.getTime() + DAY)) });
              }}
            >
              Show these days
            </Button>
          </div>
        </div>
      </PopoverContent>
    </Popover>
  );
}
