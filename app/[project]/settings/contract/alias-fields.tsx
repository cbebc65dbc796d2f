"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { FieldErrors } from "@/lib/auth/schema";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import type { Choices } from "./choices";
import { PickName } from "./pick-name";
import { suggestTargets } from "./suggest-targets";

type Props = { start: Extract<StoredOverride, { kind: "alias" }>; choices: Choices; errors: FieldErrors };

/** Another name of a model: what calls are sent with, and what it is priced as. */
export function AliasFields({ start, choices, errors }: Props) {
  const [model, setModel] = useState(start.model);
  const [target, setTarget] = useState(start.target);
  const suggested = suggestTargets(
    model,
    choices.models.map(({ id }) => id),
  ).filter((id) => id !== target);
  return (
    <>
      <Field
        label="Name that calls are sent with"
        hint="A deployment, an inference profile's ARN, a -latest spelling: to the letter"
        error={errors.model}
      >
        <PickName
          name="model"
          what="name"
          value={model}
          onChange={setModel}
          options={choices.unpriced.map((value) => ({ value, note: "unpriced" }))}
          isOpenEnded
        />
      </Field>
      <Field label="Priced as" hint="A model of the price book, or one with own rates" error={errors.target}>
        <PickName
          name="target"
          what="model"
          value={target}
          onChange={setTarget}
          options={[
            ...choices.own.filter((name) => name !== model).map((value) => ({ value, note: "your contract" })),
            ...choices.models.map(({ id, provider }) => ({ value: id, note: provider })),
          ]}
          isOpenEnded
        />
      </Field>
      {suggested.length > 0 && (
        <p className="-mt-1.5 mb-3.5 flex flex-wrap items-center gap-1.5 text-muted-foreground text-note">
          Looks like
          {suggested.map((id) => (
            <Button key={id} size="small" onClick={() => setTarget(id)}>
              {id}
            </Button>
          ))}
        </p>
      )}
    </>
  );
}
