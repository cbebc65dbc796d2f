import type { Store } from "./queue.js";
import type { Warn } from "./warn.js";

export type ContextStorage<T> = { run<R>(store: T, fn: () => R): R; getStore(): T | undefined };

/** What differs between a server runtime with node:* modules and an edge runtime. */
export type Platform = {
  /** Such as "node 20.20.0"; client reports name it. */
  runtime: string;
  /** Undefined where the runtime has no AsyncLocalStorage. */
  contextStorage<T>(): ContextStorage<T> | undefined;
  /** Runs `fn` as if no request of the host had led to it: its tracing does not follow, and nothing holds on to the request. Undefined where requests own all that runs. */
  outsideRequests?<R>(fn: () => R): R;
  randomUuid(): string;
  /** SHA-256 of UTF-8 text as lower-case hex. */
  sha256(text: string): string | Promise<string>;
  /** Undefined where the runtime cannot compress. */
  gzip(text: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Undefined where there is no disk. */
  openSpool?(options: SpoolOptions): Spool;
  /** Undefined where a process has no end to wait for. */
  processEnd?: ProcessEnd;
};

export type SpoolOptions = {
  directory: string;
  maxBytes: number;
  /** The owner's name, unique among all processes. */
  owner: string;
  warn: Warn;
  /** Called when files of a process that died were taken over. */
  adopted(): void;
};

export type Spool = Store & {
  /** Resolves when the files of processes that died before have been taken over. */
  ready: Promise<void>;
  /** Writes what is buffered and gives the files up to whoever comes next. */
  close(): Promise<void>;
};

/** Each returns a function that stops listening. */
export type ProcessEnd = {
  /** When the process has nothing left to do. */
  onIdle(listener: () => void): () => void;
  /** On SIGTERM: after the listener is through, the signal takes its usual course, unless the host listens for it too. */
  onSigterm(listener: () => Promise<unknown>): () => void;
};
