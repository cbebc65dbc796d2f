"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/auth/schema";

type Props = {
  action: (input: unknown) => Promise<ActionResult<unknown>>;
  /** Name of the one value in what the action takes. */
  field: string;
  label: string;
  value?: string;
  verb: string;
};

/** A form of one line. */
export function NameForm({ action, field, label, value, verb }: Props) {
  const { run, errors, isPending } = useAction(action);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    run({ [field]: new FormData(form).get(field) }, () => {
      toast.success("Saved");
      if (value === undefined) form.reset();
    });
  };
  return (
    <form method="post" className="max-w-[420px]" onSubmit={submit}>
      <div className="flex items-start gap-2">
        <Field label={label} error={errors[field]} className="mb-0 flex-1">
          <Input name={field} defaultValue={value} autoComplete="off" />
        </Field>
        <Button type="submit" className="mt-[23px] h-8 max-phone:h-11" disabled={isPending}>
          {isPending ? "Saving…" : verb}
        </Button>
      </div>
      <FormError>{errors.form}</FormError>
    </form>
  );
}
