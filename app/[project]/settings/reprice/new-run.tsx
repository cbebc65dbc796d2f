"use client";

import { type FormEvent, useState } from "react";
import { Choice, type ChoiceOption } from "@/components/forms/choice";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { dayAfter } from "@/lib/period";
import { create } from "./actions";
import type { Prefill } from "./prefill";

type Version = Readonly<{ version: number; bookVersion: string; reason: string }>;
type Props = { slug: string; versions: readonly Version[]; prefill: Prefill };

const NEWEST = "newest";

/** The form of a new run: which calls, by which prices, and why. It starts the dry run. */
export function NewRun({ slug, versions, prefill }: Props) {
  const [version, setVersion] = useState(NEWEST);
  const { run, errors, isPending } = useAction((input: unknown) => create(slug, input));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = (name: string) => String(new FormData(event.currentTarget).get(name) ?? "").trim();
    const models = text("models")
      .split("\n")
      .map((model) => model.trim());
    run(
      {
        from: text("first"),
        to: dayAfter(text("last")),
        models: models.filter(Boolean),
        reason: text("reason"),
        version: version === NEWEST ? null : Number(version),
      },
      () => undefined,
    );
  };
  return (
    <Panel
      title="Re-price stored calls"
      question="What would they cost by other prices? Nothing changes before you say so."
    >
      <PanelBody>
        <form method="post" onSubmit={submit} className="grid gap-x-4 phone:grid-cols-2">
          <Field label="First day" hint="UTC" error={errors.from}>
            <Input name="first" type="date" defaultValue={prefill.first} required />
          </Field>
          <Field label="Last day" hint="UTC, included" error={errors.to}>
            <Input name="last" type="date" defaultValue={prefill.last} required />
          </Field>
          <Field label="Models" hint="As they are stored, one a line; empty for all" error={errors.models}>
            <Textarea
              name="models"
              rows={Math.max(1, prefill.models.split("\n").length)}
              defaultValue={prefill.models}
              spellCheck={false}
              className="min-h-8"
            />
          </Field>
          <Field label="Prices" hint="A contract and a book of prices" error={errors.version}>
            <Choice value={version} onChange={setVersion} options={versionOptions(versions)} />
          </Field>
          <Field label="Reason" hint="Kept with the run" error={errors.reason} className="phone:col-span-2">
            <Input name="reason" defaultValue={prefill.reason} maxLength={500} autoComplete="off" required />
          </Field>
          <div className="phone:col-span-2">
            <FormError>{errors.form}</FormError>
            <Button type="submit" variant="primary" disabled={isPending}>
              {isPending ? "Starting…" : "Show the difference"}
            </Button>
          </div>
        </form>
      </PanelBody>
      <PanelFoot>A dry run in the background prices every call of the span again and changes none.</PanelFoot>
    </Panel>
  );
}

function versionOptions(versions: readonly Version[]): ChoiceOption[] {
  const known = versions.map(({ version, reason }) => ({
    value: String(version),
    label: `Version ${version}: ${reason.length > 60 ? `${reason.slice(0, 59)}…` : reason}`,
  }));
  return [{ value: NEWEST, label: "The newest" }, ...known];
}
