import { asObject } from "./answer.js";
import type { Call } from "./call.js";

/** Codes of Node and Bun for a connection that never stood. */
const NO_CONNECTION =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

/** Deno has no codes; it says in words that the connection failed, not what came over it. */
const NO_CONNECTION_IN_WORDS = "client error (Connect)";

const MAX_CAUSES = 5;

/**
 * An attempt that no answer came to. There is no status: 499 stands for a host that gave up (its own time limit
 * included), 599 for a connection that failed. The provider may have worked and billed, so that what it used is unknown,
 * unless the request cannot have reached it.
 */
export function describeFailure(error: unknown, signal: AbortSignal | null): Partial<Call> {
  const name = String(asObject(error)?.name);
  if (signal?.aborted || name === "AbortError" || name === "TimeoutError")
    return { status_code: 499, incomplete: true };
  return { status_code: 599, ...(hasLeft(error, MAX_CAUSES) ? { incomplete: true } : {}) };
}

/** fetch hides the failure of a connection as the cause of its own error. */
function hasLeft(error: unknown, causes: number): boolean {
  const { code, message, cause } = asObject(error) ?? {};
  if (NO_CONNECTION.test(String(code)) || String(message).includes(NO_CONNECTION_IN_WORDS)) return false;
  return cause === undefined || causes === 0 || hasLeft(cause, causes - 1);
}
