"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useParams } from "next/navigation";
import { useState } from "react";
import type { LoadValues } from "@/components/filters/filter-bar";
import { DIMENSION_LABELS } from "@/components/filters/url-state";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import type { Dimension, Filter } from "@/lib/reports/schema";

/** The values of a dimension, searchable; several are alternatives. "is" shows only them, "is not" leaves them out. */
export function ValueList({
  dimension,
  op,
  values,
  loadValues,
  onApply,
}: {
  dimension: Dimension;
  op: Filter["op"];
  values: readonly string[];
  loadValues: LoadValues;
  onApply: (op: Filter["op"], values: readonly string[]) => void;
}) {
  const [chosen, setChosen] = useState(values);
  const [search, setSearch] = useState("");
  const { project } = useParams();
  const known = useQuery({ queryKey: ["filter-values", project, dimension], queryFn: () => loadValues(dimension) });
  const label = DIMENSION_LABELS[dimension];
  const typed = search.trim();
  const listed = [...new Set([...values, ...(known.data ?? []), ...(typed ? [typed] : [])])].filter(Boolean);
  const toggle = (value: string) =>
    setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Command label={label}>
      <CommandInput placeholder={`Find a ${label}`} value={search} onValueChange={setSearch} autoFocus />
      <CommandList>
        {known.isPending && <p className="px-2 py-3 text-muted-foreground text-note">Reading the {label}s</p>}
        {known.isError && (
          <p className="px-2 py-3 text-firing text-note">
            The {label}s could not be read. Type the exact value instead.
          </p>
        )}
        <CommandEmpty>No {label} by that name.</CommandEmpty>
        <CommandGroup>
          {listed.map((value) => (
            <CommandItem key={value} value={value} onSelect={() => toggle(value)}>
              <span className="grid size-3.5 shrink-0 place-items-center">
                {chosen.includes(value) && <Check aria-label="chosen" className="!size-3.5" />}
              </span>
              <span className="truncate">{value}</span>
            </CommandItem>
          ))}
        </CommandGroup>
      </CommandList>
      <div className="flex justify-end gap-1.5 border-border border-t p-2">
        <Button variant="ghost" size="small" disabled={chosen.length === 0} onClick={() => onApply("is_not", chosen)}>
          Leave out
        </Button>
        <Button size="small" onClick={() => onApply("is", chosen)}>
          {op === "is" && chosen.length === 0 ? "Show all" : "Show only"}
        </Button>
      </div>
    </Command>
  );
}
