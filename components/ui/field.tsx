"use client";

import { CircleAlert } from "lucide-react";
import { Slot } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";
import { Label } from "@/components/ui/label";

export type FieldProps = {
  label: ReactNode;
  /** What is there now, or what is accepted. */
  hint?: ReactNode;
  /** Says what is accepted; replaces the hint and marks the control invalid. */
  error?: ReactNode;
  className?: string;
  /** One control: it gets `id`, `aria-describedby` and `aria-invalid`. */
  children: ReactNode;
};

/** Label above, control, then hint or error. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cn("mb-3.5", className)}>
      <Label htmlFor={id}>{label}</Label>
      <Slot.Root id={id} aria-describedby={note ? `${id}-note` : undefined} aria-invalid={error ? true : undefined}>
        {children}
      </Slot.Root>
      {note && (
        <p
          id={`${id}-note`}
          className={cn("mt-1 flex items-start gap-[5px] text-note", error ? "text-firing" : "text-muted-foreground")}
        >
          {error && <CircleAlert className="mt-[1.5px] size-[13px] shrink-0" strokeWidth={1.75} aria-hidden />}
          <span>{note}</span>
        </p>
      )}
    </div>
  );
}
