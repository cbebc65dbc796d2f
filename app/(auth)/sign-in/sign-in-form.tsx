"use client";

import { type FormEvent, useState, useTransition } from "react";
import { FormError } from "@/components/forms/form-error";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { enter } from "./enter";

/** E-mail and password. A wrong address and a wrong password read the same. */
export function SignInForm({ next }: { next: string }) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email, password } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    startTransition(async () => {
      const problem = await enter("password", { email: email ?? "", password: password ?? "" });
      setError(problem);
      if (problem === null) location.assign(next);
    });
  };
  return (
    <form method="post" className="mt-3.5" onSubmit={submit}>
      <Field label="E-mail">
        <Input className="h-9" name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field label="Password">
        <Input className="h-9" name="password" type="password" autoComplete="current-password" required />
      </Field>
      <FormError>{error}</FormError>
      <Button type="submit" variant="primary" size="large" className="mt-1 w-full" disabled={isPending}>
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
