import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openSpool } from "../src/spool.js";
import { connect, names, realWait, recordCalls, until } from "./support/client.js";
import { Collector } from "./support/collector.js";

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const appendFile: typeof fs.appendFile = async (file, data, options) => {
    if (!disk.isFull) return fs.appendFile(file, data, options);
    await fs.appendFile(file, (data as Buffer).subarray(0, 100), options);
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  };
  return { ...fs, appendFile };
});

let collector: Collector;
let directory: string;
let warn: ReturnType<typeof vi.spyOn>;

beforeEach(async () => {
  collector = await new Collector().start();
  directory = mkdtempSync(path.join(tmpdir(), "spendtrace-spool-"));
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  disk.isFull = false;
  vi.restoreAllMocks();
  await collector.stop();
  rmSync(directory, { recursive: true, force: true });
});

const files = (end: string) => readdirSync(directory).filter((name) => name.endsWith(end));
const lines = () =>
  files(".jsonl").flatMap((name) => readFileSync(path.join(directory, name), "utf8").split("\n").slice(0, -1));
const away = () => {
  collector.behave = () => "hang up";
};
const back = () => {
  collector.behave = () => undefined;
};
/** What was on its way when its client was shut down must still meet a server that is away. */
const settled = () => realWait(50);
/** The id of no process. */
const DEAD = 2 ** 22 - 1;
const callLine = (request_id: string) =>
  JSON.stringify({ occurred_at: "2026-11-21T12:00:00Z", request_id, tenant_id: "a", feature: "b", model: "m" });

