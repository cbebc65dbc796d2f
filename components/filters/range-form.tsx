"use client";

import { useState } from "react";
import { BOUND_WORDS, type Bound, type RangeFilter } from "@/components/filters/own-filters";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { SEGMENT, SEGMENTED } from "@/components/ui/segmented";

const WHOLE = /^\d{1,10}$/;
const DOLLARS = /^\d{1,7}(?:\.\d{1,12})?$/;

/** A bound of a figure: at least or at most. */
export function RangeForm({
  filter: { label, unit },
  bound,
  value,
  onApply,
}: {
  filter: RangeFilter;
  bound: Bound;
  value: string;
  onApply: (bound: Bound, value: string) => void;
}) {
  const [chosen, setChosen] = useState(bound);
  const [typed, setTyped] = useState(value);
  const [isWrong, setIsWrong] = useState(false);
  const rule = unit === "$" ? "Dollars, such as 0.5" : "A whole number";
  return (
    <form
      className="grid gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        const text = typed.trim().replace(/^\$|,/g, "");
        if ((unit === "$" ? DOLLARS : WHOLE).test(text)) onApply(chosen, text);
        else setIsWrong(true);
      }}
    >
      <div className="flex items-center gap-2">
        <span className="font-medium first-letter:uppercase">{label}</span>
        <fieldset aria-label={`${label}: bound`} className={cn(SEGMENTED, "ml-auto")}>
          {(["min", "max"] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === chosen}
              onClick={() => setChosen(one)}
              className={cn(
                SEGMENT,
                one === chosen && "bg-card font-medium text-foreground shadow-[0_0_0_1px_var(--border-strong)]",
              )}
            >
              {BOUND_WORDS[one]}
            </button>
          ))}
        </fieldset>
      </div>
      <Input
        autoFocus
        aria-label={`${label} in ${unit === "$" ? "dollars" : unit}`}
        aria-invalid={isWrong}
        inputMode="decimal"
        before={unit === "$" ? "$" : undefined}
        after={unit === "$" ? undefined : unit}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setIsWrong(false);
        }}
      />
      <p
        role={isWrong ? "alert" : undefined}
        className={isWrong ? "text-firing text-note" : "text-muted-foreground text-note"}
      >
        {rule}, the bound included
      </p>
      <Button type="submit" size="small" className="justify-self-end">
        Show only
      </Button>
    </form>
  );
}
