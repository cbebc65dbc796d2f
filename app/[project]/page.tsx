import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { readIngestState } from "@/lib/calls/ingest-state";
import { now } from "@/lib/clock";
import { BreakdownTable } from "./panels/breakdown-table";
import { CostOverTime } from "./panels/cost-over-time";
import { Coverage } from "./panels/coverage";
import { CsvAction } from "./panels/csv-action";
import { OverviewFigures } from "./panels/overview-figures";
import { ReportPage } from "./panels/report-page";
import { TokenKinds } from "./panels/token-kinds";
import { TopMovers } from "./panels/top-movers";
import { QuickStart } from "./quick-start/quick-start";
import { type PageProps, readView } from "./view";

export const metadata = { title: "Overview" };

/** What did we spend, is that normal, who spends it? */
export default async function OverviewPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  if ((await readIngestState(scope)).lastCallAt === null) return <QuickStart slug={project} />;
  const view = readView(project, "", await searchParams, now());
  const panel = { scope, view };
  return (
    <ReportPage
      view={view}
      title="Overview"
      question="What did we spend, is that normal, and who spends it?"
      actions={<CsvAction view={view} report="cost-by-tenant" />}
    >
      <PanelGrid>
        <OverviewFigures {...panel} />
        <CostOverTime {...panel} stacks={["feature", "tenant", "model", "token_kind", "deploy"]} />
        <Coverage {...panel} />
        <TopMovers {...panel} />
        <TokenKinds {...panel} />
        <BreakdownTable
          {...panel}
          dimension="tenant"
          title="Tenants"
          question="Who spends it?"
          columns={["spend", "change", "trend", "calls", "cost_per_call", "cache_hit", "errors", "retries"]}
        />
      </PanelGrid>
    </ReportPage>
  );
}
