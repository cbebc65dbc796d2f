import type { Call, Context } from "./call.js";
import { type Client, createClient, type Totals } from "./client.js";
import { readContext } from "./context.js";
import { readOptions, type SpendtraceOptions } from "./options.js";
import type { Platform } from "./platform.js";
import { createWarn } from "./warn.js";
import { withoutOurHeaders, wrapFetch } from "./wrap-fetch.js";

type Fetch = typeof globalThis.fetch;

const DEFAULT_FLUSH_MS = 5_000;
const NOTHING: Totals = { sent: 0, pending: 0, dropped: 0 };
/** Where a wrapped fetch keeps the one within, so that nothing is wrapped twice and deliveries go round it. */
const INNER = Symbol.for("spendtrace.inner-fetch");

/**
 * Records what LLM calls cost, and for whom. Nothing here throws into the host, blocks it, or keeps its process alive
 * (only `flush` and `shutdown` do, for as long as they were told to).
 */
export class SpendtraceClient {
  readonly #client: Client | undefined;

  constructor(platform: Platform, options: SpendtraceOptions | undefined) {
    const warn = createWarn();
    try {
      const settings = readOptions(options);
      if (typeof settings === "string") warn("off", settings);
      else this.#client = createClient(settings, platform, unwrap(globalThis.fetch), warn);
    } catch {
      warn("off", "The SDK could not start here: nothing is recorded.");
    }
  }

  /** Runs `fn`: every call within, over awaits too, belongs to this tenant, feature, session, task and user. Contexts nest. */
  run<R>(context: Context, fn: () => R): R {
    return this.#client ? this.#client.run(context, fn) : fn();
  }

  /** A fetch for an LLM client: `new Anthropic({ fetch: spendtrace.fetch() })`. It goes through `inner`, else the global fetch. */
  fetch(inner: Fetch = globalThis.fetch): Fetch {
    const bare = unwrap(inner);
    const wrapped = this.#client ? wrapFetch(bare, this.#client.recorder) : withoutOurHeaders(bare);
    return Object.defineProperty(wrapped, INNER, { value: bare });
  }

  /** Records a call that did not go through the wrapped fetch. What it leaves out comes from the context; only `model` must be there. */
  record(call: Partial<Call> & Pick<Call, "model">): void {
    this.#client?.record(call);
  }

  /** How a task ended: what spend per success is reckoned from. The tenant is the context's unless it is named. */
  outcome(taskId: string, outcome: "success" | "failure", context?: Pick<Context, "tenantId">): void {
    const { taskId: id } = readContext({ taskId });
    if (id !== undefined && (outcome === "success" || outcome === "failure"))
      this.#client?.outcome(id, outcome, readContext(context).tenantId);
  }

  /** Sends what waits. Resolves when all is sent, or no attempt fits into `ms` any more, at the latest after `ms` (at most ten minutes). */
  async flush(ms: number = DEFAULT_FLUSH_MS): Promise<Totals> {
    return this.#client ? this.#client.flush(ms) : NOTHING;
  }

  /** Flushes, then stops: what is recorded later is dropped. With a spool, what still waits is sent by the next process. */
  async shutdown(ms: number = DEFAULT_FLUSH_MS): Promise<Totals> {
    return this.#client ? this.#client.shutdown(ms) : NOTHING;
  }
}

function unwrap(fetch: unknown): Fetch {
  const given = typeof fetch === "function" ? (fetch as Fetch) : globalThis.fetch;
  return (given as Fetch & { [INNER]?: Fetch })[INNER] ?? given;
}
