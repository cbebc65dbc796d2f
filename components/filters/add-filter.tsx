"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { LoadValues } from "@/components/filters/filter-bar";
import { OwnEditor } from "@/components/filters/own-editor";
import { type OwnFilter, readOwnFilters } from "@/components/filters/own-filters";
import { DIMENSION_LABELS, filterParam } from "@/components/filters/url-state";
import { useUrl } from "@/components/filters/use-url";
import { ValueList } from "@/components/filters/value-list";
import { Button } from "@/components/ui/button";
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Kbd } from "@/components/ui/kbd";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { DIMENSIONS, type Dimension } from "@/lib/reports/schema";

/** `environment` is chosen in the switcher. */
const OFFERED = DIMENSIONS.filter((dimension) => dimension !== "environment");

/** `+ Filter`: first the dimension, then its values. Adds to a filter that is already there. */
export function AddFilter({
  params,
  loadValues,
  own,
}: {
  params: string;
  loadValues: LoadValues;
  own: readonly OwnFilter[];
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [dimension, setDimension] = useState<Dimension | null>(null);
  const [chosen, setChosen] = useState<OwnFilter | null>(null);
  const { replace } = useUrl();
  const current = new URLSearchParams(params);
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        setDimension(null);
        setChosen(null);
      }}
    >
      <PopoverTrigger asChild>
        <Button variant="ghost" data-shortcut="filter">
          <Plus aria-hidden className="size-[13px]" />
          Filter
          <Kbd className="max-phone:hidden">/</Kbd>
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-[280px]" aria-label="Add a filter">
        {chosen ? (
          <OwnEditor
            filter={chosen}
            set={readOwnFilters(current, [chosen])[0] ?? null}
            onApply={(changes) => {
              setIsOpen(false);
              replace(changes);
            }}
          />
        ) : dimension === null ? (
          <Command label="Dimension">
            <CommandInput placeholder="Filter by" autoFocus />
            <CommandList>
              <CommandGroup>
                {OFFERED.map((offered) => (
                  <CommandItem key={offered} onSelect={() => setDimension(offered)}>
                    {DIMENSION_LABELS[offered]}
                  </CommandItem>
                ))}
                {own.map((filter) => (
                  <CommandItem key={`${filter.kind} ${filter.key}`} onSelect={() => setChosen(filter)}>
                    {filter.label}
                  </CommandItem>
                ))}
              </CommandGroup>
            </CommandList>
          </Command>
        ) : (
          <ValueList
            name={dimension}
            label={DIMENSION_LABELS[dimension]}
            op="is"
            values={current.getAll(filterParam(dimension, "is"))}
            load={() => loadValues(dimension)}
            onApply={(op, values) => {
              setIsOpen(false);
              replace({ [filterParam(dimension, op)]: values });
            }}
          />
        )}
      </PopoverContent>
    </Popover>
  );
}
