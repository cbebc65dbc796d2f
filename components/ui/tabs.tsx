"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";
import { SEGMENT, SEGMENT_ON, SEGMENTED } from "@/components/ui/segmented";

export const Tabs = Primitive.Root;

/** Views of the same thing that need no URL (code samples, say). For what should be linked use `Segmented` with hrefs. */
export function TabsList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn(SEGMENTED, className)} {...props} />;
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(SEGMENT, SEGMENT_ON.replaceAll("aria-[current=true]:", "data-[state=active]:"), className)}
      {...props}
    />
  );
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return <Primitive.Content className={cn("mt-3", className)} {...props} />;
}
