import { BinaryWriter } from "@bufbuild/protobuf/wire";

export type AttributeValue = string | number | bigint | boolean | readonly AttributeValue[];
export type SpanBody = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  start: Date;
  ms: number;
  attributes: Record<string, AttributeValue>;
  /** The message of an error. */
  error?: string;
};

type Batch = {
  resource?: Record<string, AttributeValue>;
  scope?: { name: string; version: string };
  spans: readonly SpanBody[];
};

const LENGTH = 2;
const FIXED64 = 1;

/** An ExportTraceServiceRequest in protobuf, as an exporter writes it. */
export function tracesInProtobuf({ resource = {}, scope = { name: "test", version: "1" }, spans }: Batch): Uint8Array {
  const inScope = new BinaryWriter().tag(1, LENGTH).string(scope.name).tag(2, LENGTH).string(scope.version);
  const scoped = new BinaryWriter().tag(1, LENGTH).bytes(inScope.finish());
  for (const span of spans) scoped.tag(2, LENGTH).bytes(writeSpan(span));
  const resources = new BinaryWriter()
    .tag(1, LENGTH)
    .bytes(writeAttributes(new BinaryWriter(), 1, resource).finish())
    .tag(2, LENGTH)
    .bytes(scoped.finish());
  return new BinaryWriter().tag(1, LENGTH).bytes(resources.finish()).finish();
}

/** The same in OTLP JSON. */
export function tracesInJson({ resource = {}, scope = { name: "test", version: "1" }, spans }: Batch) {
  const listed = (attributes: Record<string, AttributeValue>) =>
    Object.entries(attributes).map(([key, value]) => ({ key, value: toJsonValue(value) }));
  const written = spans.map(({ start, ms, attributes, error, ...rest }) => ({
    ...rest,
    startTimeUnixNano: String(nanos(start)),
    endTimeUnixNano: String(nanos(start, ms)),
    attributes: listed(attributes),
    ...(error !== undefined && { status: { code: 2, message: error } }),
  }));
  return { resourceSpans: [{ resource: { attributes: listed(resource) }, scopeSpans: [{ scope, spans: written }] }] };
}

function writeSpan({ name, traceId, spanId, parentSpanId, start, ms, attributes, error }: SpanBody): Uint8Array {
  const writer = new BinaryWriter()
    .tag(1, LENGTH)
    .bytes(Buffer.from(traceId, "hex"))
    .tag(2, LENGTH)
    .bytes(Buffer.from(spanId, "hex"));
  if (parentSpanId) writer.tag(4, LENGTH).bytes(Buffer.from(parentSpanId, "hex"));
  writer.tag(5, LENGTH).string(name).tag(6, 0).int32(3);
  writer.tag(7, FIXED64).fixed64(nanos(start)).tag(8, FIXED64).fixed64(nanos(start, ms));
  writeAttributes(writer, 9, attributes);
  if (error !== undefined) {
    writer.tag(15, LENGTH).bytes(new BinaryWriter().tag(2, LENGTH).string(error).tag(3, 0).int32(2).finish());
  }
  return writer.finish();
}

function writeAttributes(
  writer: BinaryWriter,
  field: number,
  attributes: Record<string, AttributeValue>,
): BinaryWriter {
  for (const [key, value] of Object.entries(attributes)) {
    const pair = new BinaryWriter().tag(1, LENGTH).string(key).tag(2, LENGTH).bytes(writeValue(value));
    writer.tag(field, LENGTH).bytes(pair.finish());
  }
  return writer;
}

function writeValue(value: AttributeValue): Uint8Array {
  const writer = new BinaryWriter();
  if (typeof value === "string") writer.tag(1, LENGTH).string(value);
  else if (typeof value === "boolean") writer.tag(2, 0).bool(value);
  else if (typeof value === "bigint") writer.tag(3, 0).int64(value);
  else if (typeof value === "number" && Number.isInteger(value)) writer.tag(3, 0).int64(BigInt(value));
  else if (typeof value === "number") writer.tag(4, FIXED64).double(value);
  else {
    const list = new BinaryWriter();
    for (const item of value) list.tag(1, LENGTH).bytes(writeValue(item));
    writer.tag(5, LENGTH).bytes(list.finish());
  }
  return writer.finish();
}

function toJsonValue(value: AttributeValue): unknown {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "bigint" || Number.isInteger(value)) return { intValue: String(value) };
  if (typeof value === "number") return { doubleValue: Number.isFinite(value) ? value : String(value) };
  return { arrayValue: { values: value.map(toJsonValue) } };
}

function nanos(start: Date, ms = 0): bigint {
  return BigInt(start.getTime() + ms) * 1_000_000n;
}
