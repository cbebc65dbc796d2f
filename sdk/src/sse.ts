const MAX_EVENT_CHARS = 16_000_000;

/**
 * Reads the data of server-sent events out of bytes as they pass: lines ended by LF, CRLF or CR, several `data` lines of
 * one event joined by LF, comments and other fields passed over. An event beyond 16 M characters is left out.
 */
export class ServerSentEvents {
  readonly #onData: (data: string) => void;
  readonly #decoder = new TextDecoder();
  #line: string[] = [];
  #data: string[] = [];
  #chars = 0;
  #endedInCr = false;

  constructor(onData: (data: string) => void) {
    this.#onData = onData;
  }

  push(bytes: Uint8Array): void {
    this.#read(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The last event counts even without the empty line behind it: providers' own clients take it too. */
  end(): void {
    this.#read(this.#decoder.decode());
    if (this.#line.length > 0) this.#endLine();
    this.#dispatch();
  }

  #read(text: string): void {
    let start = this.#endedInCr && text.startsWith("\n") ? 1 : 0;
    if (text !== "") this.#endedInCr = text.endsWith("\r");
    let cr = text.indexOf("\r", start);
    for (;;) {
      const lf = text.indexOf("\n", start);
      if (cr !== -1 && cr < start) cr = text.indexOf("\r", start);
      const end = cr !== -1 && (lf === -1 || cr < lf) ? cr : lf;
      if (end === -1) break;
      this.#extend(text.slice(start, end));
      this.#endLine();
      start = end === cr && lf === cr + 1 ? end + 2 : end + 1;
    }
    if (start < text.length) this.#extend(text.slice(start));
  }

  #extend(part: string): void {
    this.#chars += part.length;
    if (this.#chars <= MAX_EVENT_CHARS) this.#line.push(part);
  }

  #endLine(): void {
    const line = this.#line.length === 1 ? (this.#line[0] ?? "") : this.#line.join("");
    this.#line = [];
    if (line === "") this.#dispatch();
    else if (line.startsWith("data:")) this.#data.push(line.slice(line[5] === " " ? 6 : 5));
  }

  #dispatch(): void {
    const data = this.#data;
    const isWhole = this.#chars <= MAX_EVENT_CHARS;
    this.#data = [];
    this.#chars = 0;
    if (isWhole && data.length > 0) this.#onData(data.length === 1 ? (data[0] ?? "") : data.join("\n"));
  }
}
