"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { formatCount } from "@/lib/format";

const LOOK_EVERY_MS = 1_000;

type Props = { isAtWork: boolean; label: string; done: number; total: number };

/** How far a run at work has come; the page looks again every second until it ends. */
export function RunProgress({ isAtWork, label, done, total }: Props) {
  const router = useRouter();
  useEffect(() => {
    if (!isAtWork) return;
    const timer = setInterval(() => router.refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isAtWork, router]);
  if (!isAtWork) return null;
  const part = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <div className="mt-4" aria-live="polite">
      <p className="flex justify-between text-note text-text-2">
        <span>{label}</span>
        <span>
          {formatCount(done)} of about {formatCount(total)}
        </span>
      </p>
      <progress className="sr-only" max={1} value={part} aria-label={label} />
      <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-[2px] bg-inset">
        <div className="h-full bg-brand transition-[width] duration-300" style={{ width: `${part * 100}%` }} />
      </div>
    </div>
  );
}
