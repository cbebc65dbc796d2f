"use client";

import { FormError } from "@/components/forms/form-error";
import { keepFreshKey } from "@/components/forms/fresh-key";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { makeKey } from "../settings/api-keys/actions";

/** One click to a key for production that ingests; only for those who may. */
export function MakeFirstKey({ slug, mayMakeKeys }: { slug: string; mayMakeKeys: boolean }) {
  const { run, errors, isPending } = useAction((input: unknown) => makeKey(slug, input));
  if (!mayMakeKeys) return <p>Ask an owner or a member of this project for an API key with the scope ingest.</p>;
  const make = () =>
    run({ name: "Quick start", environment: "production", scopes: ["ingest"] }, ({ secret, environment }) =>
      keepFreshKey({ secret, environment }),
    );
  return (
    <>
      <p>A key is shown once, when it is made. Have none at hand? Make one and it is filled in below.</p>
      <Button variant="primary" onClick={make} disabled={isPending} className="justify-self-start">
        {isPending ? "Making…" : "Make a key"}
      </Button>
      <FormError>{errors.form ?? errors.environment}</FormError>
    </>
  );
}
