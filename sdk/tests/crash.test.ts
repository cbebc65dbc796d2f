import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, realWait } from "./support/client.js";
import { Collector } from "./support/collector.js";
import { runHost } from "./support/run-host.js";

const KILLS = 10;
/** What may be lost to a kill: the buffer of 100 calls, and what is recorded while it is written on a busy machine. */
const UNWRITTEN = 300;

const collector = new Collector();
let spool: string;

beforeAll(async () => {
  await collector.start();
  spool = mkdtempSync(path.join(tmpdir(), "spendtrace-crash-"));
});

afterAll(async () => {
  await collector.stop();
  rmSync(spool, { recursive: true, force: true });
});

/** The request ids of all whole lines on disk. */
function onDisk(): string[] {
  return readdirSync(spool)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(path.join(spool, name), "utf8").split("\n").slice(0, -1))
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line).request_id);
}

test(`${KILLS} kills lose nothing that was on disk, at most what was not yet written, and double nothing`, async () => {
  const promised = new Set<string>();
  let produced = 0;
  for (let round = 0; round < KILLS; round++) {
    // In every third life the server is away, in every third it takes calls and the answer is lost.
    collector.behave = () => ([undefined, "hang up", "lose"] as const)[round % 3];
    const host = runHost({
      endpoint: collector.url,
      spool,
      prefix: `p${round}`,
      calls: 100,
      endless: true,
      ending: "wait",
    });
    await host.ready;
    await realWait(Math.random() * 700);
    host.child.kill("SIGKILL");
    expect((await host.ended).signal).toBe("SIGKILL");

    const safe = new Set([...onDisk(), ...collector.requestIds()]);
    for (const id of safe) promised.add(id);
    const ids = Array.from({ length: host.recorded() }, (_, index) => `p${round}-${index + 1}`);
    expect(ids.filter((id) => !safe.has(id)).length).toBeLessThanOrEqual(UNWRITTEN);
    produced += ids.length;
  }
  collector.behave = () => undefined;
  const last = connect(collector, { spool });
  const { pending, dropped } = await last.shutdown(20_000);
  expect([pending, dropped]).toEqual([0, 0]);
  const stored = collector.requestIds();
  expect(new Set(stored).size).toBe(stored.length);
  expect([...promised].filter((id) => !stored.includes(id))).toEqual([]);
  expect(stored.length).toBeGreaterThan(produced - KILLS * UNWRITTEN);
  expect(readdirSync(spool)).toEqual([]);
}, 120_000);
