import { BarList } from "@/components/charts/bar-list";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import type { Scope } from "@/lib/auth/scope";
import { formatCount, formatUsd } from "@/lib/format";
import { toChartUsd } from "@/lib/money";
import { runReport } from "@/lib/reports/registry";
import { NoCalls } from "../panels/no-calls";
import { Scanned } from "../panels/scanned";
import { exportMenu, type View } from "../view";
import { type AttemptGroup, groupAttempts } from "./attempt-groups";

/** What further attempts cost, beside the first. */
export function AttemptCosts({ scope, view }: { scope: Scope; view: View }) {
  return (
    <Panel
      title="Cost by attempt"
      question="What do retries cost?"
      span={6}
      height={180}
      skeleton={<PanelSkeleton rows={4} note="Reading retries one by one" />}
      menu={exportMenu(view, "cost-by-attempt")}
    >
      <Scanned view={view} reads="main">
        {() => attempts(scope, view)}
      </Scanned>
    </Panel>
  );
}

async function attempts(scope: Scope, view: View) {
  const { rows } = await runReport(scope, "cost-by-attempt", { ...view.query, sort: null, options: {} });
  if (rows.length === 0) return <NoCalls view={view} />;
  const { first, further } = groupAttempts(rows);
  return (
    <>
      {further.length === 0 ? (
        <Empty title="No retries">No call of the period is a second attempt or a later one.</Empty>
      ) : (
        <PanelBody className="pt-1">
          <BarList
            label="Cost by attempt"
            rows={further.map((group) => ({
              key: group.name,
              name: group.name,
              size: toChartUsd(group.cost),
              count: formatCount(group.calls),
              value: amount(group),
              tone: "difference",
            }))}
          />
        </PanelBody>
      )}
      <PanelFoot>
        Attempt 1: {first.calls === 1n ? "1 call" : `${formatCount(first.calls)} calls`}, {amount(first)}
      </PanelFoot>
    </>
  );
}

function amount({ cost, unpricedCalls }: AttemptGroup): string {
  return cost === 0n && unpricedCalls > 0n ? "unpriced" : formatUsd(cost, { places: 2 });
}
