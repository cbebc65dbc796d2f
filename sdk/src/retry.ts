/** 0 stands for no answer: no connection, or none in time. */
export type Verdict = "taken" | "retry" | "terminal";

/**
 * Whether the same request may succeed later. 422 tells which calls were refused, as 200 does; a redirect is not
 * followed, since it would carry the key elsewhere.
 */
export function verdictOn(status: number): Verdict {
  if (status === 200 || status === 422) return "taken";
  return status === 0 || status === 408 || status === 429 || status >= 500 ? "retry" : "terminal";
}

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
const MAX_RETRY_AFTER_MS = 600_000;

/** How long to wait after the `attempt`th failure in a row (from 1): doubled each time up to 30 s, the last half of it at random. */
export function backoffMs(attempt: number, random = Math.random()): number {
  const ceiling = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
  return ceiling * (0.5 + random / 2);
}

/** A Retry-After header in seconds or as an HTTP date, as milliseconds from `now`, at most ten minutes; undefined when it says nothing. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, wait));
}
