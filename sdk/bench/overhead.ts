import { spawn } from "node:child_process";
import path from "node:path";
import type { Spendtrace } from "../src/node.js";
import { type Measure, ms, steadyPercentile } from "./measure.js";

const ROUNDS = 5_000;
const WARM_UP = 1_000;
/** About 5,000 tokens, as a prompt with some history has. */
const TEXT = "Why does the sky look blue in the day and red at dusk? ".repeat(360);

type Fetch = typeof globalThis.fetch;

/** A fetch that notes when it is entered and when it has its response. */
function noting(inner: Fetch) {
  const noted = { enteredAt: 0, answeredAt: 0 };
  const fetch: Fetch = async (input, init) => {
    noted.enteredAt = performance.now();
    const response = await inner(input, init);
    noted.answeredAt = performance.now();
    return response;
  };
  return { fetch, noted };
}

type Times = { before: number[]; after: number[]; total: number[]; firstByte: number[]; cpu: number };

/** Bare and wrapped calls by turns, to a provider in another process: what the wrapped ones cost more. */
export async function measureOverhead(spendtrace: Spendtrace): Promise<Measure[]> {
  const provider = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "provider.ts")]);
  const url = await new Promise<string>((resolve) => provider.stdout.once("data", (data) => resolve(`${data}`.trim())));
  try {
    const json = await callByTurns(`${url}/v1/messages`, spendtrace, false);
    const stream = await callByTurns(`${url}/v1/messages`, spendtrace, true);
    return [...overheads("JSON answer", json), ...overheads("streamed answer", stream), ...firstBytes(stream)];
  } finally {
    provider.kill();
  }
}

type ByTurns = { bare: Times; wrapped: Times };

async function callByTurns(url: string, spendtrace: Spendtrace, stream: boolean): Promise<ByTurns> {
  const bare = noting(globalThis.fetch);
  const within = noting(globalThis.fetch);
  const ways = {
    bare: { fetch: bare.fetch, noted: bare.noted },
    wrapped: { fetch: spendtrace.fetch(within.fetch), noted: within.noted },
  };
  const empty = (): Times => ({ before: [], after: [], total: [], firstByte: [], cpu: 0 });
  const times: ByTurns = { bare: empty(), wrapped: empty() };
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const messages = [{ role: "user", content: `${round} ${TEXT}` }];
    const body = JSON.stringify({ model: "claude-sonnet-5", max_tokens: 1_024, stream, messages });
    for (const way of round % 2 ? (["bare", "wrapped"] as const) : (["wrapped", "bare"] as const)) {
      const { fetch, noted } = ways[way];
      const cpu = process.cpuUsage();
      const startedAt = performance.now();
      const response = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
      const returnedAt = performance.now();
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      const firstByteAt = performance.now();
      while (!(await reader.read()).done);
      const endedAt = performance.now();
      // What is put off until the host has gone on belongs to the call as well.
      await new Promise((resolve) => setImmediate(resolve));
      if (round < WARM_UP) continue;
      const { user, system } = process.cpuUsage(cpu);
      times[way].cpu += (user + system) / 1_000 / ROUNDS;
      times[way].before.push(noted.enteredAt - startedAt);
      times[way].after.push(returnedAt - noted.answeredAt);
      times[way].firstByte.push(firstByteAt - startedAt);
      times[way].total.push(endedAt - startedAt);
    }
  }
  return times;
}

function overheads(name: string, { bare, wrapped }: ByTurns): Measure[] {
  const added = ({ before, after }: Times) => before.map((time, index) => time + (after[index] ?? 0));
  const extra = (share: number) => steadyPercentile(added(wrapped), share) - steadyPercentile(added(bare), share);
  const parts = (times: Times) =>
    `${ms(steadyPercentile(times.before, 0.99))} + ${ms(steadyPercentile(times.after, 0.99))}`;
  return [
    { measure: `${name}: added to a call, p50`, figure: ms(extra(0.5)) },
    { measure: `${name}: added to a call, p99`, figure: ms(extra(0.99)), goal: "≤ 0.2 ms", met: extra(0.99) <= 0.2 },
    { measure: `${name}: before + after the inner fetch, p99`, figure: parts(wrapped) },
    { measure: `${name}: processor time of a call, bare and wrapped`, figure: `${ms(bare.cpu)}, ${ms(wrapped.cpu)}` },
  ];
}

function firstBytes({ bare, wrapped }: ByTurns): Measure[] {
  return [0.5, 0.99].map((share) => {
    const [without, having] = [steadyPercentile(bare.firstByte, share), steadyPercentile(wrapped.firstByte, share)];
    const measure = `first byte of a stream, bare and wrapped, p${share * 100}`;
    const figure = `${ms(without)}, ${ms(having)}`;
    return share === 0.5
      ? { measure, figure, goal: "+ 0.1 ms at most", met: having - without <= 0.1 }
      : { measure, figure };
  });
}
