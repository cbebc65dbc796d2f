import type { Call, Context, Recorder } from "./call.js";
import { createCallsLane } from "./calls-lane.js";
import { contextFields, createContexts } from "./context.js";
import { createDeferred } from "./deferred.js";
import { createDelivery } from "./delivery.js";
import type { Settings } from "./options.js";
import { createOutcomesLane, type Outcome } from "./outcomes-lane.js";
import type { Platform, Spool } from "./platform.js";
import { createPost } from "./post.js";
import { createQueue, MAX_QUEUED_CALLS } from "./queue.js";
import { createReportLane } from "./report-lane.js";
import { serializeCall } from "./serialize-call.js";
import { timeLimit, waitAtMost } from "./timer.js";
import { SOURCE } from "./version.js";
import type { Warn } from "./warn.js";

/** Calls since the client was made: what the server has, what still waits, and what was lost. */
export type Totals = { sent: number; pending: number; dropped: number };

export type Client = {
  recorder: Recorder;
  run<R>(context: unknown, fn: () => R): R;
  /** Queues a call made by hand; what it leaves out comes from the context around it. */
  record(call: Partial<Call>): void;
  outcome(taskId: string, outcome: Outcome["outcome"], tenantId: string | undefined): void;
  flush(ms: number): Promise<Totals>;
  shutdown(ms: number): Promise<Totals>;
};

const SPOOL_BYTES = 500_000_000;
const IDLE_FLUSH_MS = 2_000;
const SIGTERM_FLUSH_MS = 5_000;
/** What a spool has for its last write when no time is left: a disk may stall, and the host waits. */
const CLOSE_GRACE_MS = 500;

/** Everything behind `new Spendtrace()` once there are an endpoint and a key. */
export function createClient(
  settings: Settings,
  platform: Platform,
  fetch: typeof globalThis.fetch,
  warn: Warn,
): Client {
  const { endpoint, apiKey, defaults } = settings;
  const storage = platform.contextStorage<Context>();
  const contexts = createContexts(defaults, storage);
  let clientId: string | undefined;
  const identity = {
    runtime: platform.runtime,
    deploySha: defaults.deploySha,
    /** Made when it is first needed: Cloudflare Workers have no random numbers while a module loads. */
    get clientId() {
      clientId ??= platform.randomUuid();
      return clientId;
    },
  };
  const report = createReportLane(identity);
  const spool = settings.spool === undefined ? undefined : outside(() => openSpool(settings.spool as string));
  const store = spool ?? createQueue();
  const calls = createCallsLane({ store, drop: report.drop, warn, onDisk: spool !== undefined });
  const outcomes = createOutcomesLane(report.drop, warn);
  const { post, abort } = createPost({ endpoint, apiKey, fetch, gzip: platform.gzip });
  const deferred = createDeferred();
  const delivery = createDelivery([calls, outcomes, report], { post, warn, prepare });
  let recorded = 0;
  let recordedWhenIdle = -1;
  let closing: Promise<Totals> | undefined;
  let isClosed = false;

  const stopListening = [
    platform.processEnd?.onIdle(async () => {
      if (closing || (deferred.isEmpty() && delivery.isEmpty()) || recorded === recordedWhenIdle) return;
      recordedWhenIdle = recorded;
      await delivery.flush(IDLE_FLUSH_MS);
      abort();
    }),
    settings.handleSigterm ? platform.processEnd?.onSigterm(() => shutdown(SIGTERM_FLUSH_MS)) : undefined,
  ];

  /** What is on its way to the server belongs to no request of the host. */
  function outside<R>(fn: () => R): R {
    return platform.outsideRequests ? platform.outsideRequests(fn) : fn();
  }

  function openSpool(directory: string): Spool | undefined {
    const adopted = () => {
      calls.found();
      delivery.wake();
    };
    try {
      if (platform.openSpool)
        return platform.openSpool({ directory, owner: identity.clientId, maxBytes: SPOOL_BYTES, warn, adopted });
      warn("spool", "There is no disk here to spool to; calls wait in memory.");
    } catch {
      warn("spool", "The spool folder cannot be made; calls wait in memory.");
    }
    return undefined;
  }

  async function prepare(): Promise<void> {
    await deferred.drain();
    await spool?.ready;
  }

  function queue(call: Partial<Call>, context: Partial<Call>): void {
    recorded++;
    try {
      if (isClosed) {
        report.drop("closed", 1);
        return;
      }
      const json = serializeCall(call, {
        occurred_at: new Date().toISOString(),
        request_id: platform.randomUuid(),
        tenant_id: "unknown",
        feature: "unknown",
        deploy_sha: defaults.deploySha,
        source: SOURCE,
        ...context,
      });
      report.greet();
      calls.add(json);
    } catch (error) {
      warn("invalid", `A call was not recorded: ${(error as Error).message}.`);
      report.drop("invalid", 1);
    }
    delivery.wake();
  }

  const totals = (): Totals => ({ sent: calls.sent(), pending: store.size(), dropped: report.dropped() });

  function shutdown(ms: number): Promise<Totals> {
    closing ??= outside(() => close(ms));
    return closing;
  }

  async function close(ms: number): Promise<Totals> {
    for (const stop of stopListening) stop?.();
    const end = Date.now() + timeLimit(ms);
    await delivery.flush(ms);
    isClosed = true;
    delivery.stop();
    abort();
    if (spool) await waitAtMost(Math.max(0, end - Date.now()) + CLOSE_GRACE_MS, spool.close());
    return totals();
  }

  return {
    recorder: {
      record: (call) => outside(() => queue(call, {})),
      context: contexts.current,
      now: Date.now,
      sha256: platform.sha256,
      defer: (...given) => outside(() => deferred.defer(...given)),
      isBehind: () => spool === undefined && store.size() > MAX_QUEUED_CALLS / 2,
      rateLimits(model, limits) {
        try {
          report.rateLimits(model, limits);
        } catch {
          return;
        }
        outside(delivery.wake);
      },
    },
    run(context, fn) {
      if (!storage)
        warn("context", "This runtime has no AsyncLocalStorage: name the tenant by headers of each request.");
      return contexts.run(context, fn);
    },
    record(call) {
      const context = contextFields(contexts.current());
      outside(() => queue(call, context));
    },
    outcome(taskId, outcome, tenantId) {
      const tenant_id = tenantId ?? contexts.current().tenantId ?? "unknown";
      outcomes.add({ task_id: taskId, tenant_id, outcome, occurred_at: new Date().toISOString() });
      outside(delivery.wake);
    },
    async flush(ms) {
      await outside(() => delivery.flush(ms));
      return totals();
    },
    shutdown,
  };
}
