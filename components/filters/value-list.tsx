"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import type { Filter } from "@/lib/reports/schema";

const NO_VALUES: readonly string[] = [];

/**
 * The values of a filter, searchable; several are alternatives, and any other can be typed. "is" shows only them,
 * "is not" leaves them out.
 */
export function ValueList({
  name,
  label,
  op,
  values,
  load,
  offered = NO_VALUES,
  words = {},
  onApply,
}: {
  /** Of the filter, in the address. */
  name: string;
  label: string;
  op: Filter["op"];
  values: readonly string[];
  /** Asks the server for the values there are; without it there are those `offered`. */
  load?: () => Promise<readonly string[]>;
  offered?: readonly string[];
  /** Values that are called otherwise. */
  words?: Readonly<Record<string, string>>;
  onApply: (op: Filter["op"], values: readonly string[]) => void;
}) {
  const [chosen, setChosen] = useState(values);
  const [search, setSearch] = useState("");
  const { project } = useParams();
  const known = useQuery({
    queryKey: ["filter-values", project, name],
    queryFn: () => load?.() ?? NO_VALUES,
    enabled: load !== undefined,
  });
  const typed = search.trim();
  const listed = [...new Set([...values, ...offered, ...(known.data ?? []), ...(typed ? [typed] : [])])].filter(
    Boolean,
  );
  const toggle = (value: string) =>
    setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Command label={label}>
      <CommandInput
        placeholder={load || offered.length > 0 ? `Find a ${label}` : `The exact ${label}`}
        value={search}
        onValueChange={setSearch}
        autoFocus
      />
      <CommandList>
        {known.isLoading && <p className="px-2 py-3 text-muted-foreground text-note">Reading the {label}s</p>}
        {known.isError && (
          <p className="px-2 py-3 text-firing text-note">
            The {label}s could not be read. Type the exact value instead.
          </p>
        )}
        <CommandEmpty>{load || typed ? `No ${label} by that name.` : `Type or paste the ${label}.`}</CommandEmpty>
        <CommandGroup>
          {listed.map((value) => (
            <CommandItem key={value} value={value} onSelect={() => toggle(value)}>
              <span className="grid size-3.5 shrink-0 place-items-center">
                {chosen.includes(value) && <Check aria-label="chosen" className="!size-3.5" />}
              </span>
              <span className="truncate">{words[value] ?? value}</span>
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
