import { PanelGrid } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "../../panels/breakdown-table";
import { CostOverTime } from "../../panels/cost-over-time";
import { EntityFigures } from "../../panels/entity-figures";
import { SpendPerHour } from "../../panels/spend-per-hour";
import { TokenKinds } from "../../panels/token-kinds";
import { WhyItChanged } from "../../panels/why-it-changed";
import { TenantSessions } from "../../sessions/tenant-sessions";
import { choose, shortName, type View } from "../../view";

const GROUPINGS = ["feature", "model", "deploy"] as const;

/** Everything about one tenant: figures, cost over time, why it changed, by feature, when, and which tokens. */
export function TenantPanels({ scope, view, tenant }: { scope: Scope; view: View; tenant: string }) {
  const panel = { scope, view };
  const by = choose(view, "by", GROUPINGS);
  return (
    <PanelGrid>
      <EntityFigures {...panel} />
      <CostOverTime
        {...panel}
        stacks={["feature", "model", "deploy", "token_kind"]}
        question="How is it changing?"
        span={8}
        hasTable={false}
      />
      <WhyItChanged {...panel} />
      <BreakdownTable
        {...panel}
        dimension={by}
        groupings={GROUPINGS}
        title={`By ${by}`}
        question={`What does ${shortName(tenant)} use?`}
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
      <TenantSessions {...panel} />
      <TokenKinds {...panel} span={5} />
      <SpendPerHour {...panel} who={shortName(tenant)} span={12} />
    </PanelGrid>
  );
}
