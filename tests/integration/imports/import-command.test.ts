import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/calls/route";
import { readDb } from "@/lib/db";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { anthropicUsage } from "@/tests/support/calls";
import { jsonl } from "@/tests/support/import-files";
import { listen } from "@/tests/support/otlp-receiver";

const BIN = path.resolve("bin/spendtrace.mjs");
const dir = mkdtempSync(path.join(tmpdir(), "spendtrace-import-"));

/** How the server answers the next requests instead of the route; null is a connection that breaks. */
let answers: (number | null)[] = [];
let posts = 0;
let slowMs = 0;
let api: CallsApi;
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  server = await listen(async (incoming, outgoing) => {
    const body = Readable.toWeb(incoming) as ReadableStream;
    const headers = incoming.headers as Record<string, string>;
    const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    posts += 1;
    const forced = posts > 1 ? answers.shift() : undefined;
    if (forced === null) return void incoming.socket.destroy();
    if (forced !== undefined) return void outgoing.writeHead(forced, { "retry-after": "0" }).end("{}");
    await new Promise((resolve) => setTimeout(resolve, slowMs));
    const response = await POST(new Request(`http://localhost${incoming.url}`, init));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
});

afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

beforeEach(async () => {
  [answers, posts, slowMs] = [[], 0, 0];
  api = await createCallsApi();
});

type Run = { status: number | null; stdout: string; stderr: string };

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [BIN, "import", ...args], {
    cwd: dir,
    env: {
      ...process.env,
      SPENDTRACE_URL: `${server.url}/`,
      SPENDTRACE_KEY: api.key,
      XDG_STATE_HOME: path.join(dir, "state"),
      NODE_OPTIONS: "",
      ...env,
    },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => {
    said.stdout += data;
  });
  child.stderr.on("data", (data) => {
    said.stderr += data;
  });
  const done = new Promise<Run>((resolve) => child.on("close", (status) => resolve({ status, ...said })));
  return { child, done };
}

const run = (...args: string[]) => start(args).done;

function file(name: string, content: string | Uint8Array): string {
  mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  writeFileSync(path.join(dir, name), content);
  return name;
}

const call = (n: number, more: Record<string, unknown> = {}) => ({
  occurred_at: new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString(),
  request_id: `req_${n}`,
  tenant_id: "Northwind",
  feature: "support-reply",
  model: "claude-sonnet-5-5",
  usage: anthropicUsage({ input: 1000, output: 100 }),
  ...more,
});
const many = (count: number) => jsonl(...Array.from({ length: count }, (_, n) => call(n)));

/** What is stored of the project: how many calls, and what they cost in picodollars. */
async function stored(): Promise<[number, bigint | null]> {
  const sums = await readDb().llmCall.aggregate({
    where: { projectId: api.id },
    _count: true,
    _sum: { costUsdPicos: true },
  });
  return [sums._count, sums._sum.costUsdPicos];
}

/** A figure of the summary by its name. */
const figure = ({ stdout }: Run, name: string) =>
  Number((new RegExp(`^ {2}${name} +([\\d,]+)`, "m").exec(stdout)?.[1] ?? "-1").replaceAll(",", ""));

