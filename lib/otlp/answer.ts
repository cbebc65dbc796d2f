import { BinaryWriter } from "@bufbuild/protobuf/wire";
import type { HttpProblem } from "@/lib/http";

/** How a request was written is how it is answered. */
export type Encoding = "protobuf" | "json";

const CONTENT_TYPES = { protobuf: "application/x-protobuf", json: "application/json" } as const;

/** The code of google.rpc.Status that says what an HTTP status says. */
const RPC_CODES: Readonly<Record<number, number>> = { 401: 16, 403: 7, 404: 5, 413: 8, 429: 8, 500: 13, 503: 14 };
const INVALID_ARGUMENT = 3;

/** `application/x-protobuf` or `application/json`, whatever its parameters; null for another content type. */
export function encodingOf(contentType: string | null): Encoding | null {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === CONTENT_TYPES.protobuf || type === "application/protobuf") return "protobuf";
  return type === CONTENT_TYPES.json ? "json" : null;
}

/**
 * ExportTraceServiceResponse or ExportLogsServiceResponse: empty when all was taken without a remark.
 * @param rejected how many were refused; with 0 and a message, the message is a warning
 */
export function exportResponse(
  encoding: Encoding,
  signal: "spans" | "log_records",
  { rejected, message }: Readonly<{ rejected: number; message: string }>,
): Response {
  const isPartial = rejected > 0 || message !== "";
  if (encoding === "json") {
    const name = signal === "spans" ? "rejectedSpans" : "rejectedLogRecords";
    const partialSuccess = { [name]: String(rejected), errorMessage: message };
    return respond(encoding, 200, JSON.stringify(isPartial ? { partialSuccess } : {}));
  }
  const writer = new BinaryWriter();
  if (isPartial) {
    const partial = new BinaryWriter();
    if (rejected > 0) partial.uint32(8).int64(rejected);
    if (message !== "") partial.uint32(18).string(message);
    writer.uint32(10).bytes(partial.finish());
  }
  return respond(encoding, 200, writer.finish());
}

/** A problem as the OTLP specification wants it: google.rpc.Status, its message naming what is wrong. */
export function statusResponse(encoding: Encoding, problem: HttpProblem): Response {
  const code = RPC_CODES[problem.status] ?? INVALID_ARGUMENT;
  const message = problem.detail;
  const body =
    encoding === "json"
      ? JSON.stringify({ code, message })
      : new BinaryWriter().uint32(8).int32(code).uint32(18).string(message).finish();
  return respond(encoding, problem.status, body, problem.headers);
}

function respond(
  encoding: Encoding,
  status: number,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const fixed = { "content-type": CONTENT_TYPES[encoding], "cache-control": "no-store" };
  return new Response(body, { status, headers: { ...headers, ...fixed } });
}
