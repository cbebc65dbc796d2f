"use client";

import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export type NameOption = Readonly<{ value: string; note?: string }>;

type Props = {
  /** The field of the form that holds the name; empty for none. */
  name: string;
  /** What is chosen: "model", "platform". */
  what: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly NameOption[];
  /** What no name means, to choose it: "any platform". Without it a name must be chosen. */
  none?: string;
  /** Whether a name that is not listed may be typed. */
  isOpenEnded?: boolean;
};

/** A name from a list that can be searched, or one that is typed. Passes the id and description of its field on to the button. */
export function PickName({ name, what, value, onChange, options, none, isOpenEnded = false, ...field }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [search, setSearch] = useState("");
  const typed = search.trim();
  const isNew = isOpenEnded && typed !== "" && !options.some((option) => option.value === typed);
  const choose = (chosen: string) => {
    onChange(chosen);
    setIsOpen(false);
    setSearch("");
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen} modal>
      <input type="hidden" name={name} value={value} />
      <PopoverTrigger
        className="flex min-h-8 w-full items-center justify-between gap-1.5 rounded-control border border-input bg-card px-2.5 py-1 text-left aria-invalid:border-firing max-phone:min-h-11"
        {...field}
      >
        {value === "" ? (
          <span className="text-muted-foreground">{none ?? `Choose a ${what}`}</span>
        ) : (
          <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{value}</span>
        )}
        <ChevronDown aria-hidden className="size-[13px] shrink-0 text-muted-foreground" strokeWidth={1.75} />
      </PopoverTrigger>
      <PopoverContent aria-label={`Choose a ${what}`} className="w-[min(380px,calc(100vw-32px))]">
        <Command label={what}>
          <CommandInput
            placeholder={isOpenEnded ? `Find or type a ${what}` : `Find a ${what}`}
            value={search}
            onValueChange={setSearch}
          />
          <CommandList>
            <CommandEmpty>No {what} by that name.</CommandEmpty>
            <CommandGroup>
              {none && typed === "" && (
                <NameItem option={{ value: "" }} text={none} isChosen={value === ""} onSelect={choose} />
              )}
              {options.map((option) => (
                <NameItem key={option.value} option={option} isChosen={option.value === value} onSelect={choose} />
              ))}
              {isNew && (
                <NameItem option={{ value: typed }} text={`Use “${typed}”`} isChosen={false} onSelect={choose} />
              )}
            </CommandGroup>
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

type ItemProps = { option: NameOption; text?: string; isChosen: boolean; onSelect: (value: string) => void };

function NameItem({ option, text, isChosen, onSelect }: ItemProps) {
  const { value, note } = option;
  return (
    <CommandItem value={`${value} ${note ?? text ?? ""}`} onSelect={() => onSelect(value)}>
      <span className="grid size-3.5 shrink-0 place-items-center">
        {isChosen && <Check aria-label="chosen" className="!size-3.5" />}
      </span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text ?? value}</span>
      {note && <span className="shrink-0 text-muted-foreground text-note">{note}</span>}
    </CommandItem>
  );
}
