"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { projectAction, Refusal } from "@/lib/auth/action";
import type { ProjectAccess } from "@/lib/auth/require-user";
import type { FieldErrors } from "@/lib/auth/schema";
import { type ContractStep, changeContract } from "@/lib/pricing/change-contract";

const basedOn = z.int().min(0);
const id = z.string().max(16);

/** Adds an override, or changes the one with this id. Gives the new version of the prices. */
export const putOverride = projectAction(
  "owner",
  z.strictObject({ basedOn, id: id.nullable(), override: z.record(z.string().max(20), z.unknown()) }),
  (access, { basedOn, id, override }) => change(access, basedOn, { do: "put", id, override }),
);

/** Says until when an override holds: a UTC day, exclusive; null for no end. */
export const endOverride = projectAction(
  "owner",
  z.strictObject({ basedOn, id, to: z.iso.date("Must be a day, such as 2026-11-01").nullable() }),
  (access, { basedOn, id, to }) => change(access, basedOn, { do: "end", id, to }),
);

export const removeOverride = projectAction("owner", z.strictObject({ basedOn, id }), (access, { basedOn, id }) =>
  change(access, basedOn, { do: "remove", id }),
);

/** Takes up the contract of an earlier version again, as a new version. */
export const restoreContract = projectAction(
  "owner",
  z.strictObject({ basedOn, version: z.int().min(1) }),
  (access, { basedOn, version }) => change(access, basedOn, { do: "restore", version }),
);

async function change({ project, scope, user }: ProjectAccess, basedOn: number, step: ContractStep) {
  const changed = await changeContract(scope, { basedOn, userId: user.id, step });
  if (!changed.ok) throw new Refusal(toFieldErrors(changed.errors));
  revalidatePath(`/${project.slug}`, "layout");
  return { version: changed.version };
}

/** The first message of each field; what belongs to none stands under `form`, one sentence after the other. */
function toFieldErrors(errors: readonly Readonly<{ field: string; message: string }>[]): FieldErrors {
  const byField: Record<string, string> = {};
  for (const { field, message } of errors) {
    if (field !== "") byField[field] ??= message;
    else byField.form = byField.form ? `${byField.form}. ${message}` : message;
  }
  return byField;
}
