import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { CsvAction } from "../panels/csv-action";
import { ReportPage } from "../panels/report-page";
import { type PageProps, readView } from "../view";
import { TenantsPanels } from "./tenants-panels";

export const metadata = { title: "Tenants" };

/** Who costs what, and how is that changing? */
export default async function TenantsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/tenants", await searchParams, now());
  return (
    <ReportPage
      view={view}
      title="Tenants"
      question="Who costs what, and how is that changing?"
      actions={<CsvAction view={view} report="cost-by-tenant" />}
    >
      <TenantsPanels scope={scope} view={view} />
    </ReportPage>
  );
}
