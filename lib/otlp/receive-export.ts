import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { decodeUtf8, HttpProblem } from "@/lib/http";
import { ingestCalls } from "@/lib/ingest/ingest-calls";
import { type IngestResult, MAX_CALLS, MAX_FOREIGN_BODY_BYTES } from "@/lib/ingest/schema";
import { takeBody } from "@/lib/ingest/take-body";
import { JsonError } from "@/lib/json";
import { currentMappings } from "@/lib/mapping/current-mappings";
import type { Reading } from "@/lib/mapping/drafted-call";
import { metrics } from "@/lib/metrics";
import { type Encoding, exportResponse } from "@/lib/otlp/answer";
import { READ_ATTRIBUTES } from "@/lib/otlp/attributes";
import { CLAUDE_CODE_ATTRIBUTES, readClaudeCodeEvent } from "@/lib/otlp/claude-code";
import { describeRejections, type Named } from "@/lib/otlp/partial-success";
import * as inJson from "@/lib/otlp/read-json";
import * as inProtobuf from "@/lib/otlp/read-protobuf";
import { readSpans } from "@/lib/otlp/read-spans";
import { wantsOf } from "@/lib/otlp/wants-of";

/** One record of a request, by its name, and what it comes to. */
type Read = Readonly<{ names: readonly string[]; readings: readonly Reading[] }>;

/**
 * Answers POST /api/otlp/v1/traces for a proven key, once every call in it is committed. Spans that are no call are counted and left.
 * @throws HttpProblem 400, 413 for the body; 429 and 503 with Retry-After. After any of them the same may be sent again.
 */
export function receiveTraces(request: Request, encoding: Encoding, scope: Scope, environment: string) {
  return takeBody(
    request,
    async (body) => {
      const mapping = (await currentMappings(scope)).otlp;
      const wants = wantsOf(READ_ATTRIBUTES, mapping);
      const spans = decode("ExportTraceServiceRequest", () =>
        encoding === "json" ? inJson.readTraces(decodeUtf8(body), wants) : inProtobuf.readTraces(body, wants),
      );
      const read = { names: spans.map(({ name }) => name), readings: readSpans(spans, mapping) };
      return exportResponse(encoding, "spans", await store(read, scope, environment));
    },
    MAX_FOREIGN_BODY_BYTES,
  );
}

/** Answers POST /api/otlp/v1/logs in the same way: the events of Claude Code become calls. */
export function receiveLogs(request: Request, encoding: Encoding, scope: Scope, environment: string) {
  return takeBody(
    request,
    async (body) => {
      const mapping = (await currentMappings(scope))["claude-code"];
      const wants = wantsOf(CLAUDE_CODE_ATTRIBUTES, mapping);
      const records = decode("ExportLogsServiceRequest", () =>
        encoding === "json" ? inJson.readLogs(decodeUtf8(body), wants) : inProtobuf.readLogs(body, wants),
      );
      const readings = records.map((record) => readClaudeCodeEvent(record, mapping));
      const names = records.map(({ eventName }) => eventName);
      return exportResponse(encoding, "log_records", await store({ names, readings }, scope, environment));
    },
    MAX_FOREIGN_BODY_BYTES,
  );
}

/** What a reader throws says that the bytes are not what they were said to be; its message never quotes them. */
function decode<T>(expected: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isJson = error instanceof JsonError;
    // The reader of protobuf knows no class of its own.
    const isProtobuf = error instanceof RangeError || (error instanceof Error && error.constructor === Error);
    if (!isJson && !isProtobuf) throw error;
    const why = isJson ? error.message : "damaged or cut short";
    throw new HttpProblem(400, "Unreadable body", `The body is no ${expected}: ${why}.`);
  }
}

async function store({ names, readings }: Read, scope: Scope, environment: string) {
  const calls: Named[] = [];
  for (const [index, reading] of readings.entries()) {
    if (reading.kind === "ignored") metrics.recordsIgnored.inc({ reason: reading.reason });
    else calls.push({ index, name: names[index] ?? "", drafted: reading });
  }
  const results: IngestResult[] = [];
  const context = { environment, now: now(), retentionMonths: env().SPENDTRACE_RETENTION_MONTHS };
  for (let from = 0; from < calls.length; from += MAX_CALLS) {
    const batch = calls.slice(from, from + MAX_CALLS).map(({ drafted }) => drafted.call);
    results.push(await ingestCalls(scope, batch, context));
  }
  return describeRejections(calls, results);
}
