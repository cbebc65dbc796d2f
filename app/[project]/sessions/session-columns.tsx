import type { DataColumn, DataRow } from "@/components/data-table/data-table";
import { MoneyCell } from "@/components/data-table/money-cell";
import { Muted } from "@/components/data-table/muted";
import { formatCompact, formatCount, formatDuration, formatMinute, formatUsd } from "@/lib/format";
import type { Session } from "@/lib/sessions/dearest-sessions";
import type { View } from "../view";
import { traceHref } from "./trace-links";
import { growthText, shareOf } from "./trace-words";

/** The columns of the dearest sessions; a small panel takes some of them. */
export const SESSION_COLUMNS: readonly DataColumn[] = [
  { key: "session", label: "Session", align: "left" },
  { key: "tenant", label: "Tenant", align: "left", onPhone: false },
  { key: "feature", label: "Feature", align: "left", onPhone: false },
  { key: "turns", label: "Turns", onPhone: false },
  { key: "calls", label: "Calls", onPhone: false },
  { key: "started", label: "First call, UTC", onPhone: false },
  { key: "duration", label: "Duration", onPhone: false },
  { key: "input", label: "Input, first → last", onPhone: false },
  { key: "growth", label: "Growth" },
  { key: "resent", label: "Sent before", onPhone: false },
  { key: "resent_cost", label: "Cost of that", onPhone: false },
  { key: "cost", label: "Cost", width: 130 },
];

/** One of the dearest sessions; leads to its page. */
export function toSessionRow(session: Session, view: View, largest: bigint, places: number): DataRow {
  const { sessionId: id, firstInputTokens: first, lastInputTokens: last, features } = session;
  const [feature, ...more] = features;
  return {
    key: JSON.stringify([session.environment, session.tenantId, id]),
    href: traceHref(view, { kind: "session", id }, session),
    cells: {
      session: (
        <span className="mono block max-w-[190px] truncate max-phone:max-w-[120px]" title={id}>
          {id}
        </span>
      ),
      tenant: <Name text={session.tenantId} />,
      feature: <Name text={more.length > 0 ? `${feature} and ${more.length} more` : (feature ?? "")} />,
      turns: formatCount(session.turns),
      calls: formatCount(session.calls),
      started: formatMinute(session.firstAt),
      duration: formatDuration(Number(session.durationMs)),
      input: first === null || last === null ? <Muted>none</Muted> : `${formatCompact(first)} → ${formatCompact(last)}`,
      growth: growthText(first, last) ?? <Muted>none</Muted>,
      resent: session.inputTokens === 0n ? <Muted>none</Muted> : shareOf(session.resentTokens, session.inputTokens),
      resent_cost: formatUsd(session.resentCost, { places }),
      cost:
        session.cost === 0n && session.unpricedCalls > 0n ? (
          <Muted>unpriced</Muted>
        ) : (
          <MoneyCell
            picos={session.cost}
            places={places}
            share={largest > 0n ? Number(session.cost) / Number(largest) : 0}
          />
        ),
    },
  };
}

function Name({ text }: { text: string }) {
  return (
    <span className="block max-w-[150px] truncate" title={text}>
      {text}
    </span>
  );
}
