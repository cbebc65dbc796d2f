"use client";

import { SlidersHorizontal } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useUrl } from "@/components/filters/use-url";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { REPORT_OPTIONS } from "@/lib/reports/schema";

const FIELDS = [
  { name: "storm_calls", label: "A storm has more than", after: "calls" },
  { name: "storm_minutes", label: "first to last in under", after: "min" },
  { name: "repeat_minutes", label: "A repeat comes again within", after: "min" },
] as const;
type Name = (typeof FIELDS)[number]["name"];

/** From when on something is a storm or a repeat: writes the numbers to the URL, none where they are the usual ones. */
export function Thresholds({ values }: { values: Readonly<Record<Name, number>> }) {
  const { replace, isPending } = useUrl();
  const [isOpen, setOpen] = useState(false);
  const [errors, setErrors] = useState<Partial<Record<Name, string>>>({});

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const texts = FIELDS.map(({ name }) => [name, String(form.get(name) ?? "").trim()] as const);
    const wrong = texts.filter(([name, text]) => !isWithin(name, text));
    setErrors(Object.fromEntries(wrong.map(([name]) => [name, rule(name)])));
    if (wrong.length > 0) return;
    const params = texts.map(([name, text]) => [name, Number(text) === REPORT_OPTIONS[name].default ? null : text]);
    replace({ ...Object.fromEntries(params), page: null });
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" aria-busy={isPending || undefined}>
          <SlidersHorizontal />
          <span className="max-phone:sr-only">Thresholds</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Thresholds" className="w-[260px] p-4">
        <form onSubmit={submit} noValidate>
          {FIELDS.map(({ name, label, after }) => (
            <Field key={name} label={label} error={errors[name]} hint={`usually ${REPORT_OPTIONS[name].default}`}>
              <Input name={name} inputMode="numeric" defaultValue={values[name]} after={after} maxLength={9} />
            </Field>
          ))}
          <Button type="submit" className="w-full justify-center">
            Apply
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}

function isWithin(name: Name, text: string): boolean {
  const { min, max } = REPORT_OPTIONS[name];
  return /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
}

const rule = (name: Name) =>
  `A whole number from ${REPORT_OPTIONS[name].min} to ${REPORT_OPTIONS[name].max.toLocaleString("en-US")}`;
