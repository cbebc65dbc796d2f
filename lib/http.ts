import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const inflate = promisify(gunzip);

/** An answer that is not a success, in the terms of RFC 9457. Thrown anywhere below a route, turned into a response there. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Further members of the problem object, snake_case. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    detail: string,
    members: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = "HttpProblem";
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.members = members;
    this.headers = headers;
  }
}

/** JSON that no cache keeps; bigint becomes a decimal string. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const text = JSON.stringify(body, (_key, value) => (typeof value === "bigint" ? value.toString() : value));
  return new Response(text, {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

/** `application/problem+json`: type, title, status, detail and the problem's own members. */
export function problemResponse(problem: HttpProblem): Response {
  const { status, title, detail, members, headers } = problem;
  return json({ type: "about:blank", title, status, detail, ...members }, status, {
    ...headers,
    "content-type": "application/problem+json",
  });
}

/** Come back later: nothing was stored. */
export function busy(status: 429 | 503, detail: string, retryAfterSeconds: number): HttpProblem {
  const title = status === 429 ? "Too many requests" : "Service unavailable";
  return new HttpProblem(status, title, detail, {}, { "retry-after": String(retryAfterSeconds) });
}

/**
 * Wraps a route: an `HttpProblem` becomes its response; anything else a 500 that names an id for the log and no internals.
 * @param report told of every unexpected error with the id that the client got.
 */
export function withProblems<Args extends unknown[]>(
  handler: (...args: Args) => Promise<Response>,
  report: (error: unknown, errorId: string) => void,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      if (error instanceof HttpProblem) return problemResponse(error);
      const errorId = crypto.randomUUID();
      report(error, errorId);
      return problemResponse(
        new HttpProblem(500, "Internal server error", "Something went wrong on the server.", { error_id: errorId }),
      );
    }
  };
}

/** What it takes to read a request: every `Request` has it, and so has Node's own message (`lib/node-http.ts`). */
export type Incoming = Readonly<{
  headers: Pick<Headers, "get">;
  body: {
    getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> };
  } | null;
}>;

export type BodyLimits = Readonly<{
  /** Of the body as sent and, apart, of the body after unpacking. */
  maxBytes: number;
  /** Called with every chunk's length as it arrives, and with what unpacking adds; throws to refuse. */
  reserve?: (bytes: number) => void;
}>;

/**
 * Reads a request body as strict UTF-8 (a byte order mark is dropped), unpacking gzip.
 * @throws HttpProblem as `readBodyBytes` does, and 400 for broken UTF-8.
 */
export async function readBody(request: Incoming, limits: BodyLimits): Promise<string> {
  return decodeUtf8(await readBodyBytes(request, limits));
}

/** Strict UTF-8 as text, without its byte order mark. @throws HttpProblem 400 for anything else. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem(400, "Unreadable body", "The body is not valid UTF-8.");
  }
}

/**
 * Reads a request body, unpacking gzip.
 * @throws HttpProblem 413 above `maxBytes` (packed or unpacked), 415 for another encoding, 400 for broken gzip or a body cut short.
 */
export async function readBodyBytes(request: Incoming, limits: BodyLimits): Promise<Uint8Array> {
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (!["identity", "", "gzip", "x-gzip"].includes(encoding)) {
    throw new HttpProblem(
      415,
      "Unsupported content encoding",
      `Content-Encoding "${encoding.slice(0, 50)}" is not understood: send gzip, or none.`,
      { accept_encoding: "gzip" },
      { "accept-encoding": "gzip" },
    );
  }
  const packed = await readBytes(request, limits);
  return encoding.endsWith("gzip") ? unpack(packed, limits) : packed;
}

function tooLarge(maxBytes: number): HttpProblem {
  const detail = `The body is larger than ${maxBytes} bytes (counted after unpacking). Send it in smaller batches.`;
  return new HttpProblem(413, "Body too large", detail, { max_bytes: maxBytes });
}

async function readBytes(request: Incoming, { maxBytes, reserve }: BodyLimits): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for (let next = await reader?.read(); next?.value && !next.done; next = await reader?.read()) {
      total += next.value.byteLength;
      if (total > maxBytes) throw tooLarge(maxBytes);
      reserve?.(next.value.byteLength);
      chunks.push(next.value);
    }
  } catch (error) {
    await reader?.cancel().catch(() => undefined);
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(400, "Unreadable body", "The body broke off before its end.");
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, total);
}

async function unpack(packed: Uint8Array, { maxBytes, reserve }: BodyLimits): Promise<Uint8Array> {
  try {
    // zlib stops as soon as the limit is passed: a bomb never unfolds.
    const bytes = await inflate(packed, { maxOutputLength: maxBytes });
    reserve?.(bytes.byteLength);
    return bytes;
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new HttpProblem(400, "Unreadable body", "The body is not valid gzip: it is damaged or cut short.");
  }
}
