"use client";

import { Calendar as CalendarIcon } from "lucide-react";
import { useState } from "react";
import { useUrl } from "@/components/filters/use-url";
import { Button } from "@/components/ui/button";
import { Calendar } from "@/components/ui/calendar";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatDate } from "@/lib/format";

/** The day whose prices are shown, in UTC. Writes `on`; today leaves the URL clean. */
export function DayPicker({ on, today }: { on: string; today: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const { replace } = useUrl();
  const day = new Date(on);
  const choose = (next: string) => {
    setIsOpen(false);
    replace({ on: next === today ? null : next, page: null });
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button size="small" data-shortcut="period">
          <CalendarIcon aria-hidden className="size-[13px]" />
          {on === today ? "Today" : "On"}
          <span className={on === today ? "font-normal text-muted-foreground" : undefined}>{formatDate(day)}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Day of the prices">
        <Calendar
          mode="single"
          required
          defaultMonth={day}
          selected={day}
          onSelect={(next) => choose(next.toISOString().slice(0, 10))}
          disabled={{ after: new Date(today) }}
        />
        <div className="flex items-center justify-between gap-3 border-border border-t px-3 py-2.5">
          <span className="text-muted-foreground text-note">Days in UTC</span>
          <Button size="small" onClick={() => choose(today)}>
            Today
          </Button>
        </div>
      </PopoverContent>
    </Popover>
  );
}
