import { vi } from "vitest";
import { Spendtrace, type SpendtraceOptions } from "../../src/node.js";
import { nodePlatform } from "../../src/node-platform.js";
import type { Collector } from "./collector.js";

const realTimeout = globalThis.setTimeout;

export const KEY = "st_live_0123456789abcdef0123456789";

export function connect(collector: Collector, options: SpendtraceOptions = {}): Spendtrace {
  return new Spendtrace({ endpoint: collector.url, apiKey: KEY, ...options });
}

/** Records calls `from`…`to`, named by their number. */
export function recordCalls(spendtrace: Spendtrace, from: number, to: number): void {
  for (let number = from; number <= to; number++) {
    spendtrace.record({ request_id: `r${number}`, model: "claude-sonnet-5", input_tokens: 10, output_tokens: number });
  }
}

export const names = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `r${from + i}`);

/** Waits in real time, also while the clock is a false one, until something came true. */
export async function until(condition: () => boolean, what = "what was waited for"): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what} did not come true`);
    await new Promise((resolve) => realTimeout(resolve, 1));
  }
}

/** Time that passes in reality, for what must not happen. */
export const realWait = (ms: number) => new Promise<void>((resolve) => realTimeout(resolve, ms));

let underWay = 0;

async function count<T>(work: () => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
  }
}

/** A clock that stands still until it is set forward; connections go on in real time. Call it before a client is made. */
export function holdClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
  underWay = 0;
  const { fetch } = globalThis;
  const { gzip } = nodePlatform;
  vi.spyOn(nodePlatform, "gzip").mockImplementation((text) => count(() => gzip(text)));
  vi.spyOn(globalThis, "fetch").mockImplementation((...given) =>
    count(async () => {
      const response = await fetch(...given);
      const { status, headers } = response;
      return new Response(await response.text(), { status, headers });
    }),
  );
}

/** Sets the clock forward, and lets what that started come to its end in real time; what hangs is left after `patience`. */
async function step(ms: number, patience = 5_000): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  const end = performance.now() + patience;
  do await realWait(1);
  while (underWay > 0 && performance.now() < end);
}

/** Sets the clock forward by `ms`, in steps: what happens within one happens at its end. */
export async function pass(ms: number, stepMs = 250, patience?: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) await step(Math.min(stepMs, ms - passed), patience);
}

/** Sets the clock forward until something came true; returns how far that was, to 50 ms. */
export async function passUntil(condition: () => boolean): Promise<number> {
  const startedAt = Date.now();
  while (!condition()) {
    if (Date.now() - startedAt > 200_000) throw new Error("what was waited for did not come true");
    await step(50);
  }
  return Date.now() - startedAt;
}
