import { PanelGrid } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "../../panels/breakdown-table";
import { CostOverTime } from "../../panels/cost-over-time";
import { Coverage } from "../../panels/coverage";
import { EntityFigures } from "../../panels/entity-figures";
import { Latency } from "../../panels/latency";
import { TokenKinds } from "../../panels/token-kinds";
import { WhyItChanged } from "../../panels/why-it-changed";
import { choose, type View } from "../../view";
import { GROUPINGS, modelTable } from "./model-columns";

/** What one model costs, for which kinds of tokens, who uses it, and which of its calls have no price. */
export function ModelPanels(panel: { scope: Scope; view: View }) {
  return (
    <PanelGrid>
      <EntityFigures {...panel} />
      <CostOverTime {...panel} stacks={["feature", "tenant", "service_tier", "token_kind"]} span={8} hasTable={false} />
      <TokenKinds {...panel} />
      <BreakdownTable {...panel} {...modelTable(choose(panel.view, "by", GROUPINGS))} />
      <Latency {...panel} cuts={["feature"]} />
      <WhyItChanged {...panel} />
      <Coverage {...panel} span={8} />
    </PanelGrid>
  );
}
