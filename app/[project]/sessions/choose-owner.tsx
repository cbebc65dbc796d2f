import Link from "next/link";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount, PanelFrame } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import { formatCount, formatMinute, formatUsd } from "@/lib/format";
import type { Trace, TraceId } from "@/lib/sessions/read-trace";
import { here, type View } from "../view";
import { traceHref } from "./trace-links";

const COLUMNS: readonly DataColumn[] = [
  { key: "tenant", label: "Tenant", align: "left" },
  { key: "environment", label: "Environment", align: "left", onPhone: false },
  { key: "calls", label: "Calls" },
  { key: "first", label: "First call, UTC", onPhone: false },
  { key: "cost", label: "Cost" },
];

/** What stands on the page where an id is nobody's, or several tenants': never the sum of strangers. */
export function ChooseOwner({ view, of, traces }: { view: View; of: TraceId; traces: readonly Trace[] }) {
  if (traces.length === 0) return <Unknown view={view} of={of} />;
  return (
    <Panel
      title={`Whose ${of.kind}?`}
      question={`Several tenants or environments sent this id: each is a ${of.kind} of its own`}
      right={<PanelCount>{traces.length === 100 ? "the dearest 100" : `${traces.length} in all`}</PanelCount>}
    >
      <DataTable
        label={`Whose ${of.kind}`}
        columns={COLUMNS}
        sort={null}
        rows={traces.map((trace) => ({
          key: JSON.stringify([trace.tenantId, trace.environment]),
          href: traceHref(view, of, trace),
          cells: {
            tenant: (
              <span className="block max-w-[320px] truncate max-phone:max-w-[140px]" title={trace.tenantId}>
                {trace.tenantId}
              </span>
            ),
            environment: trace.environment,
            calls: formatCount(trace.calls),
            first: formatMinute(trace.firstAt),
            cost: formatUsd(trace.costUsdPicos),
          },
        }))}
      />
    </Panel>
  );
}

function Unknown({ view, of }: { view: View; of: TraceId }) {
  const chips = [...new Set(view.params.keys())].filter((name) => /^(filter|not)\.|^(env|of|in)$/.test(name));
  return (
    <PanelFrame label={`No such ${of.kind}`} className="min-h-[240px]">
      <Empty
        title={`No calls of this ${of.kind}`}
        action={
          chips.length > 0 && (
            <Button asChild>
              <Link href={here(view, Object.fromEntries(chips.map((name) => [name, null])))}>Remove the filters</Link>
            </Button>
          )
        }
      >
        {chips.length > 0
          ? `The filters let through no call that was sent with this ${of.kind}_id.`
          : `No call that you may see was sent with this ${of.kind}_id. Calls older than the retention are gone.`}
      </Empty>
    </PanelFrame>
  );
}
