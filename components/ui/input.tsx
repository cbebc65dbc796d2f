import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export type InputProps = ComponentProps<"input"> & {
  /** A unit inside the field, before or after the value: `$`, `%`, `days`. */
  before?: ReactNode;
  after?: ReactNode;
};

/** A one-line field, 32 px. Wrap it in `Field` for label, hint and error. */
export function Input({ className, before, after, ...props }: InputProps) {
  return (
    <span
      className={cn(
        "flex h-8 items-center gap-1.5 rounded-control border border-input bg-card px-2.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ring has-[:focus-visible]:outline-offset-2 has-[:disabled]:opacity-45 has-[[aria-invalid=true]]:border-firing has-[[aria-invalid=true]]:shadow-[inset_0_0_0_1px_var(--firing)] max-phone:h-11",
        className,
      )}
    >
      {before && <span className="text-muted-foreground">{before}</span>}
      <input
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground max-phone:text-[16px]"
        {...props}
      />
      {after && <span className="text-muted-foreground">{after}</span>}
    </span>
  );
}
