import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { StoreUnavailable } from "@/lib/calls/commit-queue";
import { commitCalls } from "@/lib/calls/store-calls";
import type { CallLines } from "@/lib/calls/write";
import { toCallLines } from "@/lib/ingest/call-rows";
import { checkCall, earliestCall } from "@/lib/ingest/check-call";
import { countResult } from "@/lib/ingest/count-result";
import { UnreadableCall } from "@/lib/ingest/read-batch";
import type { IngestResult } from "@/lib/ingest/schema";
import type { Prices } from "@/lib/pricing/contract";
import { currentPrices } from "@/lib/pricing/current-prices";

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
  const earliest = earliestCall(context.now, context.retentionMonths);
  const destination = { projectId: scope.projectId, environment: context.environment };
  const prices = await readPricesFor(scope);
  const ready: { index: number; lines: CallLines }[] = [];
  for (const [index, sent] of calls.entries()) {
    const checked = checkCall(sent, { earliest, now: context.now, prices });
    if (!checked.ok) {
      result.rejected.push({ index, request_id: requestIdOf(sent), errors: checked.errors });
      continue;
    }
    const { call, home, usage, lines } = checked;
    ready.push({ index, lines: toCallLines(destination, call, home, usage, lines, prices.version) });
  }

  const outcomes = await commitCalls(ready.map(({ lines }) => lines));
  for (const [at, { index, lines }] of ready.entries()) count(result, index, lines, outcomes[at]);
  result.rejected.sort((a, b) => a.index - b.index);
  countResult(result);
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
