import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { BreakdownTable } from "../panels/breakdown-table";
import { CostOverTime } from "../panels/cost-over-time";
import { CsvAction } from "../panels/csv-action";
import { ReportPage } from "../panels/report-page";
import { TopMovers } from "../panels/top-movers";
import { type PageProps, readView } from "../view";

export const metadata = { title: "Tenants" };

/** Who costs what, and how is that changing? */
export default async function TenantsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const view = readView(project, "/tenants", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage
      view={view}
      title="Tenants"
      question="Who costs what, and how is that changing?"
      actions={<CsvAction view={view} report="cost-by-tenant" />}
    >
      <PanelGrid>
        <CostOverTime {...panel} stacks={["tenant"]} question="Who spends it?" span={8} hasTable={false} />
        <TopMovers {...panel} dimensions={["tenant"]} rows={9} title="Week over week" />
        <BreakdownTable
          {...panel}
          dimension="tenant"
          title="All tenants"
          question="Sort, search, or open one"
          columns={["spend", "change", "trend", "week", "calls", "cost_per_call", "cache_hit", "errors", "retries"]}
          limit={100}
          isSearchable
        />
      </PanelGrid>
    </ReportPage>
  );
}
