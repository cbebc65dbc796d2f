"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

export const Sheet = Primitive.Root;
export const SheetTrigger = Primitive.Trigger;

/** A panel from the side (`left`: navigation, `right`: details); the whole screen wide at most. The title may be hidden but is read out. */
export function SheetContent({
  side = "right",
  title,
  isTitleHidden = false,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Primitive.Content>, "title"> & {
  side?: "left" | "right";
  title: ReactNode;
  isTitleHidden?: boolean;
}) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-[color-mix(in_srgb,var(--foreground)_7%,transparent)] data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:duration-180 dark:bg-black/50" />
      <Primitive.Content
        aria-describedby={undefined}
        className={cn(
          "fixed inset-y-0 z-50 flex w-[min(360px,100vw)] flex-col overflow-y-auto bg-popover shadow-pop outline-none data-[state=open]:animate-in data-[state=open]:duration-180",
          side === "left"
            ? "left-0 data-[state=open]:slide-in-from-left-8"
            : "right-0 data-[state=open]:slide-in-from-right-8 max-phone:w-full",
          className,
        )}
        {...props}
      >
        <Primitive.Title
          className={isTitleHidden ? "sr-only" : "px-4 pt-[11px] font-semibold text-body tracking-[-0.008em]"}
        >
          {title}
        </Primitive.Title>
        {children}
        <Primitive.Close asChild>
          <Button variant="ghost" size="icon-small" aria-label="Close" className="absolute top-2.5 right-2.5">
            <X className="size-[13px]" />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
