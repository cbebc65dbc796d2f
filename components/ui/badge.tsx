import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

const badgeVariants = cva(
  "inline-flex h-[18px] shrink-0 items-center gap-1 whitespace-nowrap rounded-badge px-1.5 font-medium text-[11px] leading-[18px]",
  {
    variants: {
      variant: {
        default: "bg-secondary text-text-2",
        outline: "text-text-2 shadow-[inset_0_0_0_1px_var(--border-strong)]",
        warn: "bg-warn-soft text-warn",
        firing: "bg-firing text-firing-foreground",
        "firing-soft": "bg-firing-soft text-firing",
        worse: "bg-worse-soft text-worse",
        better: "bg-better-soft text-better",
        brand: "bg-brand-soft text-brand",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

export type BadgeProps = ComponentProps<"span"> & VariantProps<typeof badgeVariants>;

/** A word of state: `outline` new, unpriced; `better` resolved, priced; `warn` soon; `firing` someone now; `worse` a bad figure. */
export function Badge({ className, variant, ...props }: BadgeProps) {
  return <span className={cn(badgeVariants({ variant }), className)} {...props} />;
}
