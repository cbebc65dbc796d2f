import { requireProject } from "@/lib/auth/require-user";
import { readIngestState } from "@/lib/calls/ingest-state";
import { now } from "@/lib/clock";
import { OverviewPanels } from "./overview-panels";
import { CsvAction } from "./panels/csv-action";
import { ReportPage } from "./panels/report-page";
import { QuickStart } from "./quick-start/quick-start";
import { type PageProps, readView } from "./view";

export const metadata = { title: "Overview" };

/** What did we spend, is that normal, who spends it? Without a single call: how to send one. */
export default async function OverviewPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  if ((await readIngestState(scope)).lastCallAt === null) return <QuickStart slug={project} />;
  const view = readView(project, "", await searchParams, now());
  return (
    <ReportPage
      view={view}
      title="Overview"
      question="What did we spend, is that normal, and who spends it?"
      actions={<CsvAction view={view} report="cost-by-tenant" />}
    >
      <OverviewPanels scope={scope} view={view} />
    </ReportPage>
  );
}
