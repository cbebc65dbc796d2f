"use client";

import { Choice } from "@/components/forms/choice";
import { Panel, PanelBody } from "@/components/shell/panel";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { hasZonelessTimes } from "@/lib/imports/read-row";
import { type Detected, FORMATS, type Format } from "@/lib/imports/schema";
import { isZone } from "@/lib/imports/zoned-time";
import { type Settings, toOptions } from "./use-chosen";

const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  calls: "Calls",
  "message-batch": "Results of a Message Batch",
  litellm: "LiteLLM SpendLogs",
  "claude-code": "Claude Code transcripts",
};

type Props = {
  detected: Detected;
  settings: Settings;
  onChange: (settings: Settings) => void;
  onFormat: (format: Format) => void;
  environments: readonly string[];
  environment: string;
  onEnvironment: (environment: string) => void;
};

/** What a file does not say of its calls. */
export function FileSettings({ detected, settings, onChange, onFormat, ...where }: Props) {
  const { format } = detected;
  const set = (change: Partial<Settings>) => onChange({ ...settings, ...change });
  const hasZone = settings.zone !== "UTC" || hasZonelessTimes(detected, toOptions(detected, settings));
  return (
    <Panel title="Calls" question="What are they, and what does the file not say?">
      <PanelBody className="grid grid-cols-3 gap-x-4 max-shell:grid-cols-2 max-phone:grid-cols-1">
        <Field label="Format" hint="Told by the content">
          <Choice
            value={format}
            onChange={(value) => onFormat(value as Format)}
            options={FORMATS.map((value) => ({ value, label: FORMAT_NAMES[value] }))}
          />
        </Field>
        <Field label="Environment" hint="Every call of the file belongs to it">
          <Choice
            value={where.environment}
            onChange={where.onEnvironment}
            options={where.environments.map((value) => ({ value, label: value }))}
          />
        </Field>
        {format === "message-batch" && (
          <Field label="When the batch ran, UTC" hint="Results do not say; the same again for the same file">
            <Input type="datetime-local" value={settings.at} onChange={({ target }) => set({ at: target.value })} />
          </Field>
        )}
        <Field label="Only calls before, UTC" hint="Where another door brings the later ones">
          <Input
            type="datetime-local"
            value={settings.before}
            onChange={({ target }) => set({ before: target.value })}
          />
        </Field>
        {hasZone && (
          <Field
            label="Time zone"
            hint="Of times without one, such as Europe/Berlin"
            error={isZone(settings.zone) ? undefined : "Must be a zone such as Europe/Berlin or UTC"}
          >
            <Input value={settings.zone} onChange={({ target }) => set({ zone: target.value })} />
          </Field>
        )}
        <Field label="Tenant" hint={format === "claude-code" ? "Whose spend it is: you" : "Of calls that name none"}>
          <Input value={settings.tenant} maxLength={128} onChange={({ target }) => set({ tenant: target.value })} />
        </Field>
        <Field
          label="Feature"
          hint={format === "claude-code" ? "Where no directory is named" : "Of calls that name none"}
        >
          <Input value={settings.feature} maxLength={128} onChange={({ target }) => set({ feature: target.value })} />
        </Field>
        <Field label="Deploy" hint="Of calls that name none">
          <Input value={settings.deploy} maxLength={64} onChange={({ target }) => set({ deploy: target.value })} />
        </Field>
      </PanelBody>
    </Panel>
  );
}
