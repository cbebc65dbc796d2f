"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { UNSAID } from "./form-values";
import { Section } from "./section";

type Option = Readonly<{ value: string; label: string }>;

const PLATFORMS: readonly Option[] = [
  { value: UNSAID, label: "The maker's own API" },
  { value: "bedrock", label: "Amazon Bedrock" },
  { value: "vertex", label: "Google Vertex AI" },
  { value: "foundry", label: "Microsoft Foundry" },
  { value: "claude_platform_on_aws", label: "Claude Platform on AWS" },
];
const ENDPOINTS: readonly Option[] = [
  { value: "global", label: "Global" },
  { value: "regional", label: "Regional" },
];
const GEOGRAPHIES: readonly Option[] = [
  { value: UNSAID, label: "Global" },
  { value: "us", label: "US only" },
];
const SPEEDS: readonly Option[] = [
  { value: UNSAID, label: "Standard" },
  { value: "fast", label: "Fast" },
];
const CLOUDS = new Set(["bedrock", "vertex"]);

type Props = Readonly<{
  params: URLSearchParams;
  errorOf: (name: string) => string | undefined;
  onChange: () => void;
}>;

/** Where it runs, how fast and on which day's prices. A cloud has endpoints, the makers' APIs a geography. */
export function PlaceFields({ params, errorOf, onChange }: Props) {
  const [platform, setPlatform] = useState(params.get("platform") ?? UNSAID);
  const isCloud = CLOUDS.has(platform);
  const choose = (name: string, options: readonly Option[], first = UNSAID) => (
    <Choice name={name} options={options} initial={params.get(name) ?? first} onChange={onChange} />
  );
  return (
    <Section>
      <Field label="Platform" error={errorOf("platform")} className="col-span-2 mb-0">
        <Choice
          name="platform"
          options={PLATFORMS}
          initial={platform}
          onChange={(value) => {
            setPlatform(value);
            onChange();
          }}
        />
      </Field>
      {isCloud ? (
        <Field label="Endpoint" error={errorOf("location")} className="mb-0">
          {choose("location", ENDPOINTS, "regional")}
        </Field>
      ) : (
        <Field label="Inference" error={errorOf("inference_geo")} className="mb-0">
          {choose("inference_geo", GEOGRAPHIES)}
        </Field>
      )}
      <Field label="Speed" error={errorOf("speed")} className="mb-0">
        {choose("speed", SPEEDS)}
      </Field>
      <Field label="Prices as of" hint="today if empty" error={errorOf("on")} className="col-span-2 mb-0">
        <Input type="date" name="on" defaultValue={params.get("on") ?? ""} />
      </Field>
    </Section>
  );
}

type ChoiceProps = Readonly<{
  name: string;
  options: readonly Option[];
  initial: string;
  onChange: (value: string) => void;
}>;

/** Passes the id and description of its field on to the trigger. A value of the address that is not offered stays. */
function Choice({ name, options, initial, onChange, ...field }: ChoiceProps) {
  const offered = options.some(({ value }) => value === initial)
    ? options
    : [...options, { value: initial, label: initial }];
  return (
    <Select name={name} defaultValue={initial} onValueChange={onChange}>
      <SelectTrigger {...field}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {offered.map(({ value, label }) => (
          <SelectItem key={value} value={value}>
            {label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
