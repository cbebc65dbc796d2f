"use client";

import { Check } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

/** A checkbox with its label beside it and an optional second line. Posts `name=on` like a native one. */
export function Checkbox({
  label,
  hint,
  className,
  ...props
}: ComponentProps<typeof Primitive.Root> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={cn("flex gap-2", className)}>
      <Primitive.Root
        id={id}
        className="mt-[3px] grid size-3.5 shrink-0 place-items-center rounded-[3px] border border-input bg-card data-[state=checked]:border-primary data-[state=checked]:bg-primary data-[state=checked]:text-primary-foreground disabled:opacity-45"
        {...props}
      >
        <Primitive.Indicator>
          <Check className="size-2.5" strokeWidth={3.5} />
        </Primitive.Indicator>
      </Primitive.Root>
      <label htmlFor={id}>
        {label}
        {hint && <span className="block text-muted-foreground text-note">{hint}</span>}
      </label>
    </div>
  );
}
