import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/** A key. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-block w-max rounded-badge border border-border border-b-border-strong bg-inset px-1 font-medium font-mono text-[11px] text-muted-foreground leading-4",
        className,
      )}
      {...props}
    />
  );
}
