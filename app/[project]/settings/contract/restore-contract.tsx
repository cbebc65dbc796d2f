"use client";

import type { FormEvent } from "react";
import { restoreContract } from "./actions";
import { FormFoot } from "./form-foot";
import { UrlDialog } from "./url-dialog";
import { useContractAction } from "./use-contract-action";

type Props = {
  slug: string;
  path: string;
  basedOn: number;
  version: number;
  /** What restoring it does to the contract in force, a line each. */
  changes: readonly string[];
};

/** Asks, then takes up the contract of an earlier version again. */
export function RestoreContract({ slug, path, basedOn, version, changes }: Props) {
  const { save, errors, isPending } = useContractAction(path, (input: unknown) => restoreContract(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save({ basedOn, version });
  };
  return (
    <UrlDialog
      path={path}
      title={`Restore the contract of version ${version}?`}
      description={`It becomes version ${basedOn + 1}, with today's price book. Against the contract in force:`}
      className="max-w-[520px] [overflow-wrap:anywhere]"
    >
      <form method="post" onSubmit={submit}>
        <ul className="mt-3 *:border-border *:border-b *:py-1.5">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        <FormFoot error={errors.form ?? errors.version} verb="Restore" isPending={isPending} />
      </form>
    </UrlDialog>
  );
}
