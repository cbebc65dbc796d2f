import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CsvAction } from "../panels/csv-action";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { ByOutcome } from "./by-outcome";
import { CostTable } from "./cost-table";
import { DearestTasks } from "./dearest-tasks";
import { TaskFigures } from "./task-figures";
import { Turns } from "./turns";

export const metadata = { title: "Tasks" };

/** What does a successful task cost? */
export default async function TasksPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/tasks", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage
      view={view}
      title="Tasks"
      question="What does a successful task cost, failures included?"
      hasCompare={false}
      actions={<CsvAction view={view} report="dearest-tasks" />}
    >
      <PanelGrid>
        <TaskFigures {...panel} />
        <CostTable {...panel} />
        <ByOutcome {...panel} />
        <Turns {...panel} />
        <DearestTasks {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
