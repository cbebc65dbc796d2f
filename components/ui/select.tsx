"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export const Select = Primitive.Root;
export const SelectValue = Primitive.Value;

/** The closed select. `size="small"` 24 px for panel headers; otherwise as a field. */
export function SelectTrigger({
  className,
  size = "default",
  children,
  ...props
}: ComponentProps<typeof Primitive.Trigger> & { size?: "default" | "small" }) {
  return (
    <Primitive.Trigger
      className={cn(
        "flex items-center justify-between gap-1.5 rounded-control whitespace-nowrap disabled:opacity-45",
        size === "small"
          ? "h-6 px-[7px] text-note text-text-2 hover:bg-accent max-phone:h-9"
          : "h-8 w-full border border-input bg-card px-2.5 aria-invalid:border-firing max-phone:h-11",
        className,
      )}
      {...props}
    >
      {children}
      <Primitive.Icon asChild>
        <ChevronDown className="size-[13px] text-muted-foreground" strokeWidth={1.75} />
      </Primitive.Icon>
    </Primitive.Trigger>
  );
}

/** The open list. */
export function SelectContent({ children, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        position="popper"
        sideOffset={4}
        className="z-50 max-h-[var(--radix-select-content-available-height)] min-w-[var(--radix-select-trigger-width)] overflow-hidden rounded-control bg-popover p-1 shadow-pop data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:duration-120"
        {...props}
      >
        <Primitive.Viewport>{children}</Primitive.Viewport>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** One choice, with an optional second line. */
export function SelectItem({
  className,
  note,
  children,
  ...props
}: ComponentProps<typeof Primitive.Item> & { note?: ReactNode }) {
  return (
    <Primitive.Item
      className={cn(
        "relative flex min-h-7 cursor-default flex-col justify-center rounded-badge py-1 pr-7 pl-2 outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-accent max-phone:min-h-11",
        className,
      )}
      {...props}
    >
      <Primitive.ItemText>{children}</Primitive.ItemText>
      {note && <span className="text-muted-foreground text-note">{note}</span>}
      <Primitive.ItemIndicator className="absolute top-1/2 right-2 -translate-y-1/2">
        <Check className="size-[13px]" strokeWidth={2} />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}
