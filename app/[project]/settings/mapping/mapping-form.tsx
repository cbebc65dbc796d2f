"use client";

import { toast } from "sonner";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { PanelBody, PanelFoot, PanelFrame } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { formatMinute } from "@/lib/format";
import type { DoorMapping } from "@/lib/mapping/read";
import { MAPPED_FIELDS, type MappedField } from "@/lib/mapping/schema";
import { dropMapping, putMapping } from "./actions";
import { DOOR_WORDS, FIELD_LABELS } from "./door-words";
import { type MappingText, toMapping } from "./mapping-text";

type Props = {
  slug: string;
  chosen: DoorMapping;
  mayChange: boolean;
  text: MappingText;
  onChange: (text: MappingText) => void;
};

/** For each field the attributes that may name it, one a line, and what it is without any of them. */
export function MappingForm({ slug, chosen, mayChange, text, onChange }: Props) {
  const { door, changedAt, changedBy } = chosen;
  const save = useAction(putMapping.bind(null, slug));
  const reset = useAction(dropMapping.bind(null, slug));
  const change = (field: MappedField, part: Partial<MappingText[MappedField]>) =>
    onChange({ ...text, [field]: { ...text[field], ...part } });
  return (
    <PanelFrame label="Mapping">
      <header className="pt-[11px] pr-2.5 pl-4 max-phone:pl-3.5">
        <h2 className="font-semibold text-body tracking-[-0.008em]">Mapping</h2>
        <p className="text-muted-foreground text-note">
          Which attributes say who pays, for what and since which deploy?
        </p>
      </header>
      <form
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          save.run({ door, ...toMapping(text) }, () => void toast.success("Saved: new calls go by it"));
        }}
      >
        <PanelBody>
          <div className="grid grid-cols-3 gap-x-6 gap-y-2 max-phone:grid-cols-1">
            {MAPPED_FIELDS.map((field) => (
              <fieldset key={field} disabled={!mayChange} className="min-w-0">
                <legend className="sr-only">{FIELD_LABELS[field]}</legend>
                <Field label={FIELD_LABELS[field]} error={save.errors[field]} className="mb-1.5">
                  <Textarea
                    rows={5}
                    wrap="off"
                    spellCheck={false}
                    className="mono overflow-x-auto text-note"
                    value={text[field].keys}
                    onChange={(event) => change(field, { keys: event.target.value })}
                  />
                </Field>
                <Field label={`${FIELD_LABELS[field]}, else`}>
                  <Input
                    autoComplete="off"
                    placeholder="none"
                    value={text[field].fallback}
                    onChange={(event) => change(field, { fallback: event.target.value })}
                  />
                </Field>
              </fieldset>
            ))}
          </div>
          {mayChange && (
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" disabled={save.isPending}>
                {save.isPending ? "Saving…" : "Save"}
              </Button>
              {changedAt && (
                <Button
                  disabled={reset.isPending}
                  onClick={() => reset.run({ door }, () => void toast.success("The defaults hold again"))}
                >
                  Reset to the defaults
                </Button>
              )}
            </div>
          )}
          <FormError>{save.errors.form ?? reset.errors.form}</FormError>
        </PanelBody>
      </form>
      <PanelFoot>
        {changedAt
          ? `Changed by ${changedBy ?? "someone who is gone"}, ${formatMinute(changedAt)} UTC.`
          : `The defaults for ${DOOR_WORDS[door].label}.`}{" "}
        One attribute a line: the first that a call carries counts
        {door === "otlp" && ", a span’s own before those of its resource"}. Calls that are stored stay as they are.
      </PanelFoot>
    </PanelFrame>
  );
}
