import { ensurePartitions, monthOf } from "@/lib/calls/partition";
import { benchCalls, bodyTemplates, freshBody } from "./bodies";
import { insertClassic } from "./classic";
import { requestRate } from "./http-load";
import { preparedRows } from "./prepared-rows";
import { type Measure, median, rateMeasure } from "./print";
import type { BenchServer } from "./server";
import { statementRate } from "./statement-rate";

const BATCH = 100;
const ROUNDS = 3;
/** Senders of batches, to the server and to the bare statement alike. */
const SENDERS = 8;
/** Senders of single calls: the instances of an application, each waiting for its answer. */
const SINGLE_SENDERS = 64;

export type IngestBench = Readonly<{
  databaseUrl: string;
  projectId: number;
  key: string;
  product: BenchServer;
  emptyApp: BenchServer;
  seconds: number;
}>;

/** Batches against the bare statement and the classic writer; single calls against an empty route handler. */
export async function measureIngest(bench: IngestBench): Promise<Measure[]> {
  const { databaseUrl, projectId, key, product, emptyApp, seconds } = bench;
  const calls = benchCalls(5_000);
  await ensurePartitions(new Set(calls.map((call) => monthOf(call.occurred_at))), new Date());
  const batches = bodyTemplates(calls, BATCH);
  const rows = batches.map((body) => preparedRows(body, projectId));
  const single = bodyTemplates(calls, 1);
  const nothing = { url: `${emptyApp.url}/calls` };
  const ingest = { url: `${product.url}/api/v1/calls`, key };

  // The first second of a process is compilation; nobody runs a server for a second.
  await requestRate({ ...ingest, body: () => freshBody(batches), connections: SENDERS, seconds: 3 });
  await requestRate({ ...nothing, body: () => freshBody(single), connections: SINGLE_SENDERS, seconds: 3 });

  const rates = {
    bare: [] as number[],
    classic: [] as number[],
    http: [] as number[],
    empty: [] as number[],
    ones: [] as number[],
  };
  // In turns, so that whatever else the machine does meets both sides of a ratio.
  for (let round = 0; round < ROUNDS; round += 1) {
    const span = seconds / ROUNDS;
    const renew = () => freshBody(rows);
    rates.bare.push(await statementRate(databaseUrl, { batch: BATCH, connections: SENDERS, seconds: span, renew }));
    rates.http.push(
      BATCH * (await requestRate({ ...ingest, body: () => freshBody(batches), connections: SENDERS, seconds: span })),
    );
    rates.classic.push(await insertClassic(databaseUrl, calls.slice(0, 1_000)));
    rates.empty.push(
      await requestRate({ ...nothing, body: () => freshBody(single), connections: SINGLE_SENDERS, seconds: span }),
    );
    rates.ones.push(
      await requestRate({ ...ingest, body: () => freshBody(single), connections: SINGLE_SENDERS, seconds: span }),
    );
  }
  return [
    rateMeasure("100 a request, against the bare statement", median(rates.http), median(rates.bare), 0.5, "%"),
    rateMeasure("100 a request, against the classic writer", median(rates.http), median(rates.classic), 5, "×"),
    rateMeasure("1 a request, against an empty route handler", median(rates.ones), median(rates.empty), 0.6, "%"),
  ];
}
