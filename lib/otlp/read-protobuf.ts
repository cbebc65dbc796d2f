import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import {
  addRecord,
  eventNameOf,
  type Instrumentation,
  type LogRecord,
  type Span,
  statusInMessage,
  type Wants,
} from "@/lib/otlp/record";

const { Varint, Bit64, LengthDelimited } = WireType;
const MAX_ARRAY_DEPTH = 4;
/** Of the name and the version of a scope, which every span of it repeats. */
const MAX_SCOPE = 128;

/** Reads one field, or says that it is not wanted. The numbers are those of opentelemetry-proto 1.x. */
type ReadField = (field: number, wire: WireType) => boolean;

/** @throws Error or RangeError where the bytes are no ExportTraceServiceRequest. */
export function readTraces(bytes: Uint8Array, wants: Wants): Span[] {
  const reader = new BinaryReader(bytes);
  const spans: Span[] = [];
  readBatches(reader, bytes.length, wants, (resource, scope) =>
    addRecord(spans, readSpan(reader, resource, scope, wants)),
  );
  return spans;
}

/** @throws Error or RangeError where the bytes are no ExportLogsServiceRequest. */
export function readLogs(bytes: Uint8Array, wants: Wants): LogRecord[] {
  const reader = new BinaryReader(bytes);
  const records: LogRecord[] = [];
  readBatches(reader, bytes.length, wants, (resource, scope) =>
    addRecord(records, readLog(reader, resource, scope, wants)),
  );
  return records;
}

type ReadItem = (resource: Map<string, unknown>, scope: Instrumentation) => void;

/** Both requests have one shape: batches of a resource, in them batches of a scope, in them the items. */
function readBatches(reader: BinaryReader, end: number, wants: Wants, readItem: ReadItem): void {
  readFields(reader, end, (field, wire) => {
    if (field !== 1 || wire !== LengthDelimited) return false;
    // Fields come in any order: what is read later is put into what the items already hold.
    const resource = new Map<string, unknown>();
    readMessage(reader, (inBatch, batchWire) => {
      if (batchWire !== LengthDelimited) return false;
      if (inBatch === 1)
        readMessage(reader, (one, itsWire) => one === 1 && readAttribute(reader, itsWire, resource, wants));
      else if (inBatch === 2) readScopeBatch(reader, (scope) => readItem(resource, scope));
      else return false;
      return true;
    });
    return true;
  });
}

function readScopeBatch(reader: BinaryReader, readItem: (scope: Instrumentation) => void): void {
  const scope: Instrumentation = { name: "", version: "" };
  readMessage(reader, (field, wire) => {
    if (wire !== LengthDelimited) return false;
    if (field === 1) {
      readMessage(reader, (inScope, itsWire) => {
        if (itsWire !== LengthDelimited) return false;
        if (inScope === 1) scope.name = reader.string().slice(0, MAX_SCOPE);
        else if (inScope === 2) scope.version = reader.string().slice(0, MAX_SCOPE);
        else return false;
        return true;
      });
    } else if (field === 2) readItem(scope);
    else return false;
    return true;
  });
}

function readSpan(reader: BinaryReader, resource: Map<string, unknown>, scope: Instrumentation, wants: Wants): Span {
  const attributes = new Map<string, unknown>();
  const span = { traceId: "", spanId: "", parentSpanId: "", name: "", startMs: 0, endMs: 0 };
  let isError = false;
  let errorStatus: number | null = null;
  readMessage(reader, (field, wire) => {
    if (field === 9) return readAttribute(reader, wire, attributes, wants);
    if (wire === Bit64 && field === 7) span.startMs = readNanos(reader);
    else if (wire === Bit64 && field === 8) span.endMs = readNanos(reader);
    else if (wire !== LengthDelimited) return false;
    else if (field === 1) span.traceId = hex(reader.bytes());
    else if (field === 2) span.spanId = hex(reader.bytes());
    else if (field === 4) span.parentSpanId = hex(reader.bytes());
    else if (field === 5) span.name = reader.string();
    else if (field === 15) {
      readMessage(reader, (inStatus, itsWire) => {
        if (inStatus === 2 && itsWire === LengthDelimited) errorStatus = statusInMessage(reader.string());
        else if (inStatus === 3 && itsWire === Varint) isError = reader.int32() === 2;
        else return false;
        return true;
      });
    } else return false;
    return true;
  });
  return { ...span, resource, scope, attributes, isError, errorStatus };
}

function readLog(
  reader: BinaryReader,
  resource: Map<string, unknown>,
  scope: Instrumentation,
  wants: Wants,
): LogRecord {
  const attributes = new Map<string, unknown>();
  let timeMs = 0;
  let observedMs = 0;
  let eventName = "";
  let body: unknown = null;
  readMessage(reader, (field, wire) => {
    if (field === 6) return readAttribute(reader, wire, attributes, wants);
    if (wire === Bit64 && field === 1) timeMs = readNanos(reader);
    else if (wire === Bit64 && field === 11) observedMs = readNanos(reader);
    else if (wire !== LengthDelimited) return false;
    else if (field === 12) eventName = reader.string();
    else if (field === 5) body = readValue(reader);
    else return false;
    return true;
  });
  eventName = eventNameOf(eventName, attributes.get("event.name"), body);
  return { timeMs: timeMs || observedMs, eventName, attributes, resource, scope };
}

/** A KeyValue into the map: the value of an unwanted key is passed over. */
function readAttribute(reader: BinaryReader, wire: WireType, into: Map<string, unknown>, wants: Wants): boolean {
  if (wire !== LengthDelimited) return false;
  let key = "";
  let value: unknown = null;
  readMessage(reader, (field, itsWire) => {
    if (itsWire !== LengthDelimited) return false;
    if (field === 1) key = reader.string();
    else if (field === 2 && wants(key)) value = readValue(reader);
    else return false;
    return true;
  });
  if (wants(key) && !into.has(key)) into.set(key, value);
  return true;
}

/** An AnyValue: text, a number, a truth value or a list of them; an empty object stands for what nothing here is made of. */
function readValue(reader: BinaryReader, depth = 0): unknown {
  let value: unknown = null;
  readMessage(reader, (field, wire) => {
    if (field === 1 && wire === LengthDelimited) value = reader.string();
    else if (field === 2 && wire === Varint) value = reader.bool();
    else if (field === 3 && wire === Varint) value = Number(reader.int64());
    else if (field === 4 && wire === Bit64) value = reader.double();
    else if (field === 5 && wire === LengthDelimited && depth < MAX_ARRAY_DEPTH) value = readList(reader, depth + 1);
    else {
      if (field >= 5 && field <= 7) value = {};
      return false;
    }
    return true;
  });
  return value;
}

function readList(reader: BinaryReader, depth: number): unknown[] {
  const list: unknown[] = [];
  readMessage(reader, (field, wire) => {
    if (field !== 1 || wire !== LengthDelimited) return false;
    list.push(readValue(reader, depth));
    return true;
  });
  return list;
}

function readMessage(reader: BinaryReader, readField: ReadField): void {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError("premature EOF");
  readFields(reader, end, readField);
}

function readFields(reader: BinaryReader, end: number, readField: ReadField): void {
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (!readField(field, wire)) reader.skip(wire, field);
  }
  if (reader.pos !== end) throw new RangeError("a field is longer than its message");
}

function readNanos(reader: BinaryReader): number {
  return Number(reader.fixed64()) / 1e6;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
