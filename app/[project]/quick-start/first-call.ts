import type { NewestCall } from "@/lib/calls/newest-call";
import { formatCount, formatUsd } from "@/lib/format";

/** The first call as the quick start shows it: figures formatted, in the order of the token kinds. */
export type FirstCall = Readonly<{
  /** ISO 8601. */
  at: string;
  model: string;
  /** By which door it came; null when posted as it is. */
  source: string | null;
  rows: readonly Readonly<{ label: string; tokens: string; cost: string }>[];
  total: string;
  isPriced: boolean;
  /** Why it has no price; null when it has one. */
  reason: string | null;
}>;

/** Puts a call into the words and figures of the quick start. */
export function showFirstCall(call: NewestCall): FirstCall {
  const isPriced = call.cost !== null;
  const row = (label: string, tokens: number, cost: bigint | null) => ({
    label,
    tokens: formatCount(tokens),
    cost: cost === null ? (isPriced ? "not billed" : "unpriced") : formatUsd(cost),
  });
  return {
    at: call.occurredAt.toISOString(),
    model: call.model,
    source: call.source,
    isPriced,
    reason: isPriced ? null : (call.pricingReason ?? "no price is known"),
    total: call.cost === null ? "unpriced" : formatUsd(call.cost),
    rows: [
      row("Fresh", call.inputTokens, call.inputCost),
      row("Cache write", call.cacheCreateTokens, call.cacheCreateCost),
      row("Cache read", call.cacheReadTokens, call.cacheReadCost),
      row("Output", call.outputTokens, call.outputCost),
    ],
  };
}
