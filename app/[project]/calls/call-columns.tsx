import type { ReactNode } from "react";
import type { DataColumn } from "@/components/data-table/data-table";
import { Muted } from "@/components/data-table/muted";
import type { Call } from "@/lib/calls/read";
import { formatCount, formatDay, formatMs, formatPercent, formatSha, formatTime, formatUsd } from "@/lib/format";
import { CallStatus } from "./call-status";

/** A column of the list of calls. */
export type CallColumn = DataColumn &
  Readonly<{
    /** As the menu of columns calls it, where that is more than the head. */
    name?: string;
    isDefault?: boolean;
    cell: (call: Call, now: Date) => ReactNode;
  }>;

const text = (
  key: string,
  label: string,
  of: (call: Call) => string | null,
  more: Partial<CallColumn> = {},
): CallColumn => ({
  key,
  label,
  align: "left",
  onPhone: false,
  cell: (call) => <Name text={of(call)} isMono={more.isMuted === false} />,
  ...more,
});
/** What is copied stands in mono. */
const MONO = { isMuted: false };

const count = (key: string, label: string, of: (call: Call) => number, more: Partial<CallColumn> = {}): CallColumn => ({
  key,
  label,
  onPhone: false,
  cell: (call) => (of(call) === 0 ? <Muted>0</Muted> : formatCount(of(call))),
  ...more,
});

const inputOf = (call: Call) =>
  call.inputTokens + call.cacheCreate5mTokens + call.cacheCreate1hTokens + call.cacheReadTokens;

/** Every column there is, in the order in which they stand. The time is always there: it opens the call. */
export const CALL_COLUMNS: readonly CallColumn[] = [
  {
    key: "time",
    label: "Time, UTC",
    sortKey: "occurred_at",
    isDescOnly: true,
    align: "left",
    isDefault: true,
    cell: (call, now) => <Time at={call.occurredAt} now={now} />,
  },
  text("tenant", "Tenant", (call) => call.tenantId, { isDefault: true, onPhone: true }),
  text("feature", "Feature", (call) => call.feature, { isDefault: true }),
  text("deploy", "Deploy", (call) => formatSha(call.deploySha), MONO),
  text("environment", "Environment", (call) => call.environment),
  text("model", "Model", (call) => call.model, { ...MONO, isDefault: true }),
  text("provider", "Provider", (call) => call.provider),
  text("service_tier", "Tier", (call) => call.serviceTier, { name: "Service tier" }),
  text("user", "User", (call) => call.userId, MONO),
  text("session", "Session", (call) => call.sessionId, MONO),
  text("task", "Task", (call) => call.taskId, MONO),
  text("prompt", "Prompt hash", (call) => call.promptHash, MONO),
  text("prefix", "Prefix hash", (call) => call.prefixHash, MONO),
  text("request", "Request id", (call) => call.requestId, MONO),
  text("source", "Source", (call) => call.source),
  {
    key: "status",
    label: "Status",
    align: "left",
    onPhone: false,
    isDefault: true,
    cell: (call) => <CallStatus call={call} />,
  },
  text("stop_reason", "Stop reason", (call) => call.stopReason),
  count("input", "Input", inputOf, { name: "Input, all kinds", sortKey: "input_tokens", isDescOnly: true }),
  count("fresh", "Fresh", (call) => call.inputTokens, { isDefault: true }),
  count("write", "Write", (call) => call.cacheCreate5mTokens + call.cacheCreate1hTokens, {
    name: "Cache write, 5m and 1h",
    isDefault: true,
  }),
  count("write_5m", "Write 5m", (call) => call.cacheCreate5mTokens, { name: "Cache write 5m" }),
  count("write_1h", "Write 1h", (call) => call.cacheCreate1hTokens, { name: "Cache write 1h" }),
  count("read", "Read", (call) => call.cacheReadTokens, { name: "Cache read", isDefault: true }),
  count("output", "Output", (call) => call.outputTokens, {
    sortKey: "output_tokens",
    isDescOnly: true,
    isDefault: true,
  }),
  {
    key: "max_tokens",
    label: "Of max",
    name: "Output of max tokens",
    onPhone: false,
    cell: ({ outputTokens, maxTokens }) =>
      maxTokens ? formatPercent(outputTokens / maxTokens) : <Muted>not sent</Muted>,
  },
  {
    key: "latency",
    label: "Latency",
    sortKey: "latency_ms",
    isDescOnly: true,
    isMuted: true,
    onPhone: false,
    isDefault: true,
    cell: (call) => formatMs(call.latencyMs),
  },
  {
    key: "ttft",
    label: "First token",
    isMuted: true,
    onPhone: false,
    cell: ({ ttftMs }) => (ttftMs === null ? <Muted>not sent</Muted> : formatMs(ttftMs)),
  },
  {
    key: "list_cost",
    label: "List price",
    onPhone: false,
    cell: ({ listCostUsdPicos: listed }) => (listed === null ? <Muted>none</Muted> : formatUsd(listed)),
  },
  {
    key: "reported",
    label: "Reckoned",
    name: "Cost the client reckoned",
    onPhone: false,
    cell: ({ reportedCostUsdPicos: reported }) => (reported === null ? <Muted>not sent</Muted> : formatUsd(reported)),
  },
  {
    key: "cost",
    label: "Cost",
    sortKey: "cost_usd",
    isDescOnly: true,
    isDefault: true,
    cell: (call) => <Cost call={call} />,
  },
];

function Time({ at, now }: { at: Date; now: Date }) {
  const isToday = at.toJSON().slice(0, 10) === now.toJSON().slice(0, 10);
  return (
    <span className="mono font-normal">
      {!isToday && <span className="text-muted-foreground">{formatDay(at)} </span>}
      {formatTime(at)}
      <span className="max-phone:hidden">{formatTime(at, "ms").slice(8)}</span>
    </span>
  );
}

function Name({ text, isMono = false }: { text: string | null; isMono?: boolean }) {
  if (text === null) return <Muted>not sent</Muted>;
  return (
    <span title={text} className={`block max-w-[150px] truncate max-phone:max-w-[90px] ${isMono ? "mono" : ""}`}>
      {text}
    </span>
  );
}

function Cost({ call }: { call: Call }) {
  if (call.pricingStatus === "not_billable") return <Muted>not billed</Muted>;
  if (call.costUsdPicos === null) return <Muted>unpriced</Muted>;
  return <span className="font-medium">{formatUsd(call.costUsdPicos)}</span>;
}
