"use client";

import { useUrl } from "@/components/filters/use-url";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

/** A word that no provider or platform is called: a select cannot hold an empty value. */
const ALL = "*";

/** One of a few for a parameter of the URL; `all` is the choice without it. */
export function UrlSelect({
  param,
  label,
  all,
  value,
  options,
}: {
  param: string;
  label: string;
  all: string;
  value: string | null;
  options: readonly string[];
}) {
  const { replace } = useUrl();
  return (
    <Select value={value ?? ALL} onValueChange={(next) => replace({ [param]: next === ALL ? null : next, page: null })}>
      <SelectTrigger size="small" aria-label={label}>
        <SelectValue>{value ?? all}</SelectValue>
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ALL}>{all}</SelectItem>
        {options.map((option) => (
          <SelectItem key={option} value={option}>
            {option}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
