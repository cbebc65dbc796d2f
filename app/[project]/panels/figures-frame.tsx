import { type ReactNode, Suspense } from "react";
import { PanelFrame } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { Skeleton } from "@/components/ui/skeleton";

/** What a strip of key figures stands in while it is read, and when it cannot be: the page below it stays where it is. */
export function FiguresFrame({
  cells,
  height = 116,
  children,
}: {
  cells: number;
  /** Px that the strip takes: 98 where no figure has a change. */
  height?: number;
  children: ReactNode;
}) {
  const waiting = (
    <PanelFrame label="Key figures">
      <p className="sr-only" role="status">
        Loading
      </p>
      <div
        className="grid min-h-(--height) grid-cols-2 wide:grid-cols-(--cells)"
        style={{ "--cells": `repeat(${cells},1fr)`, "--height": `${height - 2}px` } as object}
      >
        {Array.from({ length: cells }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list that never changes
          <div key={at} className="grid content-start gap-2.5 px-4 py-4">
            <Skeleton className="h-3 w-20" />
            <Skeleton className="h-6 w-28" />
            <Skeleton className="h-3 w-24" />
          </div>
        ))}
      </div>
    </PanelFrame>
  );
  return (
    <div style={{ minHeight: height }}>
      <PanelError>
        <Suspense fallback={waiting}>{children}</Suspense>
      </PanelError>
    </div>
  );
}
