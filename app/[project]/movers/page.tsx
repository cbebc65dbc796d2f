import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { LargestMovers } from "./largest-movers";
import { MovementLedger } from "./movement-ledger";
import { MoversBar } from "./movers-bar";
import { MoversTable } from "./movers-table";
import { spanNames } from "./spans";

export const metadata = { title: "Movers" };

/** Who explains the change in spend? Recipe 2, for any dimension and any two periods. */
export default async function MoversPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/movers", await searchParams, now());
  const names = spanNames(view);
  const chosen = view.query.compare ? "" : ", the period before, as no comparison is chosen";
  return (
    <ReportPage
      view={view}
      title="Movers"
      question={`Who explains the change in spend? ${names.now} against ${names.before}${chosen}`}
    >
      <MoversBar view={view} />
      <PanelGrid>
        <MovementLedger scope={scope} view={view} />
        <LargestMovers scope={scope} view={view} />
        <MoversTable scope={scope} view={view} />
      </PanelGrid>
    </ReportPage>
  );
}
