import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type StepProps = { mark: ReactNode; title: string; isDone?: boolean; isLast?: boolean; children: ReactNode };

/** One step of a way, with its number or a tick. */
export function Step({ mark, title, isDone = false, isLast = false, children }: StepProps) {
  return (
    <li className="relative grid grid-cols-[28px_minmax(0,1fr)] gap-3.5 pb-[26px]">
      {!isLast && <span aria-hidden className="absolute top-8 bottom-1 left-[13px] w-px bg-border-strong" />}
      <span
        className={cn(
          "grid size-[27px] place-items-center rounded-full border font-medium text-note",
          isDone ? "border-transparent bg-better-soft text-better" : "border-border-strong bg-card",
        )}
      >
        {mark}
      </span>
      <div className="grid gap-2.5 [&>p]:max-w-[62ch] [&>p]:text-text-2">
        <h2 className="-mb-2.5 font-semibold text-[14px] leading-[27px] tracking-[-0.01em]">{title}</h2>
        {children}
      </div>
    </li>
  );
}
