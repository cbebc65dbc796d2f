/** Refused before anything was stored: as much is waiting as may wait. */
export class QueueFull extends Error {
  override name = "QueueFull";
}
/** The store did not answer. Whether the last statement was committed is not known: sending again is harmless. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}

// By name: the queue of a process may be that of the other bundle, and so may its errors.
const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;
export const isQueueFull = (error: unknown): boolean => isNamed(error, "QueueFull");
export const isStoreUnavailable = (error: unknown): boolean => isNamed(error, "StoreUnavailable");

export type CommitQueueOptions<Item, Outcome> = Readonly<{
  /** Stores some items; resolves with one outcome for each, in order, once they are committed. */
  commit: (items: readonly Item[]) => Promise<Outcome[]>;
  /** Statements under way at once. */
  writers: number;
  /** Items in one statement. */
  maxItemsPerCommit: number;
  /** Items waiting or under way; more are refused. */
  maxItems: number;
  /** A commit that takes longer is looked into: when `isAlive` says no, all who wait are told. */
  suspectAfterMs: number;
  isAlive: () => Promise<boolean>;
}>;

type Entry<Item, Outcome> = {
  items: readonly Item[];
  /** The next item that no statement has taken yet. */
  next: number;
  outcomes: Outcome[];
  missing: number;
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
};

type Slice<Item, Outcome> = { entry: Entry<Item, Outcome>; from: number; to: number };

/**
 * Group commit: whatever arrives while a statement is under way shares the next one, so that a thousand small requests
 * cost a few commits, and a single one waits for nobody.
 */
export class CommitQueue<Item, Outcome> {
  readonly #options: CommitQueueOptions<Item, Outcome>;
  readonly #entries = new Set<Entry<Item, Outcome>>();
  #items = 0;
  #writing = 0;
  #scheduled = false;
  #probing = false;

  constructor(options: CommitQueueOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** Items waiting or under way. */
  get length(): number {
    return this.#items;
  }

  /** @throws QueueFull, with nothing stored; StoreUnavailable; or what `commit` threw. */
  add(items: readonly Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    // One request alone may be larger than the bound: it is let in when nobody else waits.
    if (this.#items > 0 && this.#items + items.length > this.#options.maxItems) {
      return Promise.reject(new QueueFull());
    }
    return new Promise<Outcome[]>((resolve, reject) => {
      this.#entries.add({ items, next: 0, outcomes: [], missing: items.length, resolve, reject });
      this.#items += items.length;
      this.#schedule();
    });
  }

  /** One turn of the event loop later, so that requests which arrived together go together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#writing < this.#options.writers) {
        const slices = this.#take();
        if (slices.length === 0) return;
        void this.#write(slices);
      }
    });
  }

  #take(): Slice<Item, Outcome>[] {
    const slices: Slice<Item, Outcome>[] = [];
    let room = this.#options.maxItemsPerCommit;
    for (const entry of this.#entries) {
      if (room === 0) break;
      const from = entry.next;
      const to = Math.min(entry.items.length, from + room);
      if (from === to) continue;
      entry.next = to;
      room -= to - from;
      slices.push({ entry, from, to });
    }
    return slices;
  }

  async #write(slices: readonly Slice<Item, Outcome>[]): Promise<void> {
    this.#writing += 1;
    const suspicion = setInterval(() => void this.#suspect(slices), this.#options.suspectAfterMs);
    try {
      const items = slices.flatMap(({ entry, from, to }) => entry.items.slice(from, to));
      const outcomes = await this.#options.commit(items);
      let at = 0;
      for (const { entry, from, to } of slices) {
        for (let i = from; i < to; i++) entry.outcomes[i] = outcomes[at++] as Outcome;
        entry.missing -= to - from;
        if (entry.missing === 0) this.#settle(entry, () => entry.resolve(entry.outcomes));
      }
    } catch (error) {
      const isNews = slices.some(({ entry }) => this.#entries.has(entry));
      for (const { entry } of slices) this.#settle(entry, () => entry.reject(error));
      // Those behind would each wait for the same failure in turn.
      if (isNews && isStoreUnavailable(error)) this.#reject(error, (entry) => entry.next === 0);
    } finally {
      clearInterval(suspicion);
      this.#writing -= 1;
      this.#schedule();
    }
  }

  async #suspect(slices: readonly Slice<Item, Outcome>[]): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    const alive = await this.#options.isAlive().finally(() => {
      this.#probing = false;
    });
    if (!alive && slices.some(({ entry }) => this.#entries.has(entry)))
      this.#reject(new StoreUnavailable(), () => true);
  }

  #reject(error: unknown, which: (entry: Entry<Item, Outcome>) => boolean): void {
    for (const entry of [...this.#entries].filter(which)) this.#settle(entry, () => entry.reject(error));
  }

  #settle(entry: Entry<Item, Outcome>, how: () => void): void {
    if (!this.#entries.delete(entry)) return;
    this.#items -= entry.items.length;
    how();
  }
}
