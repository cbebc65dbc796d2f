import { checkItem } from "@/lib/ingest/check-item";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { type CallInput, callSchema, type FieldError, MAX_AHEAD_MS } from "@/lib/ingest/schema";
import type { Prices } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { inferPlatform, type ModelHome } from "@/lib/pricing/platform";
import type { PricedLine, Usage } from "@/lib/pricing/schema";

/** More models than any provider involves in one call: keeps one call from becoming thousands of rows. */
const MAX_LINES = 50;

type Refused = Readonly<{ ok: false; errors: readonly FieldError[] }>;
type Priced = Readonly<{ ok: true; home: ModelHome; usage: Usage; lines: readonly [PricedLine, ...PricedLine[]] }>;

/** What of a call decides its price. */
type PricedFields = Omit<CallInput, "occurred_at" | "request_id" | "tenant_id" | "feature">;

/** A call that may be stored, with its price; or every rule that it breaks. */
export type CheckedCall = (Priced & Readonly<{ call: CallInput }>) | Refused;

export type CheckContext = Readonly<{
  /** How far back a call may lie: see `earliestCall`. */
  earliest: Date;
  now: Date;
  prices: Prices;
}>;

/** Checks, normalises and prices one call as it was sent: all that becomes of it before it is stored. */
export function checkCall(sent: unknown, { earliest, now, prices }: CheckContext): CheckedCall {
  const read = checkItem(callSchema, sent);
  if (!read.ok) return read;
  const call = read.item;
  const untimely = checkTime(call.occurred_at, earliest, now);
  if (untimely) return refused([untimely]);
  const priced = priceInput(call, call.occurred_at, prices);
  return priced.ok ? { ok: true, call, home: priced.home, usage: priced.usage, lines: priced.lines } : priced;
}

/** Normalises and prices a call whose fields are checked, at the prices of `occurredAt`. */
export function priceInput(call: PricedFields, occurredAt: Date, prices: Prices): Priced | Refused {
  const home = inferPlatform(call.model, call);
  const normalized = normalizeUsage({ ...call, provider: home.provider });
  if (!normalized.ok) return normalized;
  const context = {
    occurredAt,
    location: call.location ?? null,
    stopReason: call.stop_reason ?? null,
    statusCode: call.status_code ?? 200,
    provider: home.provider,
    platform: home.platform,
  };
  const [first, ...others] = priceCall(normalized.usage, context, prices);
  if (!first) throw new Error("a call without a priced line");
  if (others.length >= MAX_LINES) {
    return refused([{ path: "usage.iterations", message: `must name at most ${MAX_LINES} models` }]);
  }
  return { ok: true, home, usage: normalized.usage, lines: [first, ...others] };
}

/** The same day that many months earlier, or the last day of that month where it has no such day. */
export function earliestCall(now: Date, retentionMonths: number): Date {
  const earlier = new Date(now);
  earlier.setUTCMonth(earlier.getUTCMonth() - retentionMonths, 1);
  const lastDay = new Date(Date.UTC(earlier.getUTCFullYear(), earlier.getUTCMonth() + 1, 0)).getUTCDate();
  earlier.setUTCDate(Math.min(now.getUTCDate(), lastDay));
  return earlier;
}

function refused(errors: readonly FieldError[]): Refused {
  return { ok: false, errors };
}

function checkTime(occurredAt: Date, earliest: Date, now: Date): FieldError | null {
  const path = "occurred_at";
  if (occurredAt.getTime() > now.getTime() + MAX_AHEAD_MS) {
    return { path, message: `must not be more than 5 minutes ahead of the server, whose time is ${now.toISOString()}` };
  }
  if (occurredAt >= earliest) return null;
  return { path, message: `must not be before ${earliest.toISOString()}: older calls are out of retention` };
}
