import { detectFormat } from "@/lib/imports/detect-format";
import { readCalls } from "@/lib/imports/read-calls";
import { START } from "@/lib/imports/schema";
import type { Measure } from "./print";

const LINES = 1_000_000;
const CHUNK_LINES = 250;
const GOAL_BYTES = 150_000_000;

const CALL = {
  occurred_at: "2026-11-20T12:00:00.000Z",
  request_id: "req_00000001",
  tenant_id: "Northwind",
  feature: "support-reply",
  deploy_sha: "9f8e7d6",
  model: "claude-sonnet-5-5",
  usage: { input_tokens: 1000, cache_read_input_tokens: 300, output_tokens: 100 },
  latency_ms: 1200,
};
const HEADER =
  "occurred_at,request_id,tenant_id,feature,deploy_sha,model,input_tokens,cache_read_tokens,output_tokens\n";
const ROW = '2026-11-20 12:00:00.123,req_00000001,"North, wind",support-reply,9f8e7d6,claude-sonnet-5-5,1000,300,100\n';

/** Files of a million lines through the readers of the import; the baseline is JSON.parse of as many lines that lie in memory. */
export async function measureImport(): Promise<Measure[]> {
  const line = `${JSON.stringify(CALL)}\n`;
  const parse = () => {
    const start = performance.now();
    for (let n = 0; n < LINES; n++) JSON.parse(line);
    return (LINES * 1000) / (performance.now() - start);
  };
  return [await measureFile("JSON lines", "", line, parse()), await measureFile("CSV", HEADER, ROW, parse())];
}

async function measureFile(name: string, head: string, line: string, baseline: number): Promise<Measure> {
  const encoder = new TextEncoder();
  const chunk = encoder.encode(line.repeat(CHUNK_LINES));
  const source = {
    name,
    size: 0,
    open: async function* (from: number) {
      if (from === 0) yield encoder.encode(head);
      for (let n = 0; n < LINES / CHUNK_LINES; n++) yield chunk;
    },
  };
  const options = { defaults: {}, zone: "UTC", at: null, before: null, mapping: null };
  const detected = await detectFormat(source, null);
  const before = process.memoryUsage().rss;
  const start = performance.now();
  let [read, peak] = [0, 0];
  for await (const { calls } of readCalls({
    sources: [source],
    detected,
    options,
    from: START,
    onRead: () => undefined,
    now: new Date(),
  })) {
    read += calls.length;
    peak = Math.max(peak, process.memoryUsage().rss - before);
  }
  const rate = (read * 1000) / (performance.now() - start);
  const perSecond = (value: number) => `${Math.round(value).toLocaleString("en-US")}/s`;
  return {
    measure: `${name}, ${read.toLocaleString("en-US")} lines; memory grows by ${Math.round(peak / 1e6)} MB at most`,
    ours: perSecond(rate),
    baseline: perSecond(baseline),
    ratio: `${((rate / baseline) * 100).toFixed(0)} %`,
    goal: `≤ ${GOAL_BYTES / 1e6} MB`,
    met: read === LINES && peak <= GOAL_BYTES,
  };
}
