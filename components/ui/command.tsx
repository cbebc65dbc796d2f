"use client";

import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/** A searchable list (cmdk): type to narrow, arrows and Enter to take. Give it a `label`. */
export function Command({ className, ...props }: ComponentProps<typeof Primitive>) {
  return <Primitive className={cn("flex flex-col overflow-hidden outline-none", className)} {...props} />;
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return (
    <div className="flex h-9 items-center gap-2 border-border border-b px-3 max-phone:h-11">
      <Search className="size-[13px] shrink-0 text-muted-foreground" strokeWidth={1.75} aria-hidden />
      <Primitive.Input
        className={cn("min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground", className)}
        {...props}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("max-h-72 overflow-y-auto p-1", className)} {...props} />;
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof Primitive.Empty>) {
  return <Primitive.Empty className={cn("px-2 py-3 text-muted-foreground text-note", className)} {...props} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-axis [&_[cmdk-group-heading]]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        "flex min-h-7 cursor-default items-center gap-2 rounded-badge px-2 py-1 data-[selected=true]:bg-accent data-[disabled=true]:opacity-45 max-phone:min-h-11 [&_svg]:size-[15px] [&_svg]:stroke-[1.75] [&_svg]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}
