import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    callsAccepted: new Counter({
      name: "spendtrace_ingest_accepted_total",
      help: "Calls stored",
      registers,
    }),
    callsDuplicate: new Counter({
      name: "spendtrace_ingest_duplicate_total",
      help: "Calls that were stored before, with the same content",
      registers,
    }),
    callsConflicting: new Counter({
      name: "spendtrace_ingest_conflict_total",
      help: "Calls refused because their identity is stored with different content",
      registers,
    }),
    callsRejected: new Counter({
      name: "spendtrace_ingest_rejected_total",
      help: "Calls refused, by the code of the first reason",
      labelNames: ["reason"] as const,
      registers,
    }),
    recordsIgnored: new Counter({
      name: "spendtrace_ingest_ignored_total",
      help: "Spans, log records and payloads of other tools that are no call of a model, by reason",
      labelNames: ["reason"] as const,
      registers,
    }),
    commitSeconds: new Histogram({
      name: "spendtrace_ingest_commit_seconds",
      help: "Time from the start of a commit to its acknowledgement",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    queuedCalls: new Gauge({
      name: "spendtrace_ingest_queued_calls",
      help: "Calls that wait for their commit",
      registers,
    }),
  };
}

declare global {
  var spendtraceMetrics: ReturnType<typeof createMetrics> | undefined;
}

// Routes are bundled apart; the counters have to be the same ones in all of them.
globalThis.spendtraceMetrics ??= createMetrics();

/** What the process counts, for `GET /api/metrics`. All since the process started. */
export const metrics = globalThis.spendtraceMetrics;
