import type { Breathe } from "./turns.js";

/** One call as `POST /api/v1/calls` takes it; what is not here is not sent. */
export type Call = {
  /** RFC 3339 with zone: when the request was sent. With tenant_id and request_id the identity of the call. */
  occurred_at: string;
  request_id: string;
  tenant_id: string;
  feature: string;
  /** As the provider spells it. */
  model: string;
  deploy_sha?: string;
  provider?: string;
  platform?: string;
  /** The provider's own usage object, untouched. */
  usage?: unknown;
  input_tokens?: number;
  cache_create_5m_tokens?: number;
  cache_create_1h_tokens?: number;
  cache_create_tokens?: number;
  cache_read_tokens?: number;
  output_tokens?: number;
  web_search_requests?: number;
  prompt_hash?: string;
  prefix_hash?: string;
  service_tier?: string;
  speed?: string;
  inference_geo?: string;
  location?: string;
  user_id?: string;
  session_id?: string;
  task_id?: string;
  attempt?: number;
  max_tokens?: number;
  stop_reason?: string;
  status_code?: number;
  latency_ms?: number;
  ttft_ms?: number;
  cost_usd_micros?: number;
  /** The answer was cut: `usage` is what was known until then; without usage the cost is unknown, never zero. */
  incomplete?: boolean;
  /** Which door the call came in by, such as `sdk-js/0.1.0`. */
  source?: string;
};

/** Who pays: told by `run()`, by the constructor's defaults, or by headers of one request; a later one wins field by field. */
export type Context = {
  tenantId?: string;
  feature?: string;
  sessionId?: string;
  taskId?: string;
  userId?: string;
  deploySha?: string;
};

/** The latest `anthropic-ratelimit-*` or `x-ratelimit-*` headers of a model. */
export type RateLimits = Readonly<Record<string, string | number>>;

/** What the wrapped fetch needs of the client. Nothing here throws or blocks. */
export type Recorder = {
  /**
   * Queues one call. Stamps source, deploy and, where they are missing, occurred_at, request_id and tenant and feature
   * "unknown". Reads no context: it is the caller's to read it when the request starts, since the answer may end within another.
   */
  record(call: Partial<Call>): void;
  /** The constructor's defaults and the contexts of `run()` around the caller, merged. `contextFields` of context.ts names them as a call does. */
  context(): Context;
  /** Goes to the server with the next client report. */
  rateLimits(model: string, limits: RateLimits): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** SHA-256 of UTF-8 text as lower-case hex: at once where node:crypto is, else by crypto.subtle. */
  sha256(text: string): string | Promise<string>;
  /**
   * Runs a task soon, after the host has gone on: hashing and what follows from it are off the path of a call.
   * `flush()` and `shutdown()` await what still waits. What a task throws is swallowed.
   * @param task calls `breathe` between pieces of work that take long.
   * @param size of what the task holds, in characters or bytes.
   * @returns false, without taking the task, when too much waits already.
   */
  defer(task: (breathe: Breathe) => void | Promise<void>, size: number): boolean;
  /** So many calls wait that a crowd of further ones would be dropped. */
  isBehind(): boolean;
};
