import type { DataRow } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import { Badge } from "@/components/ui/badge";
import { encodeCallId } from "@/lib/calls/call-id";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatDay, formatMs, formatTime, formatUsd } from "@/lib/format";
import type { View } from "../view";
import { beside } from "./call-view";

/** One row of the list: opens its call beside it. */
export function toCallRow(call: Call, view: View, selected: string | undefined): DataRow {
  const id = encodeCallId(call);
  const isToday = call.occurredAt.toJSON().slice(0, 10) === view.now.toJSON().slice(0, 10);
  return {
    key: id,
    href: beside(view, id),
    keepsScroll: true,
    isSelected: id === selected,
    cells: {
      time: (
        <span className="mono font-normal">
          {!isToday && <span className="text-muted-foreground">{formatDay(call.occurredAt)} </span>}
          {formatTime(call.occurredAt, "ms")}
        </span>
      ),
      tenant: <Name text={call.tenantId} />,
      feature: <Name text={call.feature} />,
      model: <Name text={call.model} isMono />,
      status: <Status call={call} />,
      fresh: tokens(call.inputTokens),
      write: tokens(call.cacheCreate5mTokens + call.cacheCreate1hTokens),
      read: tokens(call.cacheReadTokens),
      output: tokens(call.outputTokens),
      latency: formatMs(call.latencyMs),
      cost: <Cost call={call} />,
    },
  };
}

function Name({ text, isMono = false }: { text: string; isMono?: boolean }) {
  return (
    <span title={text} className={`block max-w-[150px] truncate max-phone:max-w-[90px] ${isMono ? "mono" : ""}`}>
      {text}
    </span>
  );
}

const tokens = (count: number) => (count === 0 ? <Muted>0</Muted> : formatCount(count));

function Status({ call: { statusCode, attempt, line } }: { call: Call }) {
  const variant = statusCode === 429 ? "warn" : statusCode >= 400 ? "firing-soft" : null;
  return (
    <span className="inline-flex items-center gap-1">
      {variant ? <Badge variant={variant}>{statusCode}</Badge> : <Muted>{statusCode}</Muted>}
      {attempt > 1 && <Badge variant="outline">attempt {attempt}</Badge>}
      {line > 0 && <Badge variant="outline">line {line}</Badge>}
    </span>
  );
}

function Cost({ call }: { call: Call }) {
  if (call.pricingStatus === "not_billable") return <Muted>not billed</Muted>;
  if (call.costUsdPicos === null) return <Muted>unpriced</Muted>;
  return <span className="font-medium">{formatUsd(call.costUsdPicos)}</span>;
}
