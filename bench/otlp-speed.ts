import { ensurePartitions, monthOf } from "@/lib/calls/partition";
import { benchCalls, bodyTemplates, freshBody } from "./bodies";
import { requestRate } from "./http-load";
import { freshTraces, traceTemplates } from "./otlp-bodies";
import { type Measure, median, rateMeasure } from "./print";
import type { BenchServer } from "./server";

const BATCH = 100;
const ROUNDS = 3;
const SENDERS = 8;

/** The same calls as OTLP spans in protobuf against the JSON endpoint, 100 a request. */
export async function measureOtlp(product: BenchServer, key: string, seconds: number): Promise<Measure[]> {
  const calls = benchCalls(5_000);
  await ensurePartitions(new Set(calls.map((call) => monthOf(call.occurred_at))), new Date());
  const [batches, traces] = [bodyTemplates(calls, BATCH), traceTemplates(calls, BATCH)];
  const json = { url: `${product.url}/api/v1/calls`, key, connections: SENDERS, body: () => freshBody(batches) };
  const otlp = {
    ...{ url: `${product.url}/api/otlp/v1/traces`, key, connections: SENDERS },
    ...{ contentType: "application/x-protobuf", body: () => freshTraces(traces) },
  };
  await expectWhole(otlp.url, key, otlp.body());
  // The first seconds of a process are compilation.
  await requestRate({ ...json, seconds: 3 });
  await requestRate({ ...otlp, seconds: 3 });
  const rates = { json: [] as number[], otlp: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.json.push(BATCH * (await requestRate({ ...json, seconds: seconds / ROUNDS })));
    rates.otlp.push(BATCH * (await requestRate({ ...otlp, seconds: seconds / ROUNDS })));
  }
  return [rateMeasure("OTLP in protobuf, against the JSON endpoint", median(rates.otlp), median(rates.json), 0.5, "%")];
}

/** An exporter is answered 200 also where spans were refused: a rate of refusals is no rate. */
async function expectWhole(url: string, key: string, traces: Buffer): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/x-protobuf" };
  const answer = await fetch(url, { method: "POST", headers, body: new Uint8Array(traces) });
  const text = await answer.text();
  if (answer.status !== 200 || text !== "") throw new Error(`${url} refused spans: ${answer.status} ${text}`);
}
