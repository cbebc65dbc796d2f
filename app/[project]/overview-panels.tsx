import { PanelGrid } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "./panels/breakdown-table";
import { CostOverTime } from "./panels/cost-over-time";
import { Coverage } from "./panels/coverage";
import { OverviewFigures } from "./panels/overview-figures";
import { StormNotice } from "./panels/storm-notice";
import { TokenKinds } from "./panels/token-kinds";
import { TopMovers } from "./panels/top-movers";
import type { View } from "./view";

/** What was spent, whether that is normal, and who spends it. */
export function OverviewPanels(panel: { scope: Scope; view: View }) {
  return (
    <PanelGrid>
      <StormNotice {...panel} />
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
  );
}
