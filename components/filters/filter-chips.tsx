"use client";

import { X } from "lucide-react";
import { useState } from "react";
import type { LoadValues } from "@/components/filters/filter-bar";
import { DIMENSION_LABELS, filterParam, readFilters } from "@/components/filters/url-state";
import { useUrl } from "@/components/filters/use-url";
import { ValueList } from "@/components/filters/value-list";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatSha } from "@/lib/format";
import type { Filter } from "@/lib/reports/schema";

/** One chip a filter: key muted, value 500, × in its own cell. A click edits it, Backspace or × removes it. */
export function FilterChips({ params, loadValues }: { params: string; loadValues: LoadValues }) {
  return readFilters(new URLSearchParams(params)).map((filter) => (
    <Chip key={filterParam(filter.dimension, filter.op)} filter={filter} loadValues={loadValues} />
  ));
}

function summarize({ dimension, op, values }: Filter): string {
  const shown = dimension === "deploy" ? values.map(formatSha) : values;
  const text = shown.length === 1 ? (shown[0] ?? "") : `${shown.length} ${DIMENSION_LABELS[dimension]}s`;
  return op === "is" ? text : `is not ${text}`;
}

function Chip({ filter, loadValues }: { filter: Filter; loadValues: LoadValues }) {
  const [isOpen, setIsOpen] = useState(false);
  const { replace } = useUrl();
  const { dimension, op, values } = filter;
  const label = DIMENSION_LABELS[dimension];
  const remove = () => replace({ [filterParam(dimension, op)]: null });
  return (
    <span className="inline-flex h-[26px] shrink-0 items-center whitespace-nowrap rounded-control border border-border-strong bg-card text-note max-phone:h-9">
      <Popover open={isOpen} onOpenChange={setIsOpen}>
        <PopoverTrigger
          title={values.join(", ")}
          onKeyDown={(event) => event.key === "Backspace" && remove()}
          className="h-full rounded-l-control hover:bg-inset"
        >
          <span className="px-[7px] text-muted-foreground">{label}</span>
          <span className="pr-[7px] font-medium">{summarize(filter)}</span>
        </PopoverTrigger>
        <PopoverContent className="w-[280px]" aria-label={`Filter by ${label}`}>
          <ValueList
            dimension={dimension}
            op={op}
            values={values}
            loadValues={loadValues}
            onApply={(nextOp, nextValues) => {
              setIsOpen(false);
              replace({ [filterParam(dimension, op)]: null, [filterParam(dimension, nextOp)]: nextValues });
            }}
          />
        </PopoverContent>
      </Popover>
      <button
        type="button"
        aria-label={`Remove filter ${label} ${summarize(filter)}`}
        onClick={remove}
        className="grid h-full w-6 place-items-center rounded-r-control border-border border-l text-muted-foreground hover:bg-inset max-phone:w-9"
      >
        <X aria-hidden strokeWidth={1.75} className="size-[13px]" />
      </button>
    </span>
  );
}
