import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { FormattedChange } from "@/lib/format";

/** What a rise means: `cost` is worse, `good` (cache hit, success) is better, `volume` is neither. */
export type ChangeMeaning = "cost" | "good" | "volume";

const WORDS: Record<ChangeMeaning, readonly [up: string, down: string]> = {
  cost: ["more", "less"],
  good: ["better", "worse"],
  volume: ["more", "fewer"],
};

function tone({ kind, isLoud }: FormattedChange, meaning: ChangeMeaning): string {
  if (kind === "flat") return "text-muted-foreground";
  if (!isLoud || meaning === "volume") return "text-text-2";
  return (kind === "up") === (meaning === "cost") ? "text-worse" : "text-better";
}

/**
 * A change: triangle, sign, word, and colour only when loud. Give it `formatChange(now, before)`.
 * In a table the word is for screen readers; beside a KPI pass it: `word="more than 1 – 21 Oct"`, `word="dearer"`.
 */
export function Change({
  change,
  meaning = "cost",
  word,
  className,
}: {
  change: FormattedChange;
  meaning?: ChangeMeaning;
  word?: ReactNode;
  className?: string;
}) {
  if (change.kind === "new" || change.kind === "gone") return <Badge variant="outline">{change.text}</Badge>;
  if (change.kind === "none") return <span className="text-muted-foreground">none</span>;
  const isUp = !change.text.startsWith("−");
  const spoken = WORDS[meaning][isUp ? 0 : 1];
  return (
    <span
      className={cn(
        "relative inline-flex items-center gap-[3px] font-medium",
        word ? "flex-wrap" : "whitespace-nowrap",
        tone(change, meaning),
        className,
      )}
    >
      {change.kind !== "flat" && (
        <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2 shrink-0">
          <path d={isUp ? "M4 1 7.5 7H.5z" : "M4 7 .5 1h7z"} fill="currentColor" />
        </svg>
      )}
      {change.text}
      {word ? (
        <span className="font-normal text-muted-foreground"> {word}</span>
      ) : (
        <span className="sr-only"> {spoken}</span>
      )}
    </span>
  );
}
