import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../panels/report-page";
import type { PageProps } from "../view";
import { CallAside } from "./call-aside";
import { CallChips } from "./call-chips";
import { readCallView } from "./call-view";
import { CallsOverTime } from "./calls-over-time";
import { CallsTable } from "./calls-table";

export const metadata = { title: "Calls" };

/** Show me the rows. */
export default async function CallsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const page = readCallView(project, await searchParams, now());
  const { view } = page;
  const id = view.params.get("call");
  return (
    <ReportPage
      view={view}
      title="Calls"
      question="Show me the rows"
      hasCompare={false}
      extra={<CallChips view={view} filters={page.own} />}
    >
      <div className="flex flex-col gap-3">
        <CallsOverTime scope={scope} page={page} />
        <div className={id ? "grid items-start gap-3 wide:grid-cols-[minmax(0,1fr)_392px]" : undefined}>
          <div className="min-w-0">
            <CallsTable scope={scope} page={page} isNarrow={id !== null} />
          </div>
          {id && <CallAside scope={scope} view={view} id={id} />}
        </div>
      </div>
    </ReportPage>
  );
}
