/** AWS allows 16 MB for the payload of one message. */
const MAX_MESSAGE_BYTES = 17_000_000;
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const STRING_HEADER = 7;
/** The sizes of header values by their type; those of type 6 and 7 carry their own. */
const HEADER_SIZES = [0, 0, 1, 2, 4, 8, null, null, 8, 16];

export type EventStreamMessage = { headers: ReadonlyMap<string, string>; payload: Uint8Array };

/**
 * Reads the messages of `application/vnd.amazon.eventstream` out of bytes as they pass: a prelude of two lengths and a
 * checksum, headers, the payload, a checksum. Checksums are the client's to check. What is no such stream ends the reading.
 */
export class AwsEventStream {
  readonly #onMessage: (message: EventStreamMessage) => void;
  #pending: Uint8Array[] = [];
  #bytes = 0;
  #isBroken = false;

  constructor(onMessage: (message: EventStreamMessage) => void) {
    this.#onMessage = onMessage;
  }

  push(bytes: Uint8Array): void {
    if (this.#isBroken) return;
    // The pieces outlive the chunk, whose buffer goes on to the host. (`slice` would not copy a Buffer.)
    this.#pending.push(new Uint8Array(bytes));
    this.#bytes += bytes.length;
    while (this.#bytes >= PRELUDE_BYTES) {
      const length = this.#peek(4);
      if (length < PRELUDE_BYTES + CHECKSUM_BYTES || length > MAX_MESSAGE_BYTES) {
        this.#isBroken = true;
        this.#pending = [];
        return;
      }
      if (this.#bytes < length) return;
      this.#read(this.#take(length));
    }
  }

  /** The big-endian number in the first bytes. */
  #peek(count: number): number {
    let value = 0;
    for (let at = 0, piece = 0, offset = 0; at < count; at++, offset++) {
      while (offset >= (this.#pending[piece]?.length ?? Number.POSITIVE_INFINITY)) {
        piece += 1;
        offset = 0;
      }
      value = value * 256 + (this.#pending[piece]?.[offset] ?? 0);
    }
    return value;
  }

  #take(length: number): Uint8Array {
    const taken = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const piece = this.#pending.shift() ?? new Uint8Array();
      const part = piece.subarray(0, length - at);
      taken.set(part, at);
      at += part.length;
      if (part.length < piece.length) this.#pending.unshift(piece.subarray(part.length));
    }
    this.#bytes -= length;
    return taken;
  }

  #read(message: Uint8Array): void {
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    const headersEnd = PRELUDE_BYTES + view.getUint32(4);
    if (headersEnd > message.length - CHECKSUM_BYTES) return;
    const headers = readHeaders(message.subarray(PRELUDE_BYTES, headersEnd));
    this.#onMessage({ headers, payload: message.subarray(headersEnd, message.length - CHECKSUM_BYTES) });
  }
}

/** The headers whose values are text; the rest says nothing here. */
function readHeaders(bytes: Uint8Array): Map<string, string> {
  const decoder = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headers = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + view.getUint8(at);
    const type = view.getUint8(nameEnd);
    const fixed = HEADER_SIZES[type];
    if (fixed === undefined) break;
    const start = nameEnd + (fixed === null ? 3 : 1);
    const end = start + (fixed ?? view.getUint16(nameEnd + 1));
    if (type === STRING_HEADER) {
      headers.set(decoder.decode(bytes.subarray(at + 1, nameEnd)), decoder.decode(bytes.subarray(start, end)));
    }
    at = end;
  }
  return headers;
}
