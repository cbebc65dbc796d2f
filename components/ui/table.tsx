import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/** Table primitives in the proportions of the language: 34 px rows (44 on a phone), hairlines, total on a strong rule. */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto">
      <table className={cn("w-full border-collapse text-body", className)} {...props} />
    </div>
  );
}

export function TableHead({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "whitespace-nowrap border-border border-b px-2.5 py-[7px] text-left align-bottom font-medium text-head text-muted-foreground first:pl-4 last:pr-4 aria-[sort]:text-foreground max-phone:px-2 max-phone:last:pr-3.5 max-phone:first:pl-3.5",
        className,
      )}
      {...props}
    />
  );
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("group/row relative", className)} {...props} />;
}

export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={cn(
        "h-[34px] whitespace-nowrap border-border border-b px-2.5 leading-4 first:pl-4 last:pr-4 group-last/row:border-b-0 max-phone:h-11 max-phone:px-2 max-phone:last:pr-3.5 max-phone:first:pl-3.5",
        className,
      )}
      {...props}
    />
  );
}

/** A cell of the total: on a strong rule, 600. */
export function TableTotalCell({ className, ...props }: ComponentProps<"td">) {
  return <TableCell className={cn("border-t border-t-border-strong font-semibold", className)} {...props} />;
}