describe("a spool", () => {
  test("holds each call within a second, or at a hundred, until the server has it", async () => {
    away();
    const spendtrace = connect(collector, { spool: directory });
    recordCalls(spendtrace, 1, 100);
    await until(() => lines().length === 100);
    recordCalls(spendtrace, 101, 103);
    const startedAt = performance.now();
    await until(() => lines().length === 103);
    expect(performance.now() - startedAt).toBeLessThan(1_300);
    expect(await spendtrace.flush(0)).toEqual({ sent: 0, pending: 103, dropped: 0 });
    back();
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 103, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(1, 103));
    await until(() => files(".jsonl").length === 0);
    await spendtrace.shutdown(0);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is sent by the next process as it was written, and then removed", async () => {
    away();
    const first = connect(collector, { spool: directory });
    for (let start = 1; start <= 2_001; start += 500) {
      recordCalls(first, start, start + 499);
      await until(() => lines().length === start + 499);
    }
    expect(await first.shutdown(0)).toEqual({ sent: 0, pending: 2_500, dropped: 0 });
    const written = lines();
    expect(written).toHaveLength(2_500);
    expect(files(".jsonl").length).toBeGreaterThan(1);
    await settled();
    back();
    const second = connect(collector, { spool: directory, tenantId: "another" });
    recordCalls(second, 2_501, 2_510);
    expect(await second.shutdown(10_000)).toEqual({ sent: 2_510, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(1, 2_510));
    expect([...collector.stored.values()].slice(0, 2_500).map((call) => JSON.stringify(call))).toEqual(written);
    expect(collector.duplicates).toBe(0);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("that was sent in part goes on where it was, and reports no refusal twice", async () => {
    let requests = 0;
    collector.behave = ({ path }) => {
      if (!path.endsWith("calls")) return undefined;
      const rejected = [{ index: 3 }, { index: 7 }];
      return requests++ > 0 ? { status: 503 } : { status: 200, body: { accepted: 98, rejected, conflicts: [] } };
    };
    const first = connect(collector, { spool: directory });
    recordCalls(first, 1, 250);
    expect(await first.shutdown(400)).toEqual({ sent: 98, pending: 150, dropped: 2 });
    back();
    const second = connect(collector, { spool: directory });
    expect(await second.shutdown(5_000)).toEqual({ sent: 150, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(101, 250));
    expect(collector.dropped).toEqual({ refused: 2 });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("of which megabytes were taken is read on behind them", async () => {
    const taken = `${" ".repeat(3_000_000)}\n`;
    writeFileSync(path.join(directory, "x-000001.jsonl"), `${taken}${callLine("a")}\n`);
    const spendtrace = connect(collector, { spool: directory });
    expect(await spendtrace.shutdown(1_000)).toEqual({ sent: 1, pending: 0, dropped: 0 });
  });

  test("is taken over by one only, however many start at once", async () => {
    away();
    for (const start of [1, 1_001, 2_001]) {
      const dying = connect(collector, { spool: directory });
      recordCalls(dying, start, start + 999);
      await dying.shutdown(0);
    }
    await settled();
    back();
    const starting = Array.from({ length: 8 }, () => connect(collector, { spool: directory }));
    const totals = await Promise.all(starting.map((spendtrace) => spendtrace.shutdown(10_000)));
    expect(totals.reduce((sum, { sent }) => sum + sent, 0)).toBe(3_000);
    expect([collector.stored.size, collector.duplicates]).toEqual([3_000, 0]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("of a client that lives is left alone", async () => {
    away();
    const living = connect(collector, { spool: directory });
    recordCalls(living, 1, 100);
    await until(() => lines().length === 100);
    const other = connect(collector, { spool: directory });
    expect(await other.shutdown(200)).toEqual({ sent: 0, pending: 0, dropped: 0 });
    back();
    expect(await living.shutdown(5_000)).toEqual({ sent: 100, pending: 0, dropped: 0 });
  });

  test("keeps calls whose key is refused, until a key is accepted", async () => {
    collector.behave = ({ path }) => (path.endsWith("calls") ? { status: 401 } : undefined);
    const first = connect(collector, { spool: directory });
    recordCalls(first, 1, 5);
    expect(await first.shutdown(500)).toEqual({ sent: 0, pending: 5, dropped: 0 });
    expect(warn.mock.calls.flat()).toEqual(["[spendtrace] The key is not accepted (status 401). Calls stay on disk."]);
    back();
    const second = connect(collector, { spool: directory });
    expect(await second.shutdown(5_000)).toEqual({ sent: 5, pending: 0, dropped: 0 });
  });

  test("that another host's process holds is taken over when its lock was not touched for a minute", async () => {
    writeFileSync(path.join(directory, "away-000001.jsonl"), `${callLine("a")}\n`);
    writeFileSync(path.join(directory, "away.lock"), JSON.stringify({ pid: DEAD, host: "another", started_at: 1 }));
    const early = connect(collector, { spool: directory });
    expect((await early.shutdown(1_000)).sent).toBe(0);
    utimesSync(path.join(directory, "away.lock"), Date.now() / 1_000 - 61, Date.now() / 1_000 - 61);
    const late = connect(collector, { spool: directory });
    expect((await late.shutdown(1_000)).sent).toBe(1);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("of a dead process on this host is taken over at once, under our own process id when its lock rests", async () => {
    const dead = { pid: DEAD, host: hostname(), started_at: Date.now() };
    const before = { pid: process.pid, host: hostname(), started_at: Date.now() - process.uptime() * 1_000 - 60_000 };
    for (const [name, lock] of Object.entries({ dead, before, twin: before })) {
      writeFileSync(path.join(directory, `${name}-000001.jsonl`), `${callLine(name)}\n`);
      writeFileSync(path.join(directory, `${name}.lock`), JSON.stringify(lock));
    }
    utimesSync(path.join(directory, "before.lock"), Date.now() / 1_000 - 31, Date.now() / 1_000 - 31);
    const spendtrace = connect(collector, { spool: directory });
    expect((await spendtrace.shutdown(1_000)).sent).toBe(2);
    expect(collector.requestIds()).toEqual(["before", "dead"]);
    expect(readdirSync(directory).sort()).toEqual(["twin-000001.jsonl", "twin.lock"]);
  });

  test("whose file was taken over while its owner slept goes on in a new one", async () => {
    const spool = openSpool({ directory, maxBytes: 1e6, owner: "me", warn() {}, adopted() {} });
    await spool.ready;
    for (const id of names(1, 3)) spool.add(callLine(id));
    expect(await spool.peek(2, 1e6)).toEqual(names(1, 2).map(callLine));
    spool.remove(2);
    // What a process that lives does when it takes over.
    writeFileSync(path.join(directory, "other.lock"), JSON.stringify({ pid: process.ppid, host: hostname() }));
    renameSync(path.join(directory, "me-000001.jsonl"), path.join(directory, "other-000001.jsonl"));
    for (const id of names(4, 5)) spool.add(callLine(id));
    expect(await spool.peek(100, 1e6)).toEqual(names(4, 5).map(callLine));
    expect(spool.size()).toBe(2);
    expect(readFileSync(path.join(directory, "other-000001.jsonl"), "utf8")).toBe(
      names(1, 3)
        .map((id) => `${callLine(id)}\n`)
        .join(""),
    );
    await spool.close();
    expect(files(".jsonl")).toEqual(["me-000002.jsonl", "other-000001.jsonl"]);
  });

  test("of a process on this host that lives is left alone, until its lock was not touched for a minute", async () => {
    const lock = path.join(directory, "busy.lock");
    writeFileSync(path.join(directory, "busy-000001.jsonl"), `${callLine("a")}\n`);
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, host: hostname(), started_at: Date.now() }));
    expect((await connect(collector, { spool: directory }).shutdown(1_000)).sent).toBe(0);
    utimesSync(lock, Date.now() / 1_000 - 61, Date.now() / 1_000 - 61);
    expect((await connect(collector, { spool: directory }).shutdown(1_000)).sent).toBe(1);
  });

  test("with half a last line, or rubbish within, gives what is whole", async () => {
    const rubbish = ["", "\0\0\0\0", '{"half":', '"text"', "null"];
    const content = [callLine("a"), ...rubbish, callLine("b"), callLine("ü")].join("\n");
    writeFileSync(path.join(directory, "x-000001.jsonl"), `${content}\n${callLine("c").slice(0, 50)}`);
    writeFileSync(path.join(directory, "x-000002.jsonl"), "");
    writeFileSync(path.join(directory, "x-000003.jsonl"), `${"\0".repeat(5_000)}\n`);
    writeFileSync(path.join(directory, "notes.txt"), "mine");
    const spendtrace = connect(collector, { spool: directory });
    expect(await spendtrace.shutdown(1_000)).toEqual({ sent: 3, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(["a", "b", "ü"]);
    expect(readdirSync(directory)).toEqual(["notes.txt"]);
  });

  test("is bounded in bytes, over all that it holds", async () => {
    const warnings: string[] = [];
    const options = {
      directory,
      maxBytes: 1_000,
      owner: "me",
      warn: (kind: string) => warnings.push(kind),
      adopted() {},
    };
    writeFileSync(path.join(directory, "old-000001.jsonl"), `${callLine("old")}\n`);
    const spool = openSpool(options);
    await spool.ready;
    const taken = Array.from({ length: 20 }, (_, index) => spool.add(callLine(`r${index + 10}`)));
    const kept = taken.filter((reason) => reason === undefined).length;
    expect(taken.slice(kept)).toEqual(Array(20 - kept).fill("spool_full"));
    expect(kept).toBe(Math.floor(1_000 / (callLine("old").length + 1)) - 1);
    expect(await spool.peek(100, 1_000_000)).toEqual([callLine("old")]);
    spool.remove(1);
    expect(await spool.peek(100, 1_000_000)).toHaveLength(kept);
    expect(spool.add(callLine("new"))).toBeUndefined();
    await spool.close();
  });

  test("whose folder cannot be made is done without", async () => {
    writeFileSync(path.join(directory, "file"), "");
    const spendtrace = connect(collector, { spool: path.join(directory, "file", "spool") });
    recordCalls(spendtrace, 1, 3);
    expect(await spendtrace.shutdown(5_000)).toEqual({ sent: 3, pending: 0, dropped: 0 });
    expect(warn.mock.calls.flat().join()).toContain("cannot be made; calls wait in memory");
  });

  test("whose folder goes away sends from memory, and uses the disk again when it can", async () => {
    const spendtrace = connect(collector, { spool: path.join(directory, "spool") });
    recordCalls(spendtrace, 1, 10);
    await spendtrace.flush(5_000);
    rmSync(path.join(directory, "spool"), { recursive: true });
    recordCalls(spendtrace, 11, 250);
    expect(await spendtrace.flush(5_000)).toEqual({ sent: 250, pending: 0, dropped: 0 });
    mkdirSync(path.join(directory, "spool"));
    away();
    recordCalls(spendtrace, 251, 400);
    await spendtrace.flush(0);
    await until(
      () => existsSync(path.join(directory, "spool")) && readdirSync(path.join(directory, "spool")).length > 0,
    );
    await realWait(1_200);
    back();
    expect(await spendtrace.shutdown(5_000)).toEqual({ sent: 400, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(1, 400));
  });

  test("on a full disk leaves no half of a write behind, and no empty files", async () => {
    const spool = openSpool({ directory, maxBytes: 1e6, owner: "me", warn() {}, adopted() {} });
    await spool.ready;
    disk.isFull = true;
    spool.add(callLine("r1"));
    for (let retry = 0; retry < 3; retry++) expect(await spool.peek(100, 1e6)).toEqual([callLine("r1")]);
    expect(readdirSync(directory)).toEqual(["me.lock"]);
    disk.isFull = false;
    expect(await spool.peek(100, 1e6)).toEqual([callLine("r1")]);
    disk.isFull = true;
    spool.add(callLine("r2"));
    expect(await spool.peek(100, 1e6)).toEqual([callLine("r1")]);
    expect(files(".jsonl")).toHaveLength(1);
    expect(lines()).toEqual([callLine("r1")]);
    expect(readFileSync(path.join(directory, files(".jsonl")[0] ?? ""), "utf8")).toBe(`${callLine("r1")}\n`);
    disk.isFull = false;
    spool.remove(1);
    expect(await spool.peek(100, 1e6)).toEqual([callLine("r2")]);
    expect(spool.size()).toBe(1);
    await spool.close();
  });

  test("on a disk that stalls lets a shutdown end in time", async () => {
    execFileSync("mkfifo", [path.join(directory, "x-000001.jsonl")]);
    const spendtrace = connect(collector, { spool: directory });
    recordCalls(spendtrace, 1, 3);
    const startedAt = performance.now();
    expect(await spendtrace.shutdown(200)).toEqual({ sent: 0, pending: 3, dropped: 0 });
    expect(performance.now() - startedAt).toBeGreaterThan(690);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    // Whoever reads the pipe goes on.
    writeFileSync(path.join(directory, files(".jsonl")[0] ?? ""), "");
    await until(() => files(".lock").length === 0);
    expect(lines()).toHaveLength(3);
  });

  test("that sends from memory does not write meanwhile what it has lent", async () => {
    const folder = path.join(directory, "spool");
    const spool = openSpool({ directory: folder, maxBytes: 1e6, owner: "me", warn() {}, adopted() {} });
    await spool.ready;
    rmSync(folder, { recursive: true });
    for (const id of names(1, 3)) spool.add(callLine(id));
    expect(await spool.peek(100, 1e6)).toHaveLength(3);
    mkdirSync(folder);
    for (const id of names(4, 150)) spool.add(callLine(id));
    await realWait(1_200);
    spool.remove(3);
    expect(await spool.peek(200, 1e6)).toEqual(names(4, 150).map(callLine));
    expect(spool.size()).toBe(147);
    await spool.close();
  });

  test("keeps the order over writes, partial batches and outages", async () => {
    const spendtrace = connect(collector, { spool: directory });
    let number = 0;
    for (let round = 0; round < 30; round++) {
      if (round % 10 === 5) away();
      if (round % 10 === 8) back();
      recordCalls(spendtrace, number + 1, number + 37);
      number += 37;
      await realWait(Math.random() * 30);
      if (round % 3 === 0) await spendtrace.flush(50);
    }
    back();
    expect(await spendtrace.shutdown(10_000)).toEqual({ sent: number, pending: 0, dropped: 0 });
    expect(collector.requestIds()).toEqual(names(1, number));
    expect(readdirSync(directory)).toEqual([]);
  });
});
