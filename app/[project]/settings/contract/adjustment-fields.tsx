"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { FieldErrors } from "@/lib/auth/schema";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { AdjustmentExample } from "./adjustment-example";
import type { Choices } from "./choices";
import { PickName } from "./pick-name";
import { readPercent } from "./read-override";

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
          <DirectionSelect value={direction} onChange={setDirection} />
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

/** Passes the id and description of its field on to the trigger. */
function DirectionSelect({ value, onChange, ...field }: { value: string; onChange: (value: string) => void }) {
  return (
    <Select name="direction" value={value} onValueChange={onChange}>
      <SelectTrigger {...field}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value="off">− off the list price</SelectItem>
        <SelectItem value="on">+ on top of the list price</SelectItem>
      </SelectContent>
    </Select>
  );
}
