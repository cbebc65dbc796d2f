import { HttpProblem } from "@/lib/http";
import type { Attributes } from "@/lib/mapping/map-attributes";

/** Who wrote a span or a log record: OpenTelemetry's instrumentation scope. */
export type Instrumentation = { name: string; version: string };

type Origin = Readonly<{ resource: Attributes; scope: Readonly<Instrumentation> }>;

/** A span as far as it matters here; times are milliseconds since 1970, NaN where they are no number. */
export type Span = Origin &
  Readonly<{
    traceId: string;
    spanId: string;
    /** Empty for a root. */
    parentSpanId: string;
    name: string;
    startMs: number;
    endMs: number;
    attributes: Attributes;
    isError: boolean;
    /** The HTTP status that the message of an error begins with; null for another message. */
    errorStatus: number | null;
  }>;

/** A log record as far as it matters here. */
export type LogRecord = Origin &
  Readonly<{
    timeMs: number;
    /** What the record is an event of: its own name, or the one that its body or an attribute gives. */
    eventName: string;
    attributes: Attributes;
  }>;

/** The most spans or log records of one request: two bytes make a span, and millions of them would fill the memory. */
export const MAX_RECORDS = 50_000;

/** @throws HttpProblem 413 above MAX_RECORDS. */
export function addRecord<T>(records: T[], record: T): void {
  if (records.length >= MAX_RECORDS) {
    const detail = `A request may carry at most ${MAX_RECORDS} spans or log records. Send them in smaller batches.`;
    throw new HttpProblem(413, "Too many records", detail, { max_records: MAX_RECORDS });
  }
  records.push(record);
}

/** Longer bodies of log records are text that someone wrote, not the name of an event. */
const MAX_EVENT_NAME = 100;

/** The name of an event by the places where SDKs put it, the most telling first; empty for a plain log record. */
export function eventNameOf(eventName: unknown, attribute: unknown, body: unknown): string {
  const names = [eventName, body, attribute].filter(
    (name) => typeof name === "string" && name.length <= MAX_EVENT_NAME,
  );
  return (names.find((name) => String(name).includes(".")) ?? names.find(Boolean) ?? "") as string;
}

/** Which attributes are read at all. Whatever else a span carries, prompts above all, is passed over unread. */
export type Wants = (attribute: string) => boolean;

/** The clients of providers begin the message of an error with its HTTP status. */
export function statusInMessage(message: string): number | null {
  const status = /^[45]\d\d(?!\d)/.exec(message)?.[0];
  return status ? Number(status) : null;
}
