import { Suspense } from "react";
import { Panel, PanelFrame } from "@/components/shell/panel";
import { PanelError } from "@/components/shell/panel-error";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { Scanned } from "../../panels/scanned";
import type { View } from "../../view";
import { StormPanel } from "../storm-panel";
import { LatestCalls } from "./latest-calls";
import { PromptCuts } from "./prompt-cuts";
import { PromptKeyFigures } from "./prompt-key-figures";
import { PromptOverTime } from "./prompt-over-time";
import { readOwnStorms, readPrompt } from "./read-prompt";
import { UnknownPrompt } from "./unknown-prompt";

type Props = { scope: Scope; view: View; prompt: string };

/** All about one prompt; where it was not called, why there is nothing to see. */
export function PromptPanels(props: Props) {
  const waiting = (
    <PanelFrame label="Prompt">
      <PanelSkeleton note="Reading the calls of this prompt" />
    </PanelFrame>
  );
  return (
    <PanelError>
      <Suspense fallback={waiting}>
        <Scanned view={props.view}>{() => panels(props)}</Scanned>
      </Suspense>
    </PanelError>
  );
}

async function panels(props: Props) {
  const { scope, view, prompt } = props;
  const details = await readPrompt(scope, view, prompt);
  if (!details) {
    return (
      <Panel title="Calls" question="Of this prompt, in the period" height={160}>
        <UnknownPrompt {...props} />
      </Panel>
    );
  }
  return (
    <>
      {details.storms > 0 && (
        <StormPanel scope={scope} view={view} isOnItsPage read={(own, page) => readOwnStorms(own, page, prompt)} />
      )}
      <PromptKeyFigures view={view} details={details} />
      <PromptOverTime {...props} details={details} />
      <PromptCuts {...props} />
      <LatestCalls {...props} />
    </>
  );
}
