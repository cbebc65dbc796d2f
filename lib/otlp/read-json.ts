import { JsonError, parseJson } from "@/lib/json";
import {
  addRecord,
  eventNameOf,
  type Instrumentation,
  type LogRecord,
  type Span,
  statusInMessage,
  type Wants,
} from "@/lib/otlp/record";

/** Bodies of log records may nest; nothing here reads them. */
const MAX_DEPTH = 100;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads an OTLP JSON export of spans: names in camel or snake case, 64-bit integers as text or number.
 * @throws JsonError when it is no JSON, or another.
 */
export function readTraces(text: string, wants: Wants): Span[] {
  const spans: Span[] = [];
  readBatches(text, ["resourceSpans", "scopeSpans", "spans"], wants, (item, resource, scope) => {
    const status = object(item, "status");
    const code = get(status, "code");
    const message = get(status, "message");
    addRecord(spans, {
      traceId: id(item, "traceId"),
      spanId: id(item, "spanId"),
      parentSpanId: id(item, "parentSpanId"),
      name: text128(get(item, "name")),
      startMs: millis(get(item, "startTimeUnixNano")),
      endMs: millis(get(item, "endTimeUnixNano")),
      attributes: readAttributes(item, wants),
      isError: code === 2 || code === "STATUS_CODE_ERROR",
      errorStatus: typeof message === "string" ? statusInMessage(message) : null,
      resource,
      scope,
    });
  });
  return spans;
}

/** Reads an OTLP JSON export of log records, as leniently. */
export function readLogs(text: string, wants: Wants): LogRecord[] {
  const records: LogRecord[] = [];
  readBatches(text, ["resourceLogs", "scopeLogs", "logRecords"], wants, (item, resource, scope) => {
    const attributes = readAttributes(item, wants);
    const eventName = eventNameOf(get(item, "eventName"), attributes.get("event.name"), readValue(get(item, "body")));
    const timeMs = millis(get(item, "timeUnixNano")) || millis(get(item, "observedTimeUnixNano"));
    addRecord(records, { timeMs, eventName, attributes, resource, scope });
  });
  return records;
}

type ReadItem = (item: JsonObject, resource: ReadonlyMap<string, unknown>, scope: Instrumentation) => void;

function readBatches(text: string, names: readonly [string, string, string], wants: Wants, readItem: ReadItem): void {
  const { value } = parseJson(text, MAX_DEPTH);
  const [outer, inner, items] = names;
  if (!isObject(value)) throw new JsonError(`must be an object with "${outer}"`);
  for (const batch of list(value, outer)) {
    const resource = readAttributes(object(batch, "resource"), wants);
    for (const scoped of list(batch, inner)) {
      const { name, version } = object(scoped, "scope");
      const scope = { name: text128(name), version: text128(version) };
      for (const item of list(scoped, items)) readItem(item, resource, scope);
    }
  }
}

function readAttributes(holder: JsonObject, wants: Wants): ReadonlyMap<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const { key, value } of list(holder, "attributes")) {
    if (typeof key === "string" && wants(key) && !attributes.has(key)) attributes.set(key, readValue(value));
  }
  return attributes;
}

/** Text, a number, a truth value or a list of them; an empty object stands for what nothing here is made of. */
function readValue(value: unknown): unknown {
  if (!isObject(value)) return null;
  const [name, held] = Object.entries(value)[0] ?? ["", null];
  switch (name.replaceAll("_", "").toLowerCase()) {
    case "stringvalue":
    case "boolvalue":
      return held;
    case "intvalue":
    case "doublevalue":
      return typeof held === "string" ? Number(held) : held;
    case "arrayvalue":
      return isObject(held) ? list(held, "values").map(readValue) : [];
    default:
      return held === null ? null : {};
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** By its name in camel case or, as some write it, in snake case. */
function get(holder: JsonObject, name: string): unknown {
  return holder[name] ?? holder[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function object(holder: JsonObject, name: string): JsonObject {
  const value = get(holder, name);
  return isObject(value) ? value : {};
}

/** The objects of a list; what is no object counts as one that tells nothing. */
function list(holder: JsonObject, name: string): readonly JsonObject[] {
  const value = get(holder, name);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new JsonError(`"${name}" must be a list`);
  return value.map((item) => (isObject(item) ? item : {}));
}

function id(holder: JsonObject, name: string): string {
  const value = get(holder, name);
  return typeof value === "string" ? value.slice(0, 64).toLowerCase() : "";
}

function text128(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 128) : "";
}

function millis(nanos: unknown): number {
  return nanos === undefined || nanos === null || nanos === "" ? 0 : Number(nanos) / 1e6;
}
