import { Attempt } from "./attempt.js";
import { BatchReader } from "./batches.js";
import type { Recorder } from "./call.js";
import { contextFields } from "./context.js";
import { type Endpoint, findEndpoint } from "./endpoint.js";
import { type OutgoingRequest, readOutgoingRequest } from "./outgoing-request.js";

/** Sees what becomes of one request. */
type Watch = {
  /** @returns the answer to hand to the host. */
  answer(response: Response): Response;
  fail?(error: unknown): void;
};

/**
 * A fetch that records each attempt of a call to an LLM provider, known by the path of its address, and is the inner one
 * otherwise: the same arguments less the `x-spendtrace-*` headers, the same answer or error. What goes wrong in recording
 * is never seen by the host.
 */
export function wrapFetch(inner: typeof globalThis.fetch, recorder: Recorder): typeof globalThis.fetch {
  const batches = new BatchReader();

  function watch(endpoint: Endpoint, request: OutgoingRequest): Watch {
    if (endpoint.kind === "call") return new Attempt(recorder, endpoint, request);
    const { batchId } = endpoint;
    if (batchId === undefined) return { answer: (response) => batches.readBatch(response) };
    const context = { ...contextFields({ ...recorder.context(), ...request.context }), platform: endpoint.platform };
    return { answer: (response) => batches.readResults(response, batchId, recorder, context) };
  }

  return async (input, init) => {
    const request = quietly(() => readOutgoingRequest(input, init));
    const endpoint = request && quietly(() => findEndpoint(request.url, request.method));
    // With a signal that was aborted before nothing leaves: there is no attempt.
    const watched = endpoint && !request.signal?.aborted ? quietly(() => watch(endpoint, request)) : undefined;
    let response: Response;
    try {
      response = await inner(input, request ? request.init : init);
    } catch (error) {
      quietly(() => watched?.fail?.(error));
      throw error;
    }
    return quietly(() => watched?.answer(response)) ?? response;
  };
}

/** A fetch that records nothing: the inner one, less the `x-spendtrace-*` headers, which are not for the provider. */
export function withoutOurHeaders(inner: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const request = quietly(() => readOutgoingRequest(input, init));
    return inner(input, request ? request.init : init);
  };
}

function quietly<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
