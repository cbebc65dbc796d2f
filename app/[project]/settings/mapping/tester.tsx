"use client";

import { useEffect, useRef, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useAction } from "@/components/forms/use-action";
import { PanelBody, PanelFoot, PanelFrame } from "@/components/shell/panel";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { MappedDoor, Mapping } from "@/lib/mapping/schema";
import { tryMapping } from "./actions";
import { DOOR_WORDS } from "./door-words";
import { MAX_TRIED_TEXT } from "./limits";
import { TriedRecord } from "./tried-record";
import type { Trial } from "./try-payload";

const WAIT_MS = 300;

/** A payload to paste, and what it would become by the mapping above, a moment after either changes. */
export function Tester({ slug, door, mapping }: { slug: string; door: MappedDoor; mapping: Mapping }) {
  const [text, setText] = useState("");
  const [trial, setTrial] = useState<Trial | null>(null);
  const { run, errors, isPending } = useAction(tryMapping.bind(null, slug));
  const asked = JSON.stringify({ door, mapping, text });
  const latest = useRef(asked);
  latest.current = asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked says it all; the action is a new function each time
  useEffect(() => {
    if (text.trim() === "") return setTrial(null);
    const timer = setTimeout(() => {
      run({ door, mapping, text }, (answer) => {
        // A slower answer to an earlier question is not the answer.
        if (latest.current === asked) setTrial(answer);
      });
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const why = errors.text ?? (errors.mapping && `Mapping: ${errors.mapping}`) ?? errors.form;
  return (
    <PanelFrame label="Tester">
      <header className="pt-[11px] pr-2.5 pl-4 max-phone:pl-3.5">
        <h2 className="font-semibold text-body tracking-[-0.008em]">Tester</h2>
        <p className="text-muted-foreground text-note">What would it become?</p>
      </header>
      <PanelBody>
        <Field label={DOOR_WORDS[door].paste} className="mb-0">
          <Textarea
            rows={7}
            spellCheck={false}
            maxLength={MAX_TRIED_TEXT}
            placeholder={DOOR_WORDS[door].example}
            className="mono text-note"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <FormError>{why}</FormError>
        <div aria-live="polite" aria-busy={isPending || undefined} className="grid gap-3">
          {!why && trial && !trial.ok && <p className="mt-3 text-firing">{trial.why}</p>}
          {!why &&
            trial?.ok &&
            trial.records.map(({ name, judged }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: records have no identity but their place
              <TriedRecord key={index} name={name} judged={judged} />
            ))}
          {!why && trial?.ok && trial.total > trial.records.length && (
            <p className="text-muted-foreground text-note">
              The first {trial.records.length} of {trial.total} are shown.
            </p>
          )}
        </div>
      </PanelBody>
      <PanelFoot>Nothing that is pasted here is stored or logged.</PanelFoot>
    </PanelFrame>
  );
}
