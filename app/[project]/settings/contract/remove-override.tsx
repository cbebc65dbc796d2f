"use client";

import type { FormEvent } from "react";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { subjectOf, termsOf } from "@/lib/pricing/contract-words";
import { removeOverride } from "./actions";
import { FormFoot } from "./form-foot";
import { UrlDialog } from "./url-dialog";
import { useContractAction } from "./use-contract-action";
import { formatDays, kindOf } from "./words";

type Props = { slug: string; path: string; basedOn: number; override: StoredOverride };

/** Asks, then removes an override; a version of before brings it back. */
export function RemoveOverride({ slug, path, basedOn, override }: Props) {
  const { save, errors, isPending } = useContractAction(path, (input: unknown) => removeOverride(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save({ basedOn, id: override.id });
  };
  return (
    <UrlDialog
      path={path}
      title={`Remove ${kindOf(override)} ${subjectOf(override)}?`}
      description="As if it had never been: to keep it for the days before, end it instead."
      className="[overflow-wrap:anywhere]"
    >
      <form method="post" onSubmit={submit}>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 *:border-border *:border-b *:py-1.5">
          <dt className="text-text-2">Terms</dt>
          <dd className="text-right">{termsOf(override)}</dd>
          <dt className="text-text-2">Days</dt>
          <dd className="text-right">{formatDays(override)}</dd>
          <dt className="text-text-2">Calls that arrive from now on</dt>
          <dd className="text-right">priced without it</dd>
          <dt className="text-text-2">Stored calls</dt>
          <dd className="text-right">keep their price until re-priced</dd>
          <dt className="text-text-2">Way back</dt>
          <dd className="text-right">restore version {basedOn}</dd>
        </dl>
        <FormFoot error={errors.form ?? errors.id} verb="Remove" isPending={isPending} isHarmful />
      </form>
    </UrlDialog>
  );
}