describe("spendtrace import", () => {
  test("stores every call once, however often it is run", async () => {
    file("calls.jsonl", many(2500));
    const first = await run("calls.jsonl");
    expect(first.stderr).toBe("");
    expect([first.status, figure(first, "read"), figure(first, "accepted")]).toEqual([0, 2500, 2500]);
    expect(await stored()).toEqual([2500, 2500n * 3_000_000_000n]);
    const second = await run("calls.jsonl");
    expect([second.status, figure(second, "accepted"), figure(second, "duplicates")]).toEqual([0, 0, 2500]);
    expect(await stored()).toEqual([2500, 2500n * 3_000_000_000n]);
  });

  test("waits for a busy server, and sends again what got no answer", async () => {
    answers = [429, null, 503, 500];
    file("busy.jsonl", many(1200));
    const done = await run("busy.jsonl");
    expect([done.status, figure(done, "accepted")]).toEqual([0, 1200]);
    expect(answers).toEqual([]);
    expect((await stored())[0]).toBe(1200);
  });

  test("names refused lines and conflicts in a file beside it, without their content", async () => {
    const lines = [
      call(1),
      call(2, { model: "m".repeat(201), messages: "a secret" }),
      call(3),
      call(3, { feature: "other" }),
    ];
    file("some.jsonl", `${jsonl(...lines)}nonsense secret\n${jsonl(call(4, { model: "nobody-knows-it" }))}`);
    const done = await run("some.jsonl");
    expect(done.status).toBe(1);
    const names = ["read", "accepted", "conflicts", "refused", "unpriced"];
    expect(names.map((name) => figure(done, name))).toEqual([6, 3, 1, 2, 1]);
    expect(done.stdout).toContain("1 × model must be text of 1 to 200 characters");
    const refused = readFileSync(path.join(dir, "some.jsonl.refused.jsonl"), "utf8");
    expect(refused).not.toContain("secret");
    const entries = refused
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(entries.map(({ line, request_id, errors }) => [line, request_id, errors[0].path]).sort()).toEqual([
      [2, "req_2", "model"],
      [4, "req_3", ""],
      [5, null, ""],
    ]);
  });

  test("goes on where it was killed, and loses nothing", async () => {
    slowMs = 60;
    file("killed.jsonl", many(12_000));
    const { child, done } = start(["killed.jsonl"]);
    const states = path.join(dir, "state", "spendtrace", "imports");
    while (!existsSync(states) || readdirSync(states).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGKILL");
    await done;
    // The server settles what it had been sent.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [before] = await stored();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(12_000);
    slowMs = 0;
    const second = await run("killed.jsonl");
    const after = Number(/Goes on after line (\d+)/.exec(second.stdout)?.[1]);
    expect(after).toBeGreaterThan(0);
    expect([second.status, figure(second, "read")]).toEqual([0, 12_000 - after]);
    expect(figure(second, "accepted")).toBe(12_000 - before);
    expect(figure(second, "duplicates")).toBe(before - after);
    expect(await stored()).toEqual([12_000, 12_000n * 3_000_000_000n]);
    const restarted = await run("killed.jsonl", "--restart");
    expect([figure(restarted, "read"), figure(restarted, "duplicates")]).toEqual([12_000, 12_000]);
  });

  test("stops at Ctrl-C after what is under way, and says how to go on", async () => {
    slowMs = 60;
    file("stopped.jsonl", many(12_000));
    const { child, done } = start(["stopped.jsonl"]);
    while ((await stored())[0] === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const stopped = await done;
    expect([stopped.status, stopped.stderr]).toEqual([
      2,
      "spendtrace import: stopped. Run the same command again: what is stored is not stored twice.\n",
    ]);
    expect(figure(stopped, "accepted")).toBe((await stored())[0]);
    slowMs = 0;
    const second = await run("stopped.jsonl");
    expect([second.status, second.stdout.includes("Goes on after line")]).toEqual([0, true]);
    expect((await stored())[0]).toBe(12_000);
  });

  test("takes what it can of a gzip that is cut short, and says so", async () => {
    const packed = gzipSync(jsonl(...Array.from({ length: 800 }, (_, n) => call(n, { user_id: `${Math.sin(n)}` }))));
    file("cut.jsonl.gz", packed.subarray(0, packed.length - 200));
    const done = await run("cut.jsonl.gz");
    expect(done.status).toBe(2);
    expect(done.stderr).toMatch(/cut\.jsonl\.gz: its gzip data is damaged or cut short after \d+ unpacked bytes/);
    expect(figure(done, "accepted")).toBe((await stored())[0]);
    expect(figure(done, "accepted")).toBe(figure(done, "read"));
    expect(figure(done, "accepted")).toBeGreaterThan(400);
  });

  test("takes the classic table: its cost stays beside ours, and rows of one identity are told", async () => {
    const header =
      "id,occurred_at,request_id,tenant_id,feature,deploy_sha,model,prompt_hash,input_tokens,cache_create_tokens," +
      "cache_read_tokens,output_tokens,cost_usd_micros,status_code,latency_ms";
    const row = (id: number, output: number) =>
      `${id};2026-11-20 12:00:00.123;r1;Northwind;support-reply;9f8e7d6;claude-sonnet-5-5;0123456789abcdef;1000;20;300;${output};3120;200;1200`;
    const rows = [header.replaceAll(",", ";"), row(1, 100), row(2, 100), row(3, 101)];
    file("llm_call.csv", `\uFEFF${rows.join("\r\n")}`);
    const done = await run("llm_call.csv");
    const names = ["read", "accepted", "duplicates", "conflicts"];
    expect([done.status, ...names.map((name) => figure(done, name))]).toEqual([1, 3, 1, 1, 1]);
    const [stored] = (await api.list()).body.calls;
    // (1,000 × 2 + 20 × 2.5 + 300 × 0.1 + 100 × 10) $/M
    expect(stored).toMatchObject({
      cost_usd: "0.00308",
      reported_cost_usd: "0.00312",
      pricing_status: "estimated",
      prompt_hash: "0123456789abcdef",
    });
  });

  test("says what a CSV lacks, and takes it by a mapping", async () => {
    const rows = "when,nr,customer name,llm,in,out\n2026-11-20 12:00:00,a1,Northwind,claude-sonnet-5-5,1000,100\n";
    file("odd.csv", rows);
    const refused = await run("odd.csv");
    expect([refused.status, refused.stderr]).toEqual([
      2,
      "spendtrace import: odd.csv: no column for occurred_at, request_id, tenant_id, feature, model: say --map occurred_at=COLUMN. " +
        "Its columns: when, nr, customer name, llm, in, out\n",
    ]);
    const map = "occurred_at=when,request_id=nr,tenant_id=customer name,model=llm,input_tokens=in,output_tokens=out";
    const done = await run("odd.csv", "--map", map, "--feature", "chat", "--zone", "Asia/Tokyo");
    expect([done.status, figure(done, "accepted")]).toEqual([0, 1]);
    expect(done.stdout).toContain("odd.csv: calls, CSV; times without a zone are taken as Asia/Tokyo\n");
    const [row] = (await api.list()).body.calls;
    expect(row).toMatchObject({
      occurred_at: "2026-11-20T03:00:00.000Z",
      request_id: "a1",
      tenant_id: "Northwind",
      feature: "chat",
      cost_usd: "0.003",
      source: "import/calls",
    });
  });

  test("shows what Claude Code has spent, without a server and then with one", async () => {
    const line = (output: number, stop: string | null) => ({
      type: "assistant",
      timestamp: "2026-11-20T12:00:00.000Z",
      sessionId: "s1",
      cwd: "/home/ana/spendtrace",
      version: "2.1.12",
      message: {
        id: "msg_1",
        model: "claude-sonnet-5-5",
        stop_reason: stop,
        usage: { input_tokens: 1000, output_tokens: output },
      },
    });
    file("claude/projects/-home-ana-spendtrace/s1.jsonl", jsonl(line(1, null), line(100, "end_turn")));
    const env = { CLAUDE_CONFIG_DIR: path.join(dir, "claude") };
    const dry = await start(["--claude-code", "--dry-run"], { ...env, SPENDTRACE_URL: "", SPENDTRACE_KEY: "" }).done;
    const told = "1 transcript of Claude Code: transcripts, JSON lines\n1 skipped: repeats a message\n";
    expect([dry.status, dry.stderr]).toEqual([0, told]);
    expect(dry.stdout).toMatch(/spendtrace +1 +1,100 +\$0\.003000/);
    for (const accepted of [1, 0]) {
      const done = await start(["--claude-code", "--tenant", "ana"], env).done;
      expect([done.status, figure(done, "accepted")]).toEqual([0, accepted]);
    }
    const [row] = (await api.list()).body.calls;
    expect(row).toMatchObject({
      tenant_id: "ana",
      feature: "spendtrace",
      cost_usd: "0.003",
      source: "import/claude-code",
    });
  });

  test("our own export comes back in, into another project", async () => {
    await api.post([
      call(1),
      call(2, { tenant_id: "=cmd" }),
      call(3, { cost_usd_micros: 12.5, usage: anthropicUsage({ write1h: 7 }) }),
    ]);
    file("export.csv", await api.csv());
    const before = await stored();
    api = await createCallsApi();
    const done = await run("export.csv");
    expect([done.status, figure(done, "accepted")]).toEqual([0, 3]);
    expect(await stored()).toEqual(before);
    expect(figure(await run("export.csv"), "duplicates")).toBe(3);
  });

  test.each([
    [["--key", "st_live_wrong"], /answered 401\./],
    [["--url", "http://127.0.0.1:1"], /^spendtrace import: no server answers at http:\/\/127\.0\.0\.1:1\n$/],
    [["--url", "nowhere"], /needs SPENDTRACE_URL and SPENDTRACE_KEY/],
    [["--format", "xml"], /--format must be one of calls, message-batch, litellm, claude-code/],
    [["--zone", "Mars"], /--zone Mars is not known/],
    [["--map", "tenant_id=x"], /one\.jsonl: --map is for CSV of calls and results of a batch/],
    [["--map", "tenant=x"], /--map tenant: the fields are occurred_at/],
    [["gone.jsonl"], /gone\.jsonl cannot be read \(ENOENT\)/],
    [["--nonsense"], /Unknown option/],
  ])("%s is told at once", async (args, message) => {
    file("one.jsonl", many(1));
    const done = await run("one.jsonl", ...args);
    expect([done.status, done.stdout]).toEqual([2, ""]);
    expect(done.stderr).toMatch(message);
    expect(done.stderr).not.toContain("st_live_wrong");
    expect((await stored())[0]).toBe(0);
  });
});
