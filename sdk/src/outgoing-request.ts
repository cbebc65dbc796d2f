import type { Context } from "./call.js";
import { requestIds } from "./request-id.js";

const CONTEXT_HEADERS: Readonly<Record<string, keyof Context>> = {
  "x-spendtrace-tenant-id": "tenantId",
  "x-spendtrace-feature": "feature",
  "x-spendtrace-session-id": "sessionId",
  "x-spendtrace-task-id": "taskId",
  "x-spendtrace-user-id": "userId",
};

/** The members of a fetch's options. In a `Request` that is given for options they are getters, which a spread passes over. */
const OPTIONS = [
  "body",
  "cache",
  "credentials",
  "duplex",
  "integrity",
  "keepalive",
  "method",
  "mode",
  "priority",
  "redirect",
  "referrer",
  "referrerPolicy",
  "signal",
];

type Input = Parameters<typeof fetch>[0];
type Init = Parameters<typeof fetch>[1];

/** The arguments of a fetch, and what they tell us. */
export type OutgoingRequest = {
  url: string;
  method: string;
  signal: AbortSignal | null;
  /** What the body was given as; null for that of a `Request`, which cannot be read without gathering it. */
  body: unknown;
  /** What the `x-spendtrace-*` headers say, which override the context. */
  context: Context;
  /** 1 for the first: clients made by Stainless (Anthropic's, OpenAI's) count their retries in a header. */
  attempt: number;
  /** What the request itself is named by, which some servers send back. */
  requestIds: readonly string[];
  /** `init` without headers that are not for the provider: the very same object where it had none, and can be read again. */
  init: Init;
};

export function readOutgoingRequest(input: Input, init: Init): OutgoingRequest {
  const request = typeof input === "object" && "headers" in input ? input : null;
  const outgoing: OutgoingRequest = {
    url: request?.url ?? String(input),
    method: (init?.method ?? request?.method ?? "GET").toUpperCase(),
    signal: init?.signal ?? request?.signal ?? null,
    body: init?.body ?? null,
    context: {},
    attempt: 1,
    requestIds: [],
    init,
  };
  const given = init?.headers ?? request?.headers;
  if (!given) return outgoing;
  const headers = new Headers(given);
  const { isOurs, ...told } = readHeaders(headers);
  return { ...outgoing, ...told, init: isOurs || isReadOnce(given) ? withHeaders(init, headers) : init };
}

/** Takes out what is not for the provider. */
function readHeaders(
  headers: Headers,
): Pick<OutgoingRequest, "context" | "attempt" | "requestIds"> & { isOurs: boolean } {
  const context: Context = {};
  // AWS would refuse a request that lacks a header which its client has signed.
  const [, signed = ""] = /^AWS4-.*SignedHeaders=([^,\s]*)/.exec(headers.get("authorization") ?? "") ?? [];
  let isOurs = false;
  for (const [name, key] of Object.entries(CONTEXT_HEADERS)) {
    const value = headers.get(name);
    if (value === null) continue;
    if (value !== "") context[key] = value;
    if (signed.split(";").includes(name)) continue;
    headers.delete(name);
    isOurs = true;
  }
  const retries = Number(headers.get("x-stainless-retry-count"));
  const attempt = Number.isInteger(retries) && retries > 0 ? retries + 1 : 1;
  return { context, attempt, requestIds: requestIds(headers), isOurs };
}

/** Whether it may have nothing left for the fetch, as `headers.entries()` has not. */
function isReadOnce(given: object): boolean {
  return Symbol.iterator in given && !Array.isArray(given) && !(given instanceof Headers);
}

function withHeaders(init: Init, headers: Headers): Init {
  const options: Record<string, unknown> = { ...init, headers };
  for (const name of OPTIONS) {
    const value = (init as Record<string, unknown> | undefined)?.[name];
    if (value !== undefined && !(name in options)) options[name] = value;
  }
  return options;
}
