import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base, describe, expect } from "vitest";
import { connect } from "./support/client.js";
import { Collector } from "./support/collector.js";
import { runHost } from "./support/run-host.js";

/** A server and a folder of its own for each test: they run side by side, since most of their time is waiting. */
const test = base.extend<{ collector: Collector; spool: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture says by its pattern which others it needs.
  collector: async ({}, use) => {
    const collector = await new Collector().start();
    await use(collector);
    await collector.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  spool: async ({}, use) => {
    const spool = mkdtempSync(path.join(tmpdir(), "spendtrace-spool-"));
    await use(spool);
    rmSync(spool, { recursive: true, force: true });
  },
});

const run = (collector: Collector, orders: Record<string, unknown>) =>
  runHost({ endpoint: collector.url, prefix: "h", calls: 3, ...orders });

describe.concurrent("a process that has nothing left to do", () => {
  test("ends by itself, and its last calls are delivered", async ({ collector }) => {
    const { code, ms } = await run(collector, { ending: "end" }).ended;
    expect([code, collector.stored.size, collector.reports.size]).toEqual([0, 3, 1]);
    expect(ms).toBeLessThan(5_000);
  });

  test("ends by itself though the server never answers", async ({ collector }) => {
    collector.behave = () => "hang";
    const { code, ms } = await run(collector, { ending: "end" }).ended;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(8_000);
  });

  test("ends by itself though a request hangs from before", async ({ collector }) => {
    collector.behave = () => "hang";
    const { code, ms } = await run(collector, { ending: "end", calls: 150 }).ended;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(20_000);
  });

  test("ends by itself though the server is away", async ({ collector }) => {
    await collector.stop();
    const { code, ms } = await run(collector, { ending: "end" }).ended;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(8_000);
    await collector.start();
  });
});

describe.concurrent("a process that ends in another way", () => {
  test("exit() keeps its code, and leaves the calls to the spool and the next process", async ({
    collector,
    spool,
  }) => {
    const { code } = await run(collector, { ending: "exit", spool }).ended;
    expect([code, collector.stored.size]).toEqual([3, 0]);
    const next = connect(collector, { spool });
    expect(await next.shutdown(5_000)).toEqual({ sent: 3, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(["h-1", "h-2", "h-3"]);
  });

  test("an error of the host stays the host's", async ({ collector, spool }) => {
    const { code, stderr } = await run(collector, { ending: "throw", spool }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("the host's own");
  });

  test("SIGTERM with the hook: calls are delivered, then the signal takes its course", async ({ collector }) => {
    const host = run(collector, { ending: "wait", handleSigterm: true });
    await host.ready;
    host.child.kill("SIGTERM");
    const { signal, ms } = await host.ended;
    expect([signal, collector.stored.size]).toEqual(["SIGTERM", 3]);
    expect(ms).toBeLessThan(5_000);
  });

  test("SIGTERM with the hook ends it though the disk of its spool stalls", async ({ collector, spool }) => {
    execFileSync("mkfifo", [path.join(spool, "x-000001.jsonl")]);
    const host = run(collector, { ending: "wait", handleSigterm: true, spool });
    await host.ready;
    host.child.kill("SIGTERM");
    const { signal, ms } = await host.ended;
    expect(signal).toBe("SIGTERM");
    expect(ms).toBeLessThan(9_000);
  });

  test("SIGTERM without the hook ends it at once", async ({ collector }) => {
    const host = run(collector, { ending: "wait" });
    await host.ready;
    host.child.kill("SIGTERM");
    const { signal } = await host.ended;
    expect([signal, collector.stored.size]).toEqual(["SIGTERM", 0]);
  });
});
