import { listDearestSessions, type Session } from "@/lib/sessions/dearest-sessions";
import { growthOf } from "./dearest-tasks";
import type { Report } from "./report";
import type { Row } from "./schema";
import { frameOf, MAX_DEAREST } from "./task-report";

function toRow(session: Session): Row {
  const { inputTokens, resentTokens, resentReadTokens } = session;
  return {
    session: session.sessionId,
    tenant: session.tenantId,
    environment: session.environment,
    features: session.features.join(" "),
    cost: session.cost,
    calls: session.calls,
    turns: session.turns,
    first_seen: session.firstAt,
    last_seen: session.lastAt,
    duration: Number(session.durationMs),
    first_input_tokens: session.firstInputTokens,
    last_input_tokens: session.lastInputTokens,
    input_growth: growthOf(session.firstInputTokens, session.lastInputTokens),
    input_tokens: inputTokens,
    resent_tokens: resentTokens,
    resent_read_tokens: resentReadTokens,
    resent_share: inputTokens === 0n ? null : Number(resentTokens) / Number(inputTokens),
    resent_cost: session.resentCost,
    unpriced_calls: session.unpricedCalls,
  };
}

/** The sessions that cost most with the calls that they made in the period. */
export const dearestSessions: Report = {
  label: "Dearest sessions",
  question: "Which conversations cost most?",
  dimensions: ["session", "tenant", "environment"],
  groupable: [],
  measures: [],
  selectable: [],
  slicedBy: () => null,
  run: async (scope, query, asOf) => {
    const [{ sessions, summary }, frame] = await Promise.all([
      listDearestSessions(scope, query, Math.min(query.limit, MAX_DEAREST)),
      frameOf(scope, "dearest-sessions", query, asOf),
    ]);
    return {
      ...frame,
      columns: [
        { key: "session", label: "Session", unit: "text" },
        { key: "tenant", label: "Tenant", unit: "text" },
        { key: "environment", label: "Environment", unit: "text" },
        { key: "features", label: "Features", unit: "text" },
        { key: "cost", label: "Cost", unit: "usd_picos" },
        { key: "calls", label: "Calls", unit: "calls" },
        { key: "turns", label: "Turns", unit: "calls" },
        { key: "first_seen", label: "First call", unit: "time" },
        { key: "last_seen", label: "Last call", unit: "time" },
        { key: "duration", label: "Duration", unit: "ms" },
        { key: "first_input_tokens", label: "Input of the first call", unit: "tokens", missing: "gap" },
        { key: "last_input_tokens", label: "Input of the last call", unit: "tokens", missing: "gap" },
        { key: "input_growth", label: "Input, last over first", unit: "ratio", missing: "gap" },
        { key: "input_tokens", label: "Input tokens", unit: "tokens" },
        { key: "resent_tokens", label: "Sent before, at most", unit: "tokens" },
        { key: "resent_read_tokens", label: "Sent before, at least", unit: "tokens" },
        { key: "resent_share", label: "Share sent before, at most", unit: "ratio", missing: "gap" },
        { key: "resent_cost", label: "Cost of what was sent before", unit: "usd_picos" },
        { key: "unpriced_calls", label: "Unpriced calls", unit: "calls" },
      ],
      rows: sessions.map(toRow),
      rowCount: Number(summary.sessions),
      totals: { cost: summary.cost, calls: summary.calls, unpriced_calls: summary.unpricedCalls },
    };
  },
};
