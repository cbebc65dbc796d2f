"use client";

import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { FormError } from "@/components/forms/form-error";
import { keepFreshKey } from "@/components/forms/fresh-key";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { enter } from "../sign-in/enter";
import { setUpServer } from "./actions";

/** Owner and first project; then on to the quick start with the key filled in. */
export function SetUpForm({ token }: { token: string }) {
  const router = useRouter();
  const { run, errors, isPending } = useAction(setUpServer);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run({ token, ...Object.fromEntries(new FormData(event.currentTarget)) }, async (made) => {
      const problem = await enter("link", { token: made.signInToken });
      if (problem !== null) return location.assign("/sign-in");
      if (made.apiKey !== null) keepFreshKey({ secret: made.apiKey, environment: "production" });
      // Within the page, not by a reload: the key lives in its memory only.
      router.push(`/${made.slug}/quick-start`);
    });
  };
  return (
    <form method="post" className="mt-3.5" onSubmit={submit} noValidate>
      <Field label="Your name" error={errors.name}>
        <Input className="h-9" name="name" autoComplete="name" autoFocus />
      </Field>
      <Field label="E-mail" error={errors.email}>
        <Input className="h-9" name="email" type="email" autoComplete="username" />
      </Field>
      <Field label="Password" hint="At least 12 characters" error={errors.password}>
        <Input className="h-9" name="password" type="password" autoComplete="new-password" />
      </Field>
      <Field label="First project" hint="A product or app, such as acme-assist" error={errors.project}>
        <Input className="h-9" name="project" autoComplete="off" />
      </Field>
      <FormError>{errors.form ?? errors.token}</FormError>
      <Button type="submit" variant="primary" size="large" className="mt-1 w-full" disabled={isPending}>
        {isPending ? "Setting up…" : "Set up"}
      </Button>
    </form>
  );
}
