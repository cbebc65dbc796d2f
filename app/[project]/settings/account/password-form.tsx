"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { setPassword } from "./actions";

export function PasswordForm({ email }: { email: string }) {
  const { run, errors, isPending } = useAction(setPassword);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { current, next } = Object.fromEntries(new FormData(form));
    run({ current, next }, () => {
      form.reset();
      toast.success("Password changed", { description: "You are signed out everywhere else." });
    });
  };
  return (
    <form method="post" className="max-w-[340px]" onSubmit={submit}>
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <Field label="Present password" hint="Empty if you never had one" error={errors.current}>
        <Input name="current" type="password" autoComplete="current-password" />
      </Field>
      <Field label="New password" hint="At least 12 characters" error={errors.next}>
        <Input name="next" type="password" autoComplete="new-password" />
      </Field>
      <FormError>{errors.form}</FormError>
      <Button type="submit" disabled={isPending}>
        {isPending ? "Changing…" : "Change password"}
      </Button>
    </form>
  );
}
