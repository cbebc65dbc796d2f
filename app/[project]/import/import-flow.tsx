"use client";

import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { type Format, UnreadableFile } from "@/lib/imports/schema";
import { DropZone } from "./drop-zone";
import { FileSettings } from "./file-settings";
import { MappingTable } from "./mapping-table";
import { PreviewTable } from "./preview-table";
import { RunPanel } from "./run-panel";
import { type Chosen, mappingOf, NO_SETTINGS, recognise, toOptions, usePreview, whatIsMissing } from "./use-chosen";
import { useSending } from "./use-sending";

type Props = { slug: string; environments: readonly string[] };

/** From a file to stored calls: chosen, recognised, looked at, sent. Nothing is sent before the person has seen what it would be. */
export function ImportFlow({ slug, environments }: Props) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [settings, setSettings] = useState(NO_SETTINGS);
  /** Whether the person has wanted to go on already. */
  const [isAsked, setIsAsked] = useState(false);
  const [environment, setEnvironment] = useState(environments[0] ?? "production");
  const { preview, problem: previewProblem } = usePreview(slug, chosen, settings);
  const { sending, isUnderWay, start, pause, stop, forget } = useSending(slug);

  const choose = async (next: readonly File[], forced: Format | null = null) => {
    setFiles(next);
    setSettings((now) => ({ ...now, mapping: null }));
    setIsAsked(false);
    forget();
    try {
      setChosen(await recognise(next, forced));
      setProblem(null);
    } catch (error) {
      setChosen(null);
      setProblem(error instanceof UnreadableFile ? error.message : "This file cannot be read.");
    }
  };

  const missing = chosen ? whatIsMissing(chosen.detected, settings) : [];
  return (
    <div className="grid gap-3">
      <Panel title="File" question="It is read in this browser; of each record only the fields of a call are sent">
        <PanelBody>
          <DropZone files={files} isDisabled={isUnderWay} onChoose={choose} />
          <FormError>{problem}</FormError>
        </PanelBody>
        <PanelFoot>
          For large or many files there is <code className="font-mono">npx spendtrace import FILE…</code>, which also
          goes on where it was broken off.
        </PanelFoot>
      </Panel>
      {chosen && sending === null && (
        <>
          <FileSettings
            detected={chosen.detected}
            settings={settings}
            onChange={setSettings}
            onFormat={(format) => choose(files, format)}
            environments={environments}
            environment={environment}
            onEnvironment={setEnvironment}
          />
          {chosen.detected.header.length > 0 && chosen.detected.format !== "litellm" && (
            <MappingTable
              detected={chosen.detected}
              mapping={mappingOf(chosen.detected, settings)}
              onChange={(mapping) => setSettings({ ...settings, mapping })}
            />
          )}
          <Panel title="Preview" question="What would the first calls be stored as, and what do they cost?">
            <PreviewTable preview={preview} problem={previewProblem} isTold={missing.length === 0} />
            <PanelFoot
              link={
                <Button
                  variant="primary"
                  onClick={() => {
                    setIsAsked(true);
                    if (missing.length === 0) start(chosen, toOptions(chosen.detected, settings), environment);
                  }}
                >
                  Import into {environment}
                </Button>
              }
            >
              {missing.length > 0 ? (
                <span role={isAsked ? "alert" : undefined} className={isAsked ? "text-firing" : "text-warn"}>
                  Still to be said: {missing.join(", ")}.
                </span>
              ) : (
                "Calls that are stored already change nothing."
              )}
            </PanelFoot>
          </Panel>
        </>
      )}
      {sending && (
        <RunPanel
          slug={slug}
          environment={environment}
          sending={sending}
          onPause={pause}
          onStop={stop}
          onAgain={forget}
        />
      )}
    </div>
  );
}
