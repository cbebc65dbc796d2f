import type { Platform } from "./platform.js";
import { setTimer } from "./timer.js";

/** `status` 0: no answer, and `failure` says why, as a code such as ECONNREFUSED. */
export type Answer = { status: number; retryAfter: string | null; body: unknown; failure?: string };

export type Post = (path: string, json: string) => Promise<Answer>;

export type PostOptions = {
  endpoint: string;
  apiKey: string;
  fetch: typeof globalThis.fetch;
  gzip: Platform["gzip"];
};

export const REQUEST_TIMEOUT_MS = 10_000;
const SMALL = 1_000;

/**
 * Sends JSON to the endpoint with the key, compressed when that pays. `post` always resolves, at the latest after 10 s;
 * `abort` ends at once what is under way.
 */
export function createPost(options: PostOptions): { post: Post; abort(): void } {
  const { endpoint, apiKey, gzip, fetch: send } = options;
  const underWay = new Set<AbortController>();
  const post: Post = async (path, json) => {
    const controller = new AbortController();
    underWay.add(controller);
    const timer = setTimer(() => controller.abort(), REQUEST_TIMEOUT_MS);
    try {
      const packed = json.length > SMALL ? await gzip(json).catch(() => undefined) : undefined;
      const response = await send(`${endpoint}${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${apiKey}`,
          "content-type": "application/json",
          ...(packed ? { "content-encoding": "gzip" } : {}),
        },
        body: packed ?? json,
        redirect: "manual",
        signal: controller.signal,
      });
      const body = parse(await response.text());
      return { status: response.status, retryAfter: response.headers.get("retry-after"), body };
    } catch (error) {
      return { status: 0, retryAfter: null, body: undefined, failure: failureCode(error, controller.signal) };
    } finally {
      clearTimeout(timer);
      underWay.delete(controller);
    }
  };
  return {
    post,
    abort() {
      for (const controller of underWay) controller.abort();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Never the error's message: it may repeat what was sent. */
function failureCode(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "timeout";
  const code = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return typeof code === "string" ? code : "no connection";
}
