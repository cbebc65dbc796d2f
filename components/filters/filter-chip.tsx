"use client";

import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

/** A chip: key muted, value 500, × in its own cell. A click edits it, Backspace or × removes it. */
export function FilterChip({
  label,
  text,
  title,
  onRemove,
  children,
}: {
  label: string;
  text: string;
  title: string;
  onRemove: () => void;
  /** The editor, handed what closes it. */
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <span className="inline-flex h-[26px] shrink-0 items-center whitespace-nowrap rounded-control border border-border-strong bg-card text-note max-phone:h-9">
      <Popover open={isOpen} onOpenChange={setIsOpen}>
        <PopoverTrigger
          title={title}
          onKeyDown={(event) => event.key === "Backspace" && onRemove()}
          className="flex h-full items-center rounded-l-control hover:bg-inset"
        >
          <span className="px-[7px] text-muted-foreground">{label}</span>
          <span className="max-w-[180px] truncate pr-[7px] font-medium">{text}</span>
        </PopoverTrigger>
        <PopoverContent className="w-[280px]" aria-label={`Filter by ${label}`}>
          {children(() => setIsOpen(false))}
        </PopoverContent>
      </Popover>
      <button
        type="button"
        aria-label={`Remove filter ${label} ${text}`}
        onClick={onRemove}
        className="grid h-full w-6 place-items-center rounded-r-control border-border border-l text-muted-foreground hover:bg-inset max-phone:w-9"
      >
        <X aria-hidden strokeWidth={1.75} className="size-[13px]" />
      </button>
    </span>
  );
}
