import type { IncomingMessage, ServerResponse } from "node:http";
import { incomingOf, sendResponse } from "@/lib/node-http";

const PATH = "/api/v1/calls";

/** Answers a request if it is one that posts calls. @returns whether it was. */
export type CallsDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The one address that is asked thousands of times a second, answered beside the framework's router: the same handler as
 * that of `app/api/v1/calls/route.ts`, at half the processor time of a small request.
 */
export async function openCallsDoor(): Promise<CallsDoor> {
  // Loaded when the environment is complete.
  const [{ ingestRoute }, { receiveCalls }] = await Promise.all([
    import("@/lib/ingest/ingest-route"),
    import("@/lib/ingest/receive-calls"),
  ]);
  const answer = ingestRoute(PATH, receiveCalls);
  return (request, response) => {
    if (request.method !== "POST" || request.url !== PATH) return false;
    response.setHeader("x-content-type-options", "nosniff");
    answer(incomingOf(request))
      .then((found) => sendResponse(found, response))
      .catch(() => response.destroy());
    return true;
  };
}
