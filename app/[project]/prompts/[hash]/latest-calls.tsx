import Link from "next/link";
import { type DataColumn, type DataRow, DataTable } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Panel, PanelFoot } from "@/components/shell/panel";
import { PanelSkeleton } from "@/components/shell/panel-skeleton";
import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import { encodeCallId } from "@/lib/calls/call-id";
import { type Call, listCalls } from "@/lib/calls/read";
import { formatCount, formatDay, formatMs, formatTime, formatUsd } from "@/lib/format";
import { promptCallsHref } from "../../panels/storm-words";
import { there, type View } from "../../view";
import { promptFilters } from "./read-prompt";

const ROWS = 10;

const COLUMNS: readonly DataColumn[] = [
  { key: "time", label: "Time, UTC", align: "left" },
  { key: "tenant", label: "Tenant", align: "left" },
  { key: "deploy", label: "Deploy", align: "left", onPhone: false },
  { key: "status", label: "Status", align: "left", onPhone: false },
  { key: "input", label: "Input", onPhone: false },
  { key: "output", label: "Output", onPhone: false },
  { key: "latency", label: "Latency", isMuted: true, onPhone: false },
  { key: "cost", label: "Cost" },
];

type Props = { scope: Scope; view: View; prompt: string };

/** The last calls of the prompt in the period; the explorer has the others. */
export function LatestCalls(props: Props) {
  return (
    <Panel title="Latest calls" question="Show me the rows" height={180} skeleton={<PanelSkeleton rows={ROWS} />}>
      <Rows {...props} />
    </Panel>
  );
}

async function Rows({ scope, view, prompt }: Props) {
  const { period } = view.query;
  const filters = promptFilters(view, prompt);
  const { calls } = await listCalls(scope, { period, filters, limit: ROWS, cursor: null, sort: null });
  return (
    <>
      <DataTable
        label="Latest calls"
        density="dense"
        columns={COLUMNS}
        rows={calls.map((call) => toRow(call, view, prompt))}
        sort={null}
      />
      <PanelFoot link={<Link href={promptCallsHref(view, prompt)}>All calls of the prompt</Link>}>
        Newest first
      </PanelFoot>
    </>
  );
}

function toRow(call: Call, view: View, prompt: string): DataRow {
  const id = encodeCallId(call);
  return {
    key: id,
    href: there(view, `/calls/${id}`, { "filter.prompt": prompt }),
    cells: {
      time: (
        <span className="mono font-normal">
          <span className="text-muted-foreground">{formatDay(call.occurredAt)} </span>
          {formatTime(call.occurredAt, "ms")}
        </span>
      ),
      tenant: (
        <span title={call.tenantId} className="block max-w-[180px] truncate max-phone:max-w-[90px]">
          {call.tenantId}
        </span>
      ),
      deploy: (
        <span title={call.deploySha} className="mono block max-w-[120px] truncate">
          {call.deploySha.slice(0, 12)}
        </span>
      ),
      status: <Status call={call} />,
      input: formatCount(call.inputTokens + call.cacheCreate5mTokens + call.cacheCreate1hTokens + call.cacheReadTokens),
      output: formatCount(call.outputTokens),
      latency: formatMs(call.latencyMs),
      cost: <Cost call={call} />,
    },
  };
}

function Status({ call: { statusCode, attempt, stopReason } }: { call: Call }) {
  const variant = statusCode === 429 ? "warn" : statusCode >= 400 ? "firing-soft" : null;
  return (
    <span className="inline-flex items-center gap-1">
      {variant ? <Badge variant={variant}>{statusCode}</Badge> : <Muted>{stopReason ?? statusCode}</Muted>}
      {attempt > 1 && <Badge variant="outline">attempt {attempt}</Badge>}
    </span>
  );
}

function Cost({ call: { pricingStatus, costUsdPicos } }: { call: Call }) {
  if (pricingStatus === "not_billable") return <Muted>not billed</Muted>;
  return costUsdPicos === null ? <Muted>unpriced</Muted> : formatUsd(costUsdPicos);
}
