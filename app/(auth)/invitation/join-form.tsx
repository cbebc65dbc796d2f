"use client";

import type { FormEvent } from "react";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { enter } from "../sign-in/enter";
import { join } from "./actions";

/** Name and password of a person who was invited or lost the password. */
export function JoinForm({ token, email, name }: { token: string; email: string; name: string }) {
  const { run, errors, isPending } = useAction(join);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ token, name: form.get("name"), password: form.get("password") }, async ({ signInToken }) => {
      const problem = await enter("link", { token: signInToken });
      location.assign(problem === null ? "/" : "/sign-in");
    });
  };
  return (
    <form method="post" className="mt-3.5" onSubmit={submit} noValidate>
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <Field label="Your name" error={errors.name}>
        <Input className="h-9" name="name" autoComplete="name" defaultValue={name} autoFocus />
      </Field>
      <Field label="Password" hint="At least 12 characters" error={errors.password}>
        <Input className="h-9" name="password" type="password" autoComplete="new-password" />
      </Field>
      <FormError>{errors.form ?? errors.token}</FormError>
      <Button type="submit" variant="primary" size="large" className="mt-1 w-full" disabled={isPending}>
        {isPending ? "One moment…" : name === "" ? "Join" : "Set password"}
      </Button>
    </form>
  );
}
