import type { Spendtrace as SpendtraceClass } from "../src/node.js";
import { Collector } from "../tests/support/collector.js";
import { count, type Measure, mb, ms, percentile } from "./measure.js";

const SPEED = 20;
const OUTAGE_MS = 600_000;
const CALLS_PER_SECOND = 200;
const CAP_BYTES = 16_000_000;

const real = { setTimeout: globalThis.setTimeout, now: Date.now };
const wait = (realMs: number) => new Promise((resolve) => real.setTimeout(resolve, realMs));

/** Makes ten minutes pass in thirty seconds for whoever asks Date or sets a timer. */
function quickenClock(): void {
  const start = real.now();
  Date.now = () => start + (real.now() - start) * SPEED;
  globalThis.setTimeout = ((callback: () => void, delay = 0, ...given: []) =>
    real.setTimeout(callback, delay / SPEED, ...given)) as typeof globalThis.setTimeout;
}

function heapUsed(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const usage = {
  input_tokens: 2_095,
  cache_creation_input_tokens: 120,
  cache_read_input_tokens: 4_000,
  cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 20 },
  output_tokens: 503,
  service_tier: "standard",
};

/** The server away for ten minutes at 200 calls/s: what memory it takes, what a call costs, and whether every call is accounted for. */
export async function measureOutage(Spendtrace: typeof SpendtraceClass): Promise<Measure[]> {
  const collector = await new Collector().start();
  quickenClock();
  const spendtrace = new Spendtrace({ endpoint: collector.url, apiKey: "st_live_of_the_bench", deploySha: "abc1234" });
  let produced = 0;
  const times: number[] = [];
  const produce = (calls: number) => {
    for (let index = 0; index < calls; index++) {
      const context = { tenantId: `tenant-${produced % 50}`, feature: "chat", sessionId: `s${produced % 997}` };
      const call = {
        request_id: `req_${++produced}`,
        model: "claude-sonnet-5",
        usage,
        latency_ms: 900,
        status_code: 200,
      };
      const startedAt = performance.now();
      spendtrace.run(context, () => spendtrace.record(call));
      times.push(performance.now() - startedAt);
    }
  };
  const live = async (until: () => boolean) => {
    let at = Date.now();
    let owed = 0;
    while (!until()) {
      await wait(5);
      owed += ((Date.now() - at) / 1_000) * CALLS_PER_SECOND;
      at = Date.now();
      produce(Math.floor(owed));
      owed %= 1;
    }
  };

  const warmUp = Date.now() + 20_000;
  await live(() => Date.now() > warmUp);
  await spendtrace.flush(60_000);
  await collector.stop();
  const before = heapUsed();
  let most = before;
  const end = Date.now() + OUTAGE_MS;
  while (Date.now() < end) {
    const sample = Math.min(end, Date.now() + 30_000);
    await live(() => Date.now() >= sample);
    most = Math.max(most, heapUsed());
  }
  const { pending } = await spendtrace.flush(0);

  await collector.start();
  const backAt = Date.now();
  const known = collector.stored.size;
  while (collector.stored.size < known + pending && Date.now() < backAt + 300_000) await wait(5);
  const arrivedAfter = Date.now() - backAt;
  const { dropped } = await spendtrace.shutdown(120_000);
  const reported = Object.values(collector.dropped).reduce((sum, value) => sum + value, 0);
  await collector.stop();

  const growth = most - before;
  const account = `${count(produced)} = ${count(collector.stored.size)} + ${count(reported)}`;
  const p99 = percentile(times, 0.99);
  return [
    { measure: "heap growth", figure: mb(growth), goal: `≤ ${mb(CAP_BYTES)}`, met: growth <= CAP_BYTES },
    { measure: "kept", figure: `${count(pending)} calls` },
    {
      measure: "kept calls arrived after",
      figure: `${(arrivedAfter / 1_000).toFixed(1)} s`,
      goal: "≤ 60 s",
      met: arrivedAfter <= 60_000,
    },
    { measure: "record(), p50", figure: ms(percentile(times, 0.5)) },
    { measure: "record(), p99", figure: ms(p99), goal: "≤ 0.2 ms", met: p99 <= 0.2 },
    {
      measure: "produced = stored + reported as dropped",
      figure: account,
      goal: "exactly",
      met: produced === collector.stored.size + reported && reported === dropped,
    },
  ];
}
