import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CostOverTime } from "../panels/cost-over-time";
import { Coverage } from "../panels/coverage";
import { Latency } from "../panels/latency";
import { ReportPage } from "../panels/report-page";
import { TokenKinds } from "../panels/token-kinds";
import { type PageProps, readView } from "../view";
import { ModelTable } from "./model-table";

export const metadata = { title: "Models" };

/** What does each model cost us? */
export default async function ModelsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/models", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage view={view} title="Models" question="What does each model cost us?">
      <PanelGrid>
        <CostOverTime {...panel} stacks={["model", "provider", "service_tier", "token_kind"]} />
        <ModelTable {...panel} />
        <Latency {...panel} cuts={["model"]} />
        <Coverage {...panel} span={8} />
        <TokenKinds {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
