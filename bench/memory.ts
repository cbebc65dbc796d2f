import { benchCalls, bodyTemplates, freshBody } from "./bodies";
import { requestRate } from "./http-load";
import type { Measure } from "./print";
import { type BenchServer, residentMb } from "./server";

const MAX_MB = 400;
/** How much the second half of the run may lie above the first and still count as flat. */
const MAX_GROWTH = 1.1;

/** Resident memory of the server while batches of 100 come in as fast as it takes them. */
export async function measureMemory(product: BenchServer, key: string, seconds: number): Promise<Measure[]> {
  const templates = bodyTemplates(benchCalls(5_000), 100);
  const samples: number[] = [];
  const sampler = setInterval(() => samples.push(residentMb(product.pid)), 250);
  try {
    const body = () => freshBody(templates);
    await requestRate({ url: `${product.url}/api/v1/calls`, key, body, connections: 8, seconds });
  } finally {
    clearInterval(sampler);
  }
  const half = Math.floor(samples.length / 2);
  const first = Math.max(...samples.slice(0, half));
  const second = Math.max(...samples.slice(half));
  const peak = Math.max(first, second);
  return [
    {
      measure: `server memory, ${seconds} s of ingest: peak`,
      ours: `${peak.toFixed(0)} MB`,
      baseline: "",
      ratio: "",
      goal: `≤ ${MAX_MB} MB`,
      met: peak <= MAX_MB,
    },
    {
      measure: "server memory: second half against first",
      ours: `${second.toFixed(0)} MB`,
      baseline: `${first.toFixed(0)} MB`,
      ratio: `${((second / first) * 100).toFixed(0)} %`,
      goal: `≤ ${(MAX_GROWTH * 100).toFixed(0)} %`,
      met: second / first <= MAX_GROWTH,
    },
  ];
}
