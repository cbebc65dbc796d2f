import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { Latency } from "../panels/latency";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { Attempts } from "./attempts";
import { ErrorStatuses } from "./error-statuses";
import { ErrorsOverTime } from "./errors-over-time";
import { ReliabilityFigures } from "./reliability-figures";
import { RetryCost } from "./retry-cost";

export const metadata = { title: "Reliability" };

/** What do errors and retries cost, and how slow is it? */
export default async function ReliabilityPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/reliability", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage view={view} title="Reliability" question="What do errors and retries cost, and how slow is it?">
      <PanelGrid>
        <ReliabilityFigures {...panel} />
        <ErrorsOverTime {...panel} />
        <RetryCost {...panel} />
        <ErrorStatuses {...panel} />
        <Attempts {...panel} />
        <Latency {...panel} cuts={["model", "feature", "both"]} reads="main" />
      </PanelGrid>
    </ReportPage>
  );
}
