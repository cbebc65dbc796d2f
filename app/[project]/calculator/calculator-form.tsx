"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { hrefWith } from "@/components/filters/url-state";
import { PanelBody, PanelFrame } from "@/components/shell/panel";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldError } from "@/lib/ingest/schema";
import { CallFields } from "./call-fields";
import { readForm } from "./form-values";
import type { ModelChoice } from "./list-models";
import { ModelPicker } from "./model-picker";
import { PlaceFields } from "./place-fields";
import { Section } from "./section";

const WAIT_MS = 250;

const MARGIN_FIELDS = [
  {
    key: "recursion",
    label: "Recursion × 1.3",
    hint: "Tools make a task call the model again, with a longer prompt: +30%",
  },
  { key: "retries", label: "Retries × 1.2", hint: "Attempts made again that are billed all the same: +20%" },
];

type Props = Readonly<{
  /** What the address says, as a query. */
  sent: string;
  models: readonly ModelChoice[];
  errors: readonly FieldError[];
}>;

/**
 * Everything that is asked; writes the address a moment after each change, and the server answers. Not in a `Panel`: that
 * starts anew with every address, and would take the focus from the field that is being filled in.
 */
export function CalculatorForm({ sent, models, errors }: Props) {
  const params = new URLSearchParams(sent);
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, start] = useTransition();
  const [pasteError, setPasteError] = useState<string>();
  useEffect(() => () => clearTimeout(timer.current), []);

  const write = () => {
    if (!form.current) return;
    const values = readForm(new FormData(form.current));
    setPasteError(values.ok ? undefined : values.message);
    if (values.ok) start(() => router.replace(hrefWith(pathname, values.params), { scroll: false }));
  };
  const writeSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(write, WAIT_MS);
  };
  const errorOf = (name: string) => errors.find(({ path }) => path === name)?.message;
  const text = (name: string) => ({ name, defaultValue: params.get(name) ?? "", autoComplete: "off" });
  return (
    <PanelFrame label="Workload">
      <header className="pt-[11px] pr-2.5 pl-4 max-phone:pl-3.5">
        <h2 className="font-semibold text-body tracking-[-0.008em]">Workload</h2>
        <p className="text-muted-foreground text-note">One call, and how often it is made</p>
      </header>
      <form
        ref={form}
        aria-label="Workload"
        aria-busy={isPending || undefined}
        onChange={writeSoon}
        onSubmit={(event) => {
          event.preventDefault();
          write();
        }}
      >
        <PanelBody className="grid gap-4">
          <ModelPicker models={models} initial={params.getAll("model")} onChange={writeSoon} />
          <CallFields params={params} errors={errors} pasteError={pasteError} onSwitch={writeSoon} />
          <Section>
            <Field label="Calls a day" error={errorOf("calls_per_day")} className="col-span-2 mb-0">
              <Input {...text("calls_per_day")} inputMode="numeric" placeholder="1,000" />
            </Field>
            <Field
              label="Cache hit share"
              hint="of the fresh input"
              error={errorOf("cache_hit_share")}
              className="mb-0"
            >
              <Input {...text("cache_hit_share")} inputMode="decimal" placeholder="0" after="%" />
            </Field>
            <Field label="Batch share" hint="of the calls" error={errorOf("batch_share")} className="mb-0">
              <Input {...text("batch_share")} inputMode="decimal" placeholder="0" after="%" />
            </Field>
          </Section>
          <PlaceFields params={params} errorOf={errorOf} onChange={writeSoon} />
          <fieldset className="grid gap-2 border-border border-t pt-3.5">
            <legend className="float-left mb-1 font-medium text-[12.5px] leading-[18px]">Margins, applied after</legend>
            {MARGIN_FIELDS.map(({ key, label, hint }) => (
              <Checkbox
                key={key}
                name="margin"
                value={key}
                label={label}
                hint={hint}
                defaultChecked={params.getAll("margin").includes(key)}
                onCheckedChange={writeSoon}
              />
            ))}
          </fieldset>
          <input type="hidden" name="chosen" value={params.get("chosen") ?? ""} />
          <button type="submit" hidden>
            Calculate
          </button>
        </PanelBody>
      </form>
    </PanelFrame>
  );
}
