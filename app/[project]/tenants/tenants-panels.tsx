import { PanelGrid } from "@/components/shell/panel";
import type { Scope } from "@/lib/auth/scope";
import { BreakdownTable } from "../panels/breakdown-table";
import { CostOverTime } from "../panels/cost-over-time";
import { TopMovers } from "../panels/top-movers";
import type { View } from "../view";

/** All tenants over time, their week over week (Recipe 2), and the table that can be sorted, searched and paged. */
export function TenantsPanels(panel: { scope: Scope; view: View }) {
  return (
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
  );
}
