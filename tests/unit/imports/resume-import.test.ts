import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RefusedFile } from "@/scripts/import-refused";
import { sendJob } from "@/scripts/import-send";
import { findJobs } from "@/scripts/import-sources";

const LINES = 6000;
const OPTIONS = { defaults: {}, zone: "UTC", at: null, before: null, mapping: null };
const URL = "http://127.0.0.1:9";
const NOTHING = { accepted: 0, duplicates: 0, unpriced: 0, rejected: [], conflicts: [] };

let dir: string;
let printed: string;
/** The request ids of the calls that the server took, and how many it takes before it refuses the key. */
let taken: string[];
let limit: number;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "spendtrace-resume-"));
  [printed, taken, limit] = ["", [], Number.POSITIVE_INFINITY];
  vi.stubEnv("XDG_STATE_HOME", path.join(dir, "state"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(globalThis, "fetch").mockImplementation(async (_, init) => {
    const body = await (init as { body: Blob }).body.arrayBuffer();
    const ids: string[] = JSON.parse(gunzipSync(body).toString()).map(
      (call: { request_id: string }) => call.request_id,
    );
    if (taken.length + ids.length > limit) return Response.json({ detail: "no" }, { status: 401 });
    taken.push(...ids);
    return Response.json({ ...NOTHING, accepted: ids.length });
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** Writes a file of calls, in which each line of `broken` is none. */
function write(broken: readonly number[] = []): string {
  const file = path.join(dir, "calls.jsonl");
  const line = (n: number) =>
    broken.includes(n) ? "broken" : JSON.stringify({ request_id: `${n}`, user_id: "x".repeat(300) });
  writeFileSync(file, Array.from({ length: LINES }, (_, n) => `${line(n + 1)}\n`).join(""));
  return file;
}

async function send(file: string, key: string): Promise<0 | 1 | 2> {
  printed = "";
  const [job] = await findJobs([file], null);
  if (!job) throw new Error("no job");
  const target = { url: URL, key };
  return sendJob(job, OPTIONS, target, { isRestart: false, signal: new AbortController().signal });
}

describe("an import that was broken off", () => {
  test("goes on with the same key, and begins anew with another", async () => {
    const file = write();
    limit = 4000;
    expect(await send(file, "st_live_a")).toBe(2);
    expect(taken.length).toBeGreaterThan(1000);
    limit = Number.POSITIVE_INFINITY;
    taken = [];
    expect(await send(file, "st_live_b")).toBe(0);
    expect([taken.length, printed.includes("Goes on after line")]).toEqual([LINES, false]);
    taken = [];
    expect(await send(file, "st_live_a")).toBe(0);
    const after = Number(/Goes on after line (\d+)/.exec(printed)?.[1]);
    expect(after).toBeGreaterThan(500);
    expect([taken.length, taken.at(-1)]).toEqual([LINES - after, `${LINES}`]);
  });

  test("still names what was refused before it, and not what comes again", async () => {
    const file = write([10, 20, 3900, 5000]);
    limit = 3000;
    expect(await send(file, "st_live_a")).toBe(2);
    limit = Number.POSITIVE_INFINITY;
    expect(await send(file, "st_live_a")).toBe(1);
    const after = Number(/Goes on after line (\d+)/.exec(printed)?.[1]);
    expect([after > 20, after < 3900]).toEqual([true, true]);
    expect(printed).toMatch(/^ {2}refused +2$/m);
    expect(printed).toMatch(/^ {2}earlier +2 {3}refused or in conflict before it was broken off$/m);
    expect(printed).toContain(`Refused lines and conflicts, with reasons: ${file}.refused.jsonl\n`);
  });

  test("is not all well where only lines before it were refused", async () => {
    const file = write([10]);
    limit = 4000;
    expect(await send(file, "st_live_a")).toBe(2);
    limit = Number.POSITIVE_INFINITY;
    expect(await send(file, "st_live_a")).toBe(1);
    expect(printed).toContain("calls.jsonl.refused.jsonl\n");
    expect(await send(file, "st_live_a")).toBe(1);
    expect(printed).toMatch(/^ {2}refused +1$/m);
    expect(printed).not.toContain("earlier");
  });
});

test("refused lines are written into the working directory where they cannot be beside the file", () => {
  const before = process.cwd();
  process.chdir(dir);
  try {
    writeFileSync("calls.jsonl.refused.jsonl", "of another import\n");
    const refused = new RefusedFile(path.join(dir, "gone", "calls.jsonl.refused.jsonl"), true, 0);
    expect(refused.path).toBeNull();
    const line = (n: number) => ({ file: "calls.jsonl", line: n, request_id: null, errors: [] });
    refused.add([line(1)]);
    refused.add([line(2)]);
    expect(refused.path).toBe("calls.jsonl.refused.jsonl");
    expect(readFileSync("calls.jsonl.refused.jsonl", "utf8")).toBe(
      `${JSON.stringify(line(1))}\n${JSON.stringify(line(2))}\n`,
    );
  } finally {
    process.chdir(before);
  }
});
