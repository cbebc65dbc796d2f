import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { BreakdownTable } from "../../panels/breakdown-table";
import { CostOverTime } from "../../panels/cost-over-time";
import { EntityFigures } from "../../panels/entity-figures";
import { ReportPage } from "../../panels/report-page";
import { SpendPerHour } from "../../panels/spend-per-hour";
import { TokenKinds } from "../../panels/token-kinds";
import { WhyItChanged } from "../../panels/why-it-changed";
import { choose, entityName, type PageProps, readView, there } from "../../view";

/** One tenant: the same as of all, over time, by feature, model and deploy, and why it changed. */
export default async function TenantPage({ params, searchParams }: PageProps<"project" | "tenant">) {
  const [{ project, tenant: segment }, search] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const tenant = entityName(segment, search.id);
  const view = readView(project, `/tenants/${segment}`, search, now(), { dimension: "tenant", value: tenant });
  const panel = { scope, view };
  const by = choose(view, "by", ["feature", "model", "deploy"]);
  return (
    <ReportPage
      view={view}
      title={tenant}
      question={`What does ${tenant} cost, and how is that changing?`}
      crumbs={[{ label: "Tenants", href: there(view, "/tenants", { "filter.tenant": null }) }]}
    >
      <PanelGrid>
        <EntityFigures {...panel} />
        <CostOverTime {...panel} stacks={["feature", "model", "deploy", "token_kind"]} span={8} hasTable={false} />
        <WhyItChanged {...panel} />
        <BreakdownTable
          {...panel}
          dimension={by}
          groupings={["feature", "model", "deploy"]}
          title={`By ${by}`}
          question={`What does ${tenant} use?`}
          columns={[
            "spend",
            "change",
            "trend",
            "calls",
            "cost_per_call",
            "cost_per_call_before",
            "input_per_call",
            "input_per_call_before",
            "cache_hit",
          ]}
          hasSwatch
        />
        <SpendPerHour {...panel} who={tenant} />
        <TokenKinds {...panel} span={5} />
      </PanelGrid>
    </ReportPage>
  );
}
