"use client";

import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { useUrl } from "@/components/filters/use-url";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export type AgainstOption = Readonly<{ sha: string; name: string; firstCall: string }>;

/** Chooses what a deploy is held against; writes `against`. */
export function AgainstPicker({
  before,
  against,
  options,
}: {
  /** What it is held against without a choice: "48 h before". */
  before: string;
  against: string | null;
  /** Latest first. */
  options: readonly AgainstOption[];
}) {
  const [isOpen, setIsOpen] = useState(false);
  const { replace } = useUrl();
  const chosen = options.find(({ sha }) => sha === against);
  const choose = (sha: string | null) => {
    setIsOpen(false);
    replace({ against: sha });
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" className="text-foreground">
          <span className="font-normal text-muted-foreground">against</span>
          {against === null ? before : <span className="mono">{chosen?.name ?? against.slice(0, 12)}</span>}
          <ChevronDown aria-hidden className="size-[13px]" />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-[300px]" aria-label="Hold against another deploy">
        <Command label="Deploy">
          <CommandInput placeholder="Find a deploy" autoFocus />
          <CommandList>
            <CommandEmpty>No deploy by that name.</CommandEmpty>
            <CommandGroup>
              <CommandItem value={before} onSelect={() => choose(null)}>
                <Mark isChosen={against === null} />
                {before}
                <span className="ml-auto text-muted-foreground text-note">all calls</span>
              </CommandItem>
            </CommandGroup>
            <CommandGroup heading="Its first hours, by first call, UTC">
              {options.map(({ sha, name, firstCall }) => (
                <CommandItem key={sha} value={sha} onSelect={() => choose(sha)}>
                  <Mark isChosen={sha === against} />
                  <span className="mono" title={sha}>
                    {name}
                  </span>
                  <span className="ml-auto text-muted-foreground text-note">{firstCall}</span>
                </CommandItem>
              ))}
            </CommandGroup>
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function Mark({ isChosen }: { isChosen: boolean }) {
  return (
    <span className="grid size-3.5 shrink-0 place-items-center">
      {isChosen && <Check aria-label="chosen" className="!size-3.5" />}
    </span>
  );
}
