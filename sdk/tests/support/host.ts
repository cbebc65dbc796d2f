/** A host application for tests that end processes: does what its one argument says. */
import { writeSync } from "node:fs";
import { Spendtrace } from "../../src/node.js";

type Orders = {
  endpoint: string;
  spool?: string;
  handleSigterm?: boolean;
  prefix: string;
  /** Calls at the start, then one each millisecond when `endless`. */
  calls: number;
  endless?: boolean;
  ending: "end" | "exit" | "wait" | "throw";
};

const orders = JSON.parse(process.argv[2] ?? "") as Orders;
const { endpoint, spool, handleSigterm, prefix, calls, endless, ending } = orders;
const spendtrace = new Spendtrace({ endpoint, apiKey: "st_live_test_of_processes", spool, handleSigterm });

let recorded = 0;
function recordOne(): void {
  recorded++;
  spendtrace.record({ request_id: `${prefix}-${recorded}`, model: "m" });
}

for (let number = 0; number < calls; number++) recordOne();
if (endless)
  setInterval(() => {
    for (let number = 0; number < 10; number++) recordOne();
    writeSync(1, `recorded ${recorded}\n`);
  }, 10);
writeSync(1, `recorded ${recorded}\n`);
if (ending === "exit") process.exit(3);
if (ending === "throw") throw new Error("the host's own");
if (ending === "wait") setInterval(() => {}, 1_000);
