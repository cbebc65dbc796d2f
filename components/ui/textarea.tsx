import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/** A field of several lines. Wrap it in `Field` for label, hint and error. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(
        "block w-full rounded-control border border-input bg-card px-2.5 py-1.5 placeholder:text-muted-foreground aria-invalid:border-firing max-phone:text-[16px]",
        className,
      )}
      {...props}
    />
  );
}
