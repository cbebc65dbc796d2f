"use client";

import { useState } from "react";
import { Choice } from "@/components/forms/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/auth/schema";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { AdjustmentExample } from "./adjustment-example";
import type { Choices } from "./choices";
import { PickName } from "./pick-name";
import { readPercent } from "./read-override";

const DIRECTIONS = [
  { value: "off", label: "− off the list price" },
  { value: "on", label: "+ on top of the list price" },
] as const;

type Props = { start: Extract<StoredOverride, { kind: "adjustment" }>; choices: Choices; errors: FieldErrors };

/** A percent off or on top of the list price, of what matches all that is chosen. */
export function AdjustmentFields({ start, choices, errors }: Props) {
  const [provider, setProvider] = useState(start.provider ?? "");
  const [platform, setPlatform] = useState(start.platform ?? "");
  const [model, setModel] = useState(start.model ?? "");
  const [percent, setPercent] = useState(start.percent.replace("-", ""));
  const [direction, setDirection] = useState(start.percent === "" || start.percent.startsWith("-") ? "off" : "on");
  const models = choices.models.filter((known) => provider === "" || known.provider === provider);
  return (
    <>
      <div className="grid grid-cols-2 items-start gap-x-3">
        <Field label="Percent" error={errors.percent}>
          <Input
            name="percent"
            inputMode="decimal"
            autoComplete="off"
            autoFocus
            after="%"
            value={percent}
            onChange={(event) => setPercent(event.target.value)}
          />
        </Field>
        <Field label="Discount or premium">
          <Choice name="direction" value={direction} onChange={setDirection} options={DIRECTIONS} />
        </Field>
      </div>
      <div className="grid grid-cols-2 items-start gap-x-3">
        <Field label="Provider" error={errors.provider}>
          <PickName
            name="provider"
            what="provider"
            value={provider}
            onChange={setProvider}
            options={choices.providers.map((value) => ({ value }))}
            none="Any provider"
          />
        </Field>
        <Field label="Platform" error={errors.platform}>
          <PickName
            name="platform"
            what="platform"
            value={platform}
            onChange={setPlatform}
            options={choices.platforms.map((value) => ({ value }))}
            none="Any platform"
            isOpenEnded
          />
        </Field>
      </div>
      <Field
        label="Model"
        hint={platform !== "" && `Says too that list prices hold on ${platform}, where they would not be known to`}
        error={errors.model}
      >
        <PickName
          name="model"
          what="model"
          value={model}
          onChange={setModel}
          options={models.map(({ id, provider: note }) => ({ value: id, note }))}
          none="Any model"
        />
      </Field>
      <AdjustmentExample
        model={models.find(({ id }) => id === model) ?? models.find(({ rates }) => rates.input !== null)}
        percent={readPercent(percent.trim(), direction === "off")}
      />
    </>
  );
}
