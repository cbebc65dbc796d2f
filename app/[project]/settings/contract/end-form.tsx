"use client";

import type { FormEvent } from "react";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { describeOverride, lastDayOf } from "@/lib/pricing/contract-words";
import { endOverride } from "./actions";
import { LastDayField } from "./days-fields";
import { FormFoot } from "./form-foot";
import { readEnd } from "./read-override";
import { useContractAction } from "./use-contract-action";

type Props = { slug: string; path: string; basedOn: number; override: StoredOverride; today: string };

/** Sets the last day on which an override holds. */
export function EndForm({ slug, path, basedOn, override, today }: Props) {
  const { save, errors, isPending } = useContractAction(path, (input: unknown) => endOverride(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save({ basedOn, id: override.id, to: readEnd(new FormData(event.currentTarget)) });
  };
  const latest = today > override.from ? today : override.from;
  return (
    <form method="post" className="mt-2" onSubmit={submit} noValidate>
      <p className="mb-3 text-text-2 [overflow-wrap:anywhere]">{describeOverride(override)}</p>
      <LastDayField value={lastDayOf(override) ?? latest} error={errors.to} />
      <FormFoot error={errors.form ?? errors.from} verb="Set the last day" isPending={isPending} />
    </form>
  );
}
