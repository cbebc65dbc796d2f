"use client";

import type { FormEvent } from "react";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { putOverride } from "./actions";
import { AdjustmentFields } from "./adjustment-fields";
import { AliasFields } from "./alias-fields";
import type { Choices } from "./choices";
import { DaysFields } from "./days-fields";
import { FormFoot } from "./form-foot";
import { RatesFields } from "./rates-fields";
import { readOverride } from "./read-override";
import { useContractAction } from "./use-contract-action";

type Props = {
  slug: string;
  path: string;
  basedOn: number;
  /** Null for a new one. */
  id: string | null;
  start: StoredOverride;
  choices: Choices;
};

/** Adds or changes an override of any kind. */
export function OverrideForm({ slug, path, basedOn, id, start, choices }: Props) {
  const { save, errors, isPending } = useContractAction(path, (input: unknown) => putOverride(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save({ basedOn, id, override: readOverride(start.kind, new FormData(event.currentTarget)) });
  };
  return (
    <form method="post" className="mt-3" onSubmit={submit} noValidate>
      {start.kind === "alias" && <AliasFields start={start} choices={choices} errors={errors} />}
      {start.kind === "adjustment" && <AdjustmentFields start={start} choices={choices} errors={errors} />}
      {start.kind === "rates" && <RatesFields start={start} choices={choices} errors={errors} />}
      <DaysFields start={start} errors={errors} />
      <FormFoot error={errors.form} verb={id === null ? "Add to the contract" : "Save"} isPending={isPending} />
    </form>
  );
}
