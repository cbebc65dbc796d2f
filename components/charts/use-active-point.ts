"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";

export type PlotInset = Readonly<{ left: number; right: number }>;

export type PointActions = Readonly<{
  /** Click or Enter on one bucket. */
  onOpen: (index: number) => void;
  /** The mouse was drawn from one bucket to another, both inside. */
  onZoom: (first: number, last: number) => void;
}>;

/** Which of `count` buckets is pointed at, by pointer or arrow keys, and from where a drag began. `inset`: px beside the plot. */
export function useActivePoint(count: number, inset: PlotInset, { onOpen, onZoom }: PointActions) {
  const [index, setIndex] = useState<number | null>(null);
  const [start, setStart] = useState<number | null>(null);

  const at = (event: PointerEvent<HTMLElement> | React.MouseEvent<HTMLElement>): number | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - inset.left) / (box.width - inset.left - inset.right);
    return share >= 0 && share < 1 && count > 0 ? Math.floor(share * count) : null;
  };
  const move = (next: number) => setIndex(Math.max(0, Math.min(count - 1, next)));

  return {
    index: index !== null && index < count ? index : null,
    /** The other end of a running drag. */
    dragFrom: start !== null && start !== index ? start : null,
    handlers: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => setIndex(at(event)),
      onPointerLeave: () => {
        setIndex(null);
        setStart(null);
      },
      onBlur: () => setIndex(null),
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        // A finger that draws scrolls the page.
        if (event.pointerType === "mouse" && event.button === 0) setStart(at(event));
      },
      onClick: (event: React.MouseEvent<HTMLElement>) => {
        const clicked = at(event);
        setStart(null);
        if (clicked === null) return;
        if (start === null || start === clicked) onOpen(clicked);
        else onZoom(Math.min(start, clicked), Math.max(start, clicked));
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        const steps: Record<string, number> = {
          ArrowRight: (index ?? -1) + 1,
          ArrowLeft: (index ?? count) - 1,
          Home: 0,
          End: count - 1,
        };
        const next = steps[event.key];
        if (next !== undefined) {
          event.preventDefault();
          move(next);
        } else if (event.key === "Enter" && index !== null) onOpen(index);
        else if (event.key === "Escape") setIndex(null);
      },
    },
  };
}
