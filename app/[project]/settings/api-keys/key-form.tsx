"use client";

import { type FormEvent, useState } from "react";
import { Choice } from "@/components/forms/choice";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { makeKey } from "./actions";

const SCOPES = [
  { value: "ingest", label: "Ingest", hint: "May send calls; sees nothing" },
  { value: "read", label: "Read", hint: "May read reports and calls of all tenants in its environment" },
] as const;

type Props = { slug: string; environments: readonly string[]; onMade: (secret: string) => void };

export function KeyForm({ slug, environments, onMade }: Props) {
  const [environment, setEnvironment] = useState(environments[0] ?? "production");
  const { run, errors, isPending } = useAction((input: unknown) => makeKey(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const scopes = SCOPES.map(({ value }) => value).filter((value) => form.has(value));
    run({ name: form.get("name"), environment, scopes }, ({ secret }) => onMade(secret));
  };
  return (
    <form method="post" className="mt-3" onSubmit={submit}>
      <Field label="Name" hint="Where it is used, such as api-server" error={errors.name}>
        <Input name="name" autoComplete="off" autoFocus />
      </Field>
      <Field label="Environment" hint="Every call sent with the key belongs to it" error={errors.environment}>
        <Choice
          value={environment}
          onChange={setEnvironment}
          options={environments.map((name) => ({ value: name, label: name }))}
        />
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium text-[12.5px] leading-[18px]">Scopes</legend>
        {SCOPES.map(({ value, label, hint }) => (
          <Checkbox key={value} name={value} label={label} hint={hint} defaultChecked={value === "ingest"} />
        ))}
      </fieldset>
      <FormError>{errors.scopes ?? errors.form}</FormError>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={isPending}>
          {isPending ? "Making…" : "Make key"}
        </Button>
      </DialogFooter>
    </form>
  );
}
