import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CsvAction } from "../panels/csv-action";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { SessionFigures } from "./session-figures";
import { SessionTable } from "./session-table";

export const metadata = { title: "Sessions" };

/** Which conversations cost most? */
export default async function SessionsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/sessions", await searchParams, now());
  return (
    <ReportPage
      view={view}
      title="Sessions"
      question="Which conversations cost most, and how much do they send again?"
      hasCompare={false}
      actions={<CsvAction view={view} report="dearest-sessions" />}
    >
      <PanelGrid>
        <SessionFigures scope={scope} view={view} />
        <SessionTable scope={scope} view={view} />
      </PanelGrid>
    </ReportPage>
  );
}
