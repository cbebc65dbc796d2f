"use client";

import { Check, CircleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Toasts, bottom right, 6 s. Call `toast(…)` of sonner; with Undo give `{ duration: 10_000 }`, errors `{ duration: Infinity }`. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      duration={6000}
      icons={{
        success: <Check className="size-[15px]" strokeWidth={1.75} />,
        error: <CircleAlert className="size-[15px] text-firing" strokeWidth={1.75} />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-[356px] items-start gap-2.5 rounded-panel bg-popover py-2.5 pr-2.5 pl-3.5 text-body text-popover-foreground shadow-pop",
          content: "flex-1",
          title: "font-medium",
          description: "text-note text-text-2",
          icon: "mt-[3px] shrink-0",
          actionButton: "h-6 shrink-0 rounded-[5px] px-[7px] text-note font-[450] text-text-2 hover:bg-accent",
        },
      }}
    />
  );
}
