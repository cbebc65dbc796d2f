"use server";

import { z } from "zod";
import { projectAction } from "@/lib/auth/action";
import { type CheckContext, checkCall } from "@/lib/ingest/check-call";
import { checkContext } from "@/lib/ingest/check-context";
import type { FieldError } from "@/lib/ingest/schema";
import { type PricedLine, TOKEN_KINDS } from "@/lib/pricing/schema";

/** What a call would be stored as; the cost in picodollars, null where it has none. */
export type PreviewedCall = Readonly<{
  tokens: number;
  costUsdPicos: bigint | null;
  reason: string | null;
  isEstimated: boolean;
  errors: readonly FieldError[];
}>;

const NOTHING = { tokens: 0, costUsdPicos: null, reason: null, isEstimated: false };

const calls = z.array(z.record(z.string(), z.unknown())).max(20);

/** Prices some calls as the server would when they are sent, and stores nothing. */
export const previewCalls = projectAction("member", calls, async ({ scope }, sent) => {
  const context = await checkContext(scope);
  return sent.map((call) => preview(call, context));
});

function preview(call: unknown, context: CheckContext): PreviewedCall {
  const checked = checkCall(call, context);
  return checked.ok ? sumOf(checked.lines) : { ...NOTHING, errors: checked.errors };
}

function sumOf(lines: readonly PricedLine[]): PreviewedCall {
  const costs = lines.map(({ costUsdPicos }) => costUsdPicos);
  return {
    tokens: lines.reduce((sum, { tokens }) => sum + TOKEN_KINDS.reduce((all, kind) => all + tokens[kind], 0), 0),
    costUsdPicos: costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0n),
    reason: lines.find(({ costUsdPicos }) => costUsdPicos === null)?.reason ?? null,
    isEstimated: lines.some(({ status }) => status === "estimated"),
    errors: [],
  };
}
