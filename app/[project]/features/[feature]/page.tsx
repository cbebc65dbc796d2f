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
import { featureTable, GROUPINGS } from "./feature-columns";
import { FeatureInput } from "./feature-input";

type Props = PageProps<"project" | "feature">;

export const metadata = { title: "Feature" };

/** Why does this feature drift: its input per call, what changed its cost, who and what uses it. */
export default async function FeaturePage({ params, searchParams }: Props) {
  const [{ project, feature: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const feature = entityName(segment, query.id);
  const { path } = entityPath("/features", feature);
  const view = readView(project, path, query, now(), { dimension: "feature", value: feature });
  const panel = { scope, view };
  const crumbs = [{ label: "Features", href: there({ ...view, own: null }, "/features") }];
  return (
    <ReportPage view={view} crumbs={crumbs} title={feature} question="Why does it drift, and who pays for it?">
      <PanelGrid>
        <EntityFigures {...panel} />
        <FeatureInput {...panel} feature={feature} />
        <WhyItChanged {...panel} />
        <CostOverTime {...panel} stacks={["model", "tenant", "deploy", "token_kind"]} span={8} hasTable={false} />
        <TokenKinds {...panel} />
        <BreakdownTable {...panel} {...featureTable(choose(view, "by", GROUPINGS))} />
      </PanelGrid>
    </ReportPage>
  );
}
