"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SEGMENT, SEGMENTED } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import type { FieldError } from "@/lib/ingest/schema";
import { WAY } from "./form-values";

const COUNTS = [
  { name: "input_tokens", label: "Fresh input" },
  { name: "output_tokens", label: "Output" },
  { name: "cache_read_tokens", label: "Cache read" },
  { name: "cache_create_5m_tokens", label: "Cache write 5m" },
  { name: "cache_create_1h_tokens", label: "Cache write 1h" },
  { name: "web_search_requests", label: "Web searches" },
];
const WAYS = [
  { key: "tokens", label: "Tokens" },
  { key: "usage", label: "Usage object" },
] as const;
const USAGE_HINT = "Of Anthropic, OpenAI, Gemini or Bedrock. Of a whole response only the usage is kept";

type Props = Readonly<{
  params: URLSearchParams;
  errors: readonly FieldError[];
  pasteError: string | undefined;
  onSwitch: () => void;
}>;

/** One call: so many tokens of each kind, or a provider's usage object. */
export function CallFields({ params, errors, pasteError, onSwitch }: Props) {
  const [way, setWay] = useState<"tokens" | "usage">(params.has("usage") ? "usage" : "tokens");
  const errorsOf = (name: string) => errors.filter(({ path }) => path === name || path.startsWith(`${name}.`));
  const errorOf = (name: string) => errorsOf(name)[0]?.message;
  const [usageError] = errorsOf("usage");
  const inUsage = usageError && `${usageError.path.replace(/^usage\.?/, "")} ${usageError.message}`.trim();
  return (
    <fieldset className="border-border border-t pt-3.5">
      <legend className="sr-only">One call</legend>
      <div className="mb-3 flex items-center justify-between gap-2">
        <span aria-hidden className="font-medium text-[12.5px] leading-[18px]">
          One call
        </span>
        <div role="radiogroup" aria-label="One call is given as" className={SEGMENTED}>
          {WAYS.map(({ key, label }) => (
            <label
              key={key}
              className={cn(
                SEGMENT,
                "relative has-checked:bg-card has-checked:font-medium has-checked:text-foreground has-checked:shadow-[0_0_0_1px_var(--border-strong)] has-focus-visible:outline-2 has-focus-visible:outline-ring",
              )}
            >
              <input
                type="radio"
                name={WAY}
                value={key}
                className="absolute inset-0 cursor-pointer opacity-0"
                checked={way === key}
                onChange={() => {
                  setWay(key);
                  onSwitch();
                }}
              />
              {label}
            </label>
          ))}
        </div>
      </div>
      {/* What is disabled is not sent, and stays for who comes back to it. */}
      <fieldset disabled={way !== "tokens"} hidden={way !== "tokens"} aria-label="Tokens">
        <div className="grid grid-cols-2 items-start gap-x-3 gap-y-3">
          {COUNTS.map(({ name, label }) => (
            <Field
              key={name}
              label={label}
              className="mb-0"
              error={errorOf(name) ?? (name === "input_tokens" && usageError ? "Enter tokens of any kind" : undefined)}
            >
              <Input
                name={name}
                defaultValue={params.get(name) ?? ""}
                inputMode="numeric"
                autoComplete="off"
                placeholder="0"
              />
            </Field>
          ))}
        </div>
      </fieldset>
      <fieldset disabled={way !== "usage"} hidden={way !== "usage"} aria-label="Usage">
        <Field label="Usage, as JSON" hint={USAGE_HINT} error={pasteError ?? inUsage} className="mb-0">
          <Textarea
            name="usage"
            rows={9}
            spellCheck={false}
            defaultValue={pretty(params.get("usage"))}
            placeholder={'{"input_tokens": 2048, "output_tokens": 503}'}
            className="mono resize-y text-note"
          />
        </Field>
      </fieldset>
    </fieldset>
  );
}

function pretty(text: string | null): string {
  if (!text) return "";
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
