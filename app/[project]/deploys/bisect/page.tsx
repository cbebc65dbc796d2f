import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../../panels/report-page";
import { type PageProps, readView, there } from "../../view";
import { FeatureSteps } from "./feature-steps";
import { FoundSteps } from "./found-steps";
import { MetricOverDeploys } from "./metric-over-deploys";

export const metadata = { title: "Bisect deploys" };

/** Since which deploy is it so? */
export default async function BisectPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/deploys/bisect", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage
      view={view}
      hasCompare={false}
      crumbs={[{ label: "Deploys", href: there(view, "/deploys") }]}
      title="Bisect"
      question="Since which deploy is it so?"
    >
      <PanelGrid>
        <MetricOverDeploys {...panel} />
        <FoundSteps {...panel} />
        <FeatureSteps {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
