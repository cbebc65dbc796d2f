import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { AttemptCosts } from "./attempt-costs";
import { PromptActions } from "./prompt-actions";
import { PromptFigures } from "./prompt-figures";
import { PromptTable } from "./prompt-table";
import { RepeatsByFeature } from "./repeats-by-feature";
import { StormPanel } from "./storm-panel";

export const metadata = { title: "Prompts" };
const QUESTION = "Which prompt is hot, and is it a retry storm?";

/** Hot prompts, repeats and storms of the period. */
export default async function PromptsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/prompts", await searchParams, now());
  const panel = { scope, view };
  const actions = <PromptActions view={view} />;
  return (
    <ReportPage view={view} title="Prompts" question={QUESTION} actions={actions} hasCompare={false}>
      <PanelGrid>
        <StormPanel {...panel} />
        <PromptFigures {...panel} />
        <PromptTable {...panel} />
        <AttemptCosts {...panel} />
        <RepeatsByFeature {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
