import { PanelGrid } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "../../panels/breakdown-table";
import { EntityFigures } from "../../panels/entity-figures";
import { WhyItChanged } from "../../panels/why-it-changed";
import { FeatureTasks } from "../../tasks/feature-tasks";
import { choose, type View } from "../../view";
import { featureTable, GROUPINGS } from "./feature-columns";
import { FeatureInput } from "./feature-input";
import { FeatureSpend } from "./feature-spend";

/** Everything about one feature: figures, what a success costs, its input, why it changed, what and who makes it dear. */
export function FeaturePanels({ scope, view, feature }: { scope: Scope; view: View; feature: string }) {
  const panel = { scope, view };
  return (
    <PanelGrid>
      <EntityFigures {...panel} />
      <FeatureTasks {...panel} />
      <FeatureInput {...panel} feature={feature} />
      <WhyItChanged {...panel} />
      <FeatureSpend {...panel} feature={feature} />
      <BreakdownTable {...panel} {...featureTable(choose(view, "by", GROUPINGS))} />
    </PanelGrid>
  );
}
