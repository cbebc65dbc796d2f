import { PanelGrid } from "@/components/shell/panel";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { BreakdownTable } from "../../panels/breakdown-table";
import { CostOverTime } from "../../panels/cost-over-time";
import { EntityFigures } from "../../panels/entity-figures";
import { ReportPage } from "../../panels/report-page";
import { TokenKinds } from "../../panels/token-kinds";
import { WhyItChanged } from "../../panels/why-it-changed";
import { choose, entityName, entityPath, type PageProps, readView, there } from "../../view";
import { UnpricedModels } from "../unpriced-models";
import { GROUPINGS, modelTable } from "./model-columns";

/** What does this model cost, for which tokens, and who uses it? */
export default async function ModelPage({ params, searchParams }: PageProps<"project" | "model">) {
  const [{ project, model: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const model = entityName(segment, query.id);
  const { path } = entityPath("/models", model);
  const view = readView(project, path, query, now(), { dimension: "model", value: model });
  const panel = { scope, view };
  const crumbs = [{ label: "Models", href: there({ ...view, own: null }, "/models") }];
  return (
    <ReportPage
      view={view}
      crumbs={crumbs}
      title={model}
      question="What does it cost, for which tokens, and who uses it?"
    >
      <PanelGrid>
        <EntityFigures {...panel} />
        <CostOverTime
          {...panel}
          stacks={["feature", "tenant", "service_tier", "token_kind"]}
          span={8}
          hasTable={false}
        />
        <TokenKinds {...panel} />
        <BreakdownTable {...panel} {...modelTable(choose(view, "by", GROUPINGS))} />
        <WhyItChanged {...panel} />
        <UnpricedModels {...panel} />
      </PanelGrid>
    </ReportPage>
  );
}
