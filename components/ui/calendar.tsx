"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { DayPicker, type DayPickerProps } from "react-day-picker";
import { cn } from "@/components/ui/cn";

const STEP = "grid size-6 place-items-center rounded-control text-muted-foreground hover:bg-accent max-phone:size-9";

function Chevron({ orientation }: { orientation?: "left" | "right" | "up" | "down" }) {
  const Icon = orientation === "left" ? ChevronLeft : ChevronRight;
  return <Icon className="size-[15px]" strokeWidth={1.75} />;
}

const COMPONENTS = { Chevron };

/** A calendar of days, weeks from Monday, in UTC: a day means the provider's billing day. */
export function Calendar({ className, ...props }: DayPickerProps) {
  return (
    <DayPicker
      timeZone="UTC"
      weekStartsOn={1}
      className={cn("p-3", className)}
      classNames={{
        months: "relative flex justify-center gap-5 max-phone:flex-col",
        month: "w-full",
        month_caption: "flex h-6 items-center justify-center font-medium",
        nav: "absolute inset-x-0 top-0 flex justify-between",
        button_previous: STEP,
        button_next: STEP,
        month_grid: "mx-auto mt-2 border-collapse",
        weekday: "size-8 text-axis font-normal text-muted-foreground",
        day: "size-8 p-0 text-center text-note max-phone:size-11",
        day_button: "size-full rounded-control hover:bg-accent disabled:pointer-events-none",
        today: "font-semibold underline underline-offset-4",
        outside: "text-muted-foreground",
        disabled: "opacity-45",
        selected: "bg-brand-soft",
        range_start: "rounded-l-control [&>button]:bg-primary [&>button]:text-primary-foreground",
        range_end: "rounded-r-control [&>button]:bg-primary [&>button]:text-primary-foreground",
        range_middle: "rounded-none",
        hidden: "invisible",
      }}
      components={COMPONENTS}
      {...props}
    />
  );
}
