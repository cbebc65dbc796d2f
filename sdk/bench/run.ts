import { spawnSync } from "node:child_process";
import { Collector } from "../tests/support/collector.js";
import { type Measure, print } from "./measure.js";
import { measureOutage } from "./outage.js";
import { measureOverhead } from "./overhead.js";

/**
 * `npm run bench -w sdk`: what the SDK costs its host, measured on the package as it is published, each part in a process of its own.
 * Exits with 1 when a goal is missed.
 */
const { Spendtrace } = (await import(`${import.meta.dirname}/../dist/esm/node.js`)) as typeof import("../src/node.js");
console.warn = () => {};

async function overhead(): Promise<Measure[]> {
  const collector = await new Collector().start();
  const spendtrace = new Spendtrace({ endpoint: collector.url, apiKey: "st_live_of_the_bench" });
  return measureOverhead(spendtrace);
}

const PARTS: Record<string, { title: string; measure: () => Promise<Measure[]> }> = {
  overhead: { title: "the wrapped fetch against the bare one, by turns", measure: overhead },
  outage: {
    title: "the server away for ten minutes at 200 calls/s (the clock runs at 20 times its speed)",
    measure: () => measureOutage(Spendtrace),
  },
};

const part = PARTS[process.argv[2] ?? ""];
if (part) {
  const measures = await part.measure();
  print(part.title, measures);
  process.exit(measures.every(({ met }) => met !== false) ? 0 : 1);
}
const run = (name: string) =>
  spawnSync(process.execPath, [...process.execArgv, import.meta.filename, name], { stdio: "inherit" }).status === 0;
const met = Object.keys(PARTS).map(run);
process.exit(met.every(Boolean) ? 0 : 1);
