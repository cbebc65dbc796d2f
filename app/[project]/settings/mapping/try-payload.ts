import { HttpProblem } from "@/lib/http";
import type { CheckContext } from "@/lib/ingest/check-call";
import { JsonError, parseJson } from "@/lib/json";
import { readPayload } from "@/lib/litellm/payload-to-call";
import { readPayloads } from "@/lib/litellm/read-payloads";
import type { Reading } from "@/lib/mapping/drafted-call";
import type { MappedDoor, Mapping } from "@/lib/mapping/schema";
import { READ_ATTRIBUTES } from "@/lib/otlp/attributes";
import { CLAUDE_CODE_ATTRIBUTES, readClaudeCodeEvent } from "@/lib/otlp/claude-code";
import { readLogs, readTraces } from "@/lib/otlp/read-json";
import { readSpans } from "@/lib/otlp/read-spans";
import { wantsOf } from "@/lib/otlp/wants-of";
import { type Judged, judge } from "./judge";
import { MAX_TRIED } from "./limits";

/** What one record of a pasted payload would become. */
export type Tried = Readonly<{ name: string; judged: Judged }>;
export type Trial =
  | Readonly<{ ok: true; records: readonly Tried[]; total: number }>
  | Readonly<{ ok: false; why: string }>;

type PastedRecord = { name: string; reading: Reading };
type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a pasted payload as its door would: a whole export, a list, or a single span, log record or payload. */
export function tryPayload(text: string, door: MappedDoor, mapping: Mapping, context: CheckContext): Trial {
  let records: readonly PastedRecord[];
  try {
    records = READERS[door](text, mapping);
  } catch (error) {
    if (error instanceof HttpProblem) return { ok: false, why: error.detail };
    if (error instanceof JsonError) return { ok: false, why: `This cannot be read: ${error.message}.` };
    throw error;
  }
  const shown = records.slice(0, MAX_TRIED);
  const judged = shown.map(({ name, reading }) => ({ name, judged: judge(reading, context) }));
  return { ok: true, records: judged, total: records.length };
}

const READERS: Readonly<Record<MappedDoor, (text: string, mapping: Mapping) => readonly PastedRecord[]>> = {
  otlp: (text, mapping) => {
    const whole = wrap(text, "resourceSpans", (spans) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
    const spans = readTraces(whole, wantsOf(READ_ATTRIBUTES, mapping));
    return readSpans(spans, mapping).map((reading, index) => ({ name: spans[index]?.name || "span", reading }));
  },
  "claude-code": (text, mapping) => {
    const wants = wantsOf(CLAUDE_CODE_ATTRIBUTES, mapping);
    const whole = wrap(text, "resourceLogs", (logRecords) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
    return readLogs(whole, wants).map((record) => ({
      name: record.eventName || "log record",
      reading: readClaudeCodeEvent(record, mapping),
    }));
  },
  litellm: (text, mapping) =>
    readPayloads(text).map((payload) => {
      if (typeof payload !== "object" || payload === null) throw new JsonError("it is no list of payloads");
      const { id } = payload as JsonObject;
      return { name: typeof id === "string" ? id : "payload", reading: readPayload(payload as JsonObject, mapping) };
    }),
};

/** A whole export as it is; single items in an export around them. */
function wrap(text: string, outer: string, around: (items: readonly unknown[]) => unknown): string {
  const { value } = parseJson(text, 100);
  if (typeof value !== "object" || value === null) throw new JsonError("it is no object");
  const snake = outer.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (outer in value || snake in value) return text;
  if ("resourceSpans" in value || "resourceLogs" in value || "resourceMetrics" in value) {
    throw new JsonError(`it is no export with "${outer}"`);
  }
  return JSON.stringify(around(Array.isArray(value) ? value : [value]));
}
