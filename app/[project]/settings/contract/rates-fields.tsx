"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/auth/schema";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { RATE_NAMES, RATES, type RateName } from "@/lib/pricing/contract-words";
import type { BookModel, Choices } from "./choices";
import { PickName } from "./pick-name";

type Start = Extract<StoredOverride, { kind: "rates" }>;
type Props = { start: Start; choices: Choices; errors: FieldErrors };

/** Own rates of a model, of the book or private: every kind of token that it charges for. */
export function RatesFields({ start, choices, errors }: Props) {
  const [model, setModel] = useState(start.model);
  const [platform, setPlatform] = useState(start.platform ?? "");
  const known = choices.models.find(({ id }) => id === model);
  return (
    <>
      <Field
        label="Model"
        hint={model !== "" && !known ? "Not in the price book: it has the rates that you give it" : undefined}
        error={errors.model}
      >
        <PickName
          name="model"
          what="model"
          value={model}
          onChange={setModel}
          options={choices.models.map(({ id, provider }) => ({ value: id, note: provider }))}
          isOpenEnded
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
      <fieldset className="mb-3.5 grid gap-2">
        <legend className="mb-1 font-medium text-[12.5px] leading-[18px]">Rates, USD per million tokens</legend>
        {RATES.map((name) => (
          <RateField
            key={`${known?.id} ${name}`}
            name={name}
            rate={start.rates[name]}
            known={known}
            error={errors[`rates.${name}`]}
          />
        ))}
      </fieldset>
    </>
  );
}

type RateProps = { name: RateName; rate: string | null; known: BookModel | undefined; error: string | undefined };

/** One rate; unless the model is known to charge for it, it may have none. */
function RateField({ name, rate, known, error }: RateProps) {
  const list = known?.rates[name] ?? null;
  const mayLack = name !== "input" && !known?.needed.includes(name);
  const [lacks, setLacks] = useState(mayLack && (rate === null || (rate === "" && known !== undefined)));
  const label = RATE_NAMES[name];
  return (
    <Field
      label={<span className="font-normal text-text-2">{label}</span>}
      error={error}
      className="mb-0 grid grid-cols-[84px_1fr] items-center gap-x-3 [&>label]:mb-0 [&>p]:col-start-2"
    >
      <RateInput name={name} rate={rate ?? ""} list={list} lacks={lacks} mayLack={mayLack} onLack={setLacks} />
    </Field>
  );
}

type InputProps = {
  name: RateName;
  rate: string;
  list: string | null;
  lacks: boolean;
  mayLack: boolean;
  onLack: (lacks: boolean) => void;
};

/** Passes the id and description of its field on to the input. */
function RateInput({ name, rate, list, lacks, mayLack, onLack, ...field }: InputProps) {
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_150px] items-center gap-3 max-phone:grid-cols-[minmax(0,1fr)_110px]">
      <Input
        name={name}
        inputMode="decimal"
        autoComplete="off"
        before="$"
        defaultValue={rate}
        placeholder={list === null ? undefined : `${list} list`}
        disabled={lacks}
        {...field}
      />
      {mayLack && (
        <Checkbox
          name={`none.${name}`}
          label={`has no ${RATE_NAMES[name]}`}
          className="text-note text-text-2"
          checked={lacks}
          onCheckedChange={(checked) => onLack(checked === true)}
        />
      )}
    </span>
  );
}
