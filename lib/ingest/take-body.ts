import "server-only";
import { isQueueFull, isStoreUnavailable } from "@/lib/calls/commit-queue";
import { busy, type Incoming, readBodyBytes } from "@/lib/http";
import { BodyBudget } from "@/lib/ingest/body-budget";
import { MAX_BODY_BYTES } from "@/lib/ingest/schema";

/**
 * What every door by which calls come in has in common: the limits of a body, and the answers to a full queue and to a database
 * that is away. The bytes, unpacked, are counted against what this process may hold until `answer` is done.
 * @param maxBytes of the body, packed and unpacked
 * @throws HttpProblem 400, 413, 415 for the body; 429 and 503 with Retry-After. After any of them the same may be sent again.
 */
export async function takeBody(
  request: Incoming,
  answer: (body: Uint8Array) => Promise<Response>,
  maxBytes = MAX_BODY_BYTES,
): Promise<Response> {
  const budget = new BodyBudget();
  try {
    return await answer(await readBodyBytes(request, { maxBytes, reserve: (bytes) => budget.reserve(bytes) }));
  } catch (error) {
    if (isQueueFull(error)) throw busy(429, "Too many calls wait to be stored; none of these was.", 1);
    if (isStoreUnavailable(error)) {
      throw busy(503, "The database does not answer. Send the same again: what was stored is not stored twice.", 2);
    }
    throw error;
  } finally {
    budget.release();
  }
}
