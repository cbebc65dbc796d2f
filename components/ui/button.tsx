import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-[450] text-body transition-colors duration-120 ease-out disabled:pointer-events-none disabled:opacity-45 [&_svg]:shrink-0 [&_svg]:stroke-[1.75] [&_svg:not([class*='size-'])]:size-[15px]",
  {
    variants: {
      variant: {
        outline: "border-border-strong bg-card hover:bg-inset [&_svg]:text-muted-foreground",
        primary: "border-primary bg-primary font-medium text-primary-foreground hover:opacity-90",
        ghost: "border-transparent bg-transparent text-text-2 hover:bg-accent [&_svg]:text-muted-foreground",
        destructive:
          "border-[color-mix(in_srgb,var(--firing)_45%,var(--border-strong))] bg-card text-firing hover:bg-firing-soft",
      },
      size: {
        default: "h-[30px] px-2.5 max-phone:h-9",
        small: "h-6 rounded-[5px] px-[7px] text-note max-phone:h-9",
        large: "h-9 px-3.5 max-phone:h-11",
        icon: "size-[30px] max-phone:size-9",
        "icon-small": "size-6 rounded-[5px] max-phone:size-9",
      },
    },
    defaultVariants: { variant: "outline", size: "default" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonVariants> & { asChild?: boolean };

/**
 * A button. `primary` (ink) only for the one thing that changes data; `outline` otherwise; `ghost` in bars and panels;
 * `destructive` for what hurts. With `asChild` the child (a Link) takes the look. An icon-only button needs `aria-label`.
 */
export function Button({ className, variant, size, asChild = false, type, ...props }: ButtonProps) {
  const Component = asChild ? Slot.Root : "button";
  return (
    <Component
      type={asChild ? type : (type ?? "button")}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
    />
  );
}
