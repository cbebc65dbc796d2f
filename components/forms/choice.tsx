"use client";

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

export type ChoiceOption = Readonly<{ value: string; label: string; note?: string }>;

type Props = {
  /** As which it is sent with its form. */
  name?: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly ChoiceOption[];
};

/** One of a closed list, as the control of a `Field`: it passes the field's id and description on to the trigger. */
export function Choice({ name, value, onChange, options, ...field }: Props) {
  return (
    <Select name={name} value={value} onValueChange={onChange}>
      <SelectTrigger {...field}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {options.map((option) => (
          <SelectItem key={option.value} value={option.value} note={option.note}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
