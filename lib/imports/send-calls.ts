import { type ImportSums, ImportTally } from "@/lib/imports/import-tally";
import { BATCH_CALLS, type Position, type ReadCall, type ReadGroup, type RefusedLine } from "@/lib/imports/schema";
import type { IngestResult } from "@/lib/ingest/schema";

/** Characters of one request before packing: well below what the server takes. */
const BATCH_CHARS = 2_000_000;
/** Requests under way at once: enough to keep the server busy while the next ones are read. */
const CONCURRENCY = 3;
/** How long a server may be busy or away. */
const GIVE_UP_AFTER_MS = 5 * 60_000;
const MAX_WAIT_MS = 30_000;

/** Why sending ended before the file did; the message is fit for the person. */
export class SendingStopped extends Error {}

export type SendOptions = Readonly<{
  /** Posts a body of gzipped JSON, `[call, …]`, and gives the answer of POST /api/v1/calls. Throws where no server answers. */
  post: (body: Blob) => Promise<Response>;
  signal: AbortSignal;
  /** Told after every answer. `position`: everything before it is settled. */
  onProgress: (sums: ImportSums, position: Position | null) => void;
  /** Told of every record that is not stored as it came. */
  onRefused: (lines: readonly RefusedLine[]) => void;
  /** Awaited before each request: may hold sending up. */
  beforeBatch?: () => Promise<void>;
}>;

type Batch = { calls: ReadCall[]; texts: string[]; chars: number };

/**
 * Sends calls in batches, a few at once, and tells what became of each. Busy and absent servers (429, 503, 5xx, no answer) are asked
 * again after the time they name, or a longer one each time. What was stored is a duplicate when it is sent again: nothing is stored twice.
 * @throws SendingStopped when it is aborted, refused (401, 403…), or the server stays away; UnreadableFile from `groups`. In each case what
 * was read before is settled first.
 */
export async function sendCalls(groups: AsyncIterable<ReadGroup>, options: SendOptions): Promise<ImportSums> {
  return new Sender(options).run(groups);
}

class Sender {
  readonly #tally = new ImportTally();
  readonly #options: SendOptions;
  /** Batches in the order of the file; settled ones leave at the front. */
  readonly #window: { position: Position | null; isDone: boolean }[] = [];
  readonly #running = new Set<Promise<void>>();
  #batch: Batch = { calls: [], texts: [], chars: 0 };
  #settled: Position | null = null;
  #failure: SendingStopped | null = null;

  constructor(options: SendOptions) {
    this.#options = options;
  }

  async run(groups: AsyncIterable<ReadGroup>): Promise<ImportSums> {
    let unreadable: unknown = null;
    try {
      for await (const group of groups) await this.#take(group);
    } catch (error) {
      if (error instanceof SendingStopped) this.#failure ??= error;
      else unreadable = error;
    }
    // A file that breaks off is sent as far as it could be read.
    if (this.#failure === null) await this.#launch(null).catch(() => undefined);
    await Promise.all(this.#running);
    this.#report();
    if (this.#failure !== null || unreadable !== null) throw this.#failure ?? unreadable;
    return this.#tally.sums();
  }

  async #take(group: ReadGroup): Promise<void> {
    this.#tally.addGroup(group);
    if (group.refused.length > 0) this.#options.onRefused(group.refused);
    for (const call of group.calls) {
      const text = JSON.stringify(call.call);
      if (this.#batch.chars + text.length > BATCH_CHARS || this.#batch.calls.length >= BATCH_CALLS)
        await this.#launch(null);
      this.#batch.calls.push(call);
      this.#batch.texts.push(text);
      this.#batch.chars += text.length;
    }
    if (group.next === null) return;
    // Where the group ended counts once the calls that wait for a full batch are settled too.
    if (this.#batch.calls.length === 0) this.#mark(group.next);
    else if (this.#batch.calls.length >= BATCH_CALLS / 2) await this.#launch(group.next);
  }

  #mark(position: Position): void {
    const last = this.#window.at(-1);
    if (last) last.position = position;
    else this.#settled = position;
    this.#report();
  }

  async #launch(position: Position | null): Promise<void> {
    const batch = this.#batch;
    this.#batch = { calls: [], texts: [], chars: 0 };
    await this.#options.beforeBatch?.();
    while (this.#running.size >= CONCURRENCY) await Promise.race(this.#running);
    this.#check();
    if (batch.calls.length === 0) return;
    const place = { position, isDone: false };
    this.#window.push(place);
    const run = this.#send(batch.calls, batch.texts)
      .then(() => {
        place.isDone = true;
        this.#advance();
      })
      .catch((error: unknown) => {
        this.#failure ??= error instanceof SendingStopped ? error : new SendingStopped(String(error));
      })
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  #check(): void {
    if (this.#options.signal.aborted) this.#failure ??= new SendingStopped("stopped");
    if (this.#failure !== null) throw this.#failure;
  }

  #advance(): void {
    while (this.#window[0]?.isDone) {
      const { position } = this.#window.shift() ?? { position: null };
      this.#settled = position ?? this.#settled;
    }
    this.#report();
  }

  #report(): void {
    this.#options.onProgress(this.#tally.sums(), this.#settled);
  }

  async #send(calls: readonly ReadCall[], texts: readonly string[]): Promise<void> {
    const response = await this.#postUntilAnswered(await gzip(`[${texts.join(",")}]`));
    if (response.status === 413 && calls.length > 1) {
      const half = calls.length >> 1;
      await this.#send(calls.slice(0, half), texts.slice(0, half));
      return this.#send(calls.slice(half), texts.slice(half));
    }
    const result = response.status === 200 || response.status === 422 ? await readResult(response) : null;
    if (result === null) throw new SendingStopped(await explain(response));
    const refused = this.#tally.addResult(calls, result);
    if (refused.length > 0) this.#options.onRefused(refused);
  }

  async #postUntilAnswered(body: Blob): Promise<Response> {
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    for (let attempt = 1; ; attempt++) {
      const response = await this.#options.post(body).catch(() => null);
      if (response && response.status !== 429 && response.status < 500) return response;
      this.#check();
      if (performance.now() > giveUpAt) {
        throw new SendingStopped(response ? await explain(response) : "the server does not answer");
      }
      const named = Number(response?.headers.get("retry-after") ?? Number.NaN) * 1000;
      const backoff = 250 * 2 ** Math.min(attempt, 10) * (0.5 + Math.random() / 2);
      await this.#wait(Math.min(Number.isFinite(named) ? named : backoff, MAX_WAIT_MS));
      this.#check();
    }
  }

  /** Ends early when sending is stopped. */
  #wait(ms: number): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener("abort", stop, { once: true });
    });
  }
}

function gzip(text: string): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

async function readResult(response: Response): Promise<IngestResult | null> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === "object" && body !== null && "accepted" in body ? (body as IngestResult) : null;
}

/** What the server says is wrong, in its own words where it has some. */
async function explain(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const detail = typeof body === "object" && body !== null && "detail" in body ? ` ${String(body.detail)}` : "";
  return `the server answered ${response.status}.${detail}`;
}
