import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/** A still grey block in the final size; appears after 150 ms, so a quick answer never flickers. */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return <span aria-hidden className={cn("late block rounded-[2px] bg-secondary", className)} {...props} />;
}
