import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../../panels/report-page";
import { thresholdParams } from "../../panels/storm-words";
import { entityName, entityPath, type PageProps, readView, there } from "../../view";
import { ThresholdAction } from "../threshold-action";
import { PromptPanels } from "./prompt-panels";
import { readPromptCoverage } from "./read-prompt";

export const metadata = { title: "Prompt" };

/** When was this prompt sent, by whom, how did it end, and was it a storm? */
export default async function PromptPage({ params, searchParams }: PageProps<"project" | "hash">) {
  const [{ project, hash: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const prompt = entityName(segment, query.id);
  const view = readView(project, entityPath("/prompts", prompt).path, query, now());
  return (
    <ReportPage
      view={view}
      crumbs={[{ label: "Prompts", href: there(view, "/prompts", thresholdParams(view)) }]}
      title={<span className="mono [h1_&]:text-[19px]!">{prompt}</span>}
      question="When was this prompt sent, by whom, and how did it end?"
      coverage={(own, page) => readPromptCoverage(own, page, prompt)}
      actions={<ThresholdAction view={view} />}
      hasCompare={false}
    >
      <PanelGrid>
        <PromptPanels scope={scope} view={view} prompt={prompt} />
      </PanelGrid>
    </ReportPage>
  );
}
