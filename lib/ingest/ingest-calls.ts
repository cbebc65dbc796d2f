import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { StoreUnavailable } from "@/lib/calls/commit-queue";
import { commitCalls } from "@/lib/calls/store-calls";
import type { CallLines } from "@/lib/calls/write";
import { type Destination, toCallLines } from "@/lib/ingest/call-rows";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { UnreadableCall } from "@/lib/ingest/read-batch";
import { type CallInput, callSchema, type FieldError, type IngestResult, MAX_AHEAD_MS } from "@/lib/ingest/schema";
import type { Prices } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { currentPrices } from "@/lib/pricing/current-prices";
import { inferPlatform } from "@/lib/pricing/platform";

/** More models than any provider involves in one call: keeps one call from becoming thousands of rows. */
const MAX_LINES = 50;

export type IngestContext = Readonly<{
  /** Where the calls ran: the environment of the API key. */
  environment: string;
  now: Date;
  /** How far back a call may lie. */
  retentionMonths: number;
}>;

/**
 * Takes a batch of calls as sent: checks, normalises, prices and stores each, whatever becomes of its neighbours.
 * Resolves once everything accepted is committed. Sending the same again changes nothing and is counted as duplicates.
 * @param calls unchecked values, or `UnreadableCall` where one could not be read.
 * @throws QueueFull or StoreUnavailable (lib/calls/commit-queue): the batch may be sent again as it is.
 */
export async function ingestCalls(
  scope: Scope,
  calls: readonly unknown[],
  context: IngestContext,
): Promise<IngestResult> {
  const result: IngestResult = { accepted: 0, duplicates: 0, unpriced: 0, rejected: [], conflicts: [] };
  const earliest = monthsBefore(context.now, context.retentionMonths);
  const destination = { projectId: scope.projectId, environment: context.environment };
  const prices = await readPricesFor(scope);
  const ready: { index: number; lines: CallLines }[] = [];
  for (const [index, sent] of calls.entries()) {
    const prepared = prepare(sent, destination, { earliest, now: context.now, prices });
    if ("lines" in prepared) ready.push({ index, lines: prepared.lines });
    else result.rejected.push({ index, request_id: requestIdOf(sent), errors: prepared.errors });
  }

  const outcomes = await commitCalls(ready.map(({ lines }) => lines));
  for (const [at, { index, lines }] of ready.entries()) count(result, index, lines, outcomes[at]);
  result.rejected.sort((a, b) => a.index - b.index);
  return result;
}

/** True when at least one call is stored, now or before; an empty batch has nothing to refuse. */
export function isTaken(result: IngestResult): boolean {
  return result.accepted + result.duplicates + result.conflicts.length > 0 || result.rejected.length === 0;
}

async function readPricesFor(scope: Scope): Promise<Prices> {
  try {
    return await currentPrices(scope);
  } catch (error) {
    throw new StoreUnavailable("the prices cannot be read", { cause: error });
  }
}

type Prepared = { lines: CallLines } | { errors: readonly FieldError[] };
type Conditions = Readonly<{ earliest: Date; now: Date; prices: Prices }>;

function prepare(sent: unknown, destination: Destination, { earliest, now, prices }: Conditions): Prepared {
  if (sent instanceof UnreadableCall) return { errors: sent.errors };
  const parsed = callSchema.safeParse(sent);
  if (!parsed.success) {
    return { errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })) };
  }
  const call = parsed.data;
  const untimely = checkTime(call.occurred_at, earliest, now);
  if (untimely) return { errors: [untimely] };
  const home = inferPlatform(call.model, call);
  const normalized = normalizeUsage({ ...call, provider: home.provider });
  if (!normalized.ok) return { errors: normalized.errors };
  const [first, ...others] = priceCall(normalized.usage, toPricingContext(call, home), prices);
  if (!first) throw new Error("a call without a priced line");
  if (others.length >= MAX_LINES) {
    return { errors: [{ path: "usage.iterations", message: `must name at most ${MAX_LINES} models` }] };
  }
  return { lines: toCallLines(destination, call, home, normalized.usage, [first, ...others], prices.version) };
}

function toPricingContext(call: CallInput, home: ReturnType<typeof inferPlatform>) {
  return {
    occurredAt: call.occurred_at,
    location: call.location ?? null,
    stopReason: call.stop_reason ?? null,
    statusCode: call.status_code ?? 200,
    ...home,
  };
}

function checkTime(occurredAt: Date, earliest: Date, now: Date): FieldError | null {
  const path = "occurred_at";
  if (occurredAt.getTime() > now.getTime() + MAX_AHEAD_MS) {
    return { path, message: `must not be more than 5 minutes ahead of the server, whose time is ${now.toISOString()}` };
  }
  if (occurredAt >= earliest) return null;
  return { path, message: `must not be before ${earliest.toISOString()}: older calls are out of retention` };
}

/** The same day that many months earlier, or the last day of that month where it has no such day. */
function monthsBefore(now: Date, months: number): Date {
  const earlier = new Date(now);
  earlier.setUTCMonth(earlier.getUTCMonth() - months, 1);
  const lastDay = new Date(Date.UTC(earlier.getUTCFullYear(), earlier.getUTCMonth() + 1, 0)).getUTCDate();
  earlier.setUTCDate(Math.min(now.getUTCDate(), lastDay));
  return earlier;
}

function count(result: IngestResult, index: number, lines: CallLines, outcome: string | undefined): void {
  const { request_id } = lines[0];
  if (outcome === "accepted") {
    result.accepted += 1;
    if (lines.some((line) => line.pricing_status === "unpriced")) result.unpriced += 1;
  } else if (outcome === "duplicate") {
    result.duplicates += 1;
  } else if (outcome === "conflict") {
    const message = "a call with this request_id, occurred_at and tenant_id is stored with other content; it stays";
    result.conflicts.push({ index, request_id, message });
  } else {
    result.rejected.push({ index, request_id, errors: [{ path: "", message: "has a value that cannot be stored" }] });
  }
}

/** For the answer only: what the sender may recognise the call by, cut to a length that is safe to send back. */
function requestIdOf(sent: unknown): string | null {
  const value = sent instanceof UnreadableCall ? sent.value : sent;
  if (typeof value !== "object" || value === null || !("request_id" in value)) return null;
  return typeof value.request_id === "string" ? value.request_id.slice(0, 128) : null;
}
