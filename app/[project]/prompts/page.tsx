import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CsvAction } from "../panels/csv-action";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { AttemptCosts } from "./attempt-costs";
import { PromptFigures } from "./prompt-figures";
import { PromptTable } from "./prompt-table";
import { RepeatsByFeature } from "./repeats-by-feature";
import { StormPanel } from "./storm-panel";
import { ThresholdAction } from "./threshold-action";

export const metadata = { title: "Prompts" };

/** Which prompt is hot, and is it a retry storm? */
export default async function PromptsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/prompts", await searchParams, now());
  const panel = { scope, view };
  const actions = (
    <>
      <ThresholdAction view={view} />
      <CsvAction view={view} report="hot-prompts" />
    </>
  );
  return (
    <ReportPage
      view={view}
      title="Prompts"
      question="Which prompt is hot, and is it a retry storm?"
      actions={actions}
      hasCompare={false}
    >
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
