"use client";

import { Check, Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { MAX_MODELS } from "@/lib/estimates/limits";
import type { ModelChoice } from "./list-models";

type Props = Readonly<{ models: readonly ModelChoice[]; initial: readonly string[]; onChange: () => void }>;

/** The models to compare: taken from the book and the contract, or typed as they are spelled elsewhere. */
export function ModelPicker({ models, initial, onChange }: Props) {
  const [chosen, setChosen] = useState(initial);
  const [typed, setTyped] = useState("");
  const set = (next: readonly string[]) => {
    setChosen(next.slice(0, MAX_MODELS));
    onChange();
  };
  const toggle = (id: string) => set(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const groups = [...new Set(models.map(({ group }) => group))];
  const own = typed.trim();
  return (
    <fieldset>
      <legend className="sr-only">Models</legend>
      <div className="mb-1.5 flex items-center justify-between">
        <span aria-hidden className="font-medium text-[12.5px] leading-[18px]">
          Models
        </span>
        <Popover onOpenChange={() => setTyped("")}>
          <PopoverTrigger asChild>
            <Button variant="ghost" size="small" disabled={chosen.length >= MAX_MODELS}>
              <Plus aria-hidden className="size-[13px]" />
              Add a model
            </Button>
          </PopoverTrigger>
          <PopoverContent align="end" className="w-[300px]" aria-label="Add a model">
            <Command label="Models">
              <CommandInput
                placeholder="Find a model, or type its id"
                autoFocus
                value={typed}
                onValueChange={setTyped}
              />
              <CommandList>
                <CommandEmpty>No model of that name.</CommandEmpty>
                {groups.map((group) => (
                  <CommandGroup key={group} heading={group}>
                    {models
                      .filter((model) => model.group === group)
                      .map(({ id, name }) => (
                        <CommandItem key={id} value={`${id} ${name}`} onSelect={() => toggle(id)}>
                          <Check aria-hidden className={cn(!chosen.includes(id) && "invisible")} />
                          <span className="mono min-w-0 flex-1 truncate">{id}</span>
                          {chosen.includes(id) && <span className="sr-only">chosen</span>}
                        </CommandItem>
                      ))}
                  </CommandGroup>
                ))}
                {own !== "" && !models.some(({ id }) => id === own) && (
                  <CommandItem value={`as typed ${own}`} onSelect={() => toggle(own)} forceMount>
                    <Plus aria-hidden />
                    <span className="min-w-0 truncate">
                      As typed: <span className="mono">{own}</span>
                    </span>
                  </CommandItem>
                )}
              </CommandList>
            </Command>
          </PopoverContent>
        </Popover>
      </div>
      <ul className="grid">
        {chosen.map((id) => (
          <li
            key={id}
            className="flex h-[29px] items-center gap-2 border-border border-b last:border-b-0 max-phone:h-11"
          >
            <input type="hidden" name="model" value={id} />
            <span className="mono min-w-0 flex-1 truncate" title={id}>
              {id}
            </span>
            <Button variant="ghost" size="icon-small" aria-label={`Remove ${id}`} onClick={() => toggle(id)}>
              <X aria-hidden className="size-[13px]" />
            </Button>
          </li>
        ))}
      </ul>
      {chosen.length === 0 && <p className="text-muted-foreground text-note">Add a model to see what this costs.</p>}
    </fieldset>
  );
}
