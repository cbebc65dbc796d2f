const MAX_FIELD_BYTES = 262_144;
const MAX_NAME_BYTES = 64;
/** A path has three steps at most; the elements of a list around the whole lie one level deeper. */
const MAX_DEPTH = 4;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** White space and the bytes of a byte order mark: all that may stand before and after the whole. */
const BETWEEN: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Picks a few members out of JSON that passes by in pieces and keeps nothing else: an answer of any size is read without
 * being gathered. A member is named by its path ("choices.0.finish_reason"); where the whole is a list, by its path in an
 * element, and the last element that has it wins. Text that is no JSON yields nothing.
 */
export class JsonFields {
  readonly #wanted: ReadonlySet<string>;
  #values = new Map<string, unknown>();
  #depth = 0;
  #hasBegun = false;
  #isJson = true;
  /** For each open container that is not too deep: the current member of an object, the current place in a list. */
  #path: (string | number)[] = [];
  #isInString = false;
  #isEscaped = false;
  #isNameNext = false;
  /** The bytes of a member's name while it passes by. */
  #name: string | null = null;
  #field: { path: string; depth: number; pieces: Uint8Array[]; bytes: number } | null = null;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  push(bytes: Uint8Array): void {
    let fieldStart = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (this.#isInString) {
        at = this.#passString(bytes, at);
        continue;
      }
      switch (bytes[at]) {
        case QUOTE:
          this.#isInString = true;
          if (this.#isNameNext) this.#name = "";
          break;
        case COLON:
          this.#isNameNext = false;
          if (this.#beginField()) fieldStart = at + 1;
          break;
        case COMMA:
          this.#endField(bytes, fieldStart, at);
          this.#nextMember();
          break;
        case OPEN_OBJECT:
          this.#open("");
          break;
        case OPEN_LIST:
          this.#open(0);
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          this.#endField(bytes, fieldStart, at);
          this.#isNameNext = false;
          this.#depth -= 1;
          break;
        default:
          if (this.#depth <= 0 && !BETWEEN.has(bytes[at] ?? 0)) this.#isJson = false;
      }
    }
    this.#keep(bytes, fieldStart, bytes.length);
  }

  /** What was found since the last time, and whether the text was whole; begins anew. */
  take(): { values: ReadonlyMap<string, unknown>; isWhole: boolean } {
    const taken = {
      values: this.#isJson ? this.#values : new Map<string, unknown>(),
      isWhole: this.#isJson && this.#hasBegun && this.#depth === 0 && !this.#isInString,
    };
    this.#values = new Map();
    this.#depth = 0;
    this.#isJson = true;
    this.#hasBegun = this.#isInString = this.#isEscaped = this.#isNameNext = false;
    this.#name = this.#field = null;
    return taken;
  }

  /** @returns the place of the closing quote, or of the end of these bytes. */
  #passString(bytes: Uint8Array, from: number): number {
    for (let start = from; ; ) {
      const quote = bytes.indexOf(QUOTE, start);
      const end = quote === -1 ? bytes.length : quote;
      if (this.#name !== null) this.#extendName(bytes.subarray(start, end));
      let run = end;
      while (run > from && bytes[run - 1] === BACKSLASH) run -= 1;
      const backslashes = end - run + (run === from && this.#isEscaped ? 1 : 0);
      const isEscaped = backslashes % 2 === 1;
      if (quote === -1 || !isEscaped) {
        this.#isEscaped = isEscaped;
        this.#isInString = quote === -1;
        if (quote !== -1) this.#endName();
        return end;
      }
      start = quote + 1;
    }
  }

  #extendName(bytes: Uint8Array): void {
    if (this.#name !== null) this.#name += String.fromCharCode(...bytes.subarray(0, MAX_NAME_BYTES));
  }

  #endName(): void {
    if (this.#name !== null) this.#path[this.#depth - 1] = this.#name;
    this.#name = null;
  }

  #open(start: string | number): void {
    if (this.#depth <= 0 && this.#hasBegun) this.#isJson = false;
    this.#hasBegun = true;
    this.#depth += 1;
    const isNear = this.#depth <= MAX_DEPTH && this.#field === null;
    if (isNear) this.#path[this.#depth - 1] = start;
    this.#isNameNext = isNear && start === "";
  }

  #nextMember(): void {
    if (this.#depth > MAX_DEPTH || this.#field !== null) return;
    const current = this.#path[this.#depth - 1];
    if (typeof current === "number") this.#path[this.#depth - 1] = current + 1;
    else this.#isNameNext = current !== undefined && this.#depth > 0;
  }

  #beginField(): boolean {
    if (this.#depth > MAX_DEPTH || this.#field !== null) return false;
    const start = typeof this.#path[0] === "number" ? 1 : 0;
    const path = this.#path.slice(start, this.#depth).join(".");
    if (!this.#wanted.has(path)) return false;
    this.#field = { path, depth: this.#depth, pieces: [], bytes: 0 };
    return true;
  }

  #endField(bytes: Uint8Array, start: number, end: number): void {
    const field = this.#field;
    if (field === null || this.#depth !== field.depth) return;
    this.#keep(bytes, start, end);
    this.#field = null;
    if (field.bytes > MAX_FIELD_BYTES) return;
    try {
      this.#values.set(field.path, JSON.parse(decode(field.pieces)));
    } catch {
      // No JSON after all.
    }
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const field = this.#field;
    if (field === null || start >= end) return;
    field.bytes += end - start;
    if (field.bytes > MAX_FIELD_BYTES) field.pieces = [];
    else field.pieces.push(new Uint8Array(bytes.subarray(start, end)));
  }
}

function decode(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
}
