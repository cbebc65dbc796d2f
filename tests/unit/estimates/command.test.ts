import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { runCommand } from "@/scripts/spendtrace";

const BIN = path.resolve("bin/spendtrace.mjs");
const dir = mkdtempSync(path.join(tmpdir(), "spendtrace-estimate-"));
const opus = { model: "claude-opus-5-5", feature: "chat", usage: { input_tokens: 10_000, output_tokens: 500 } };

function file(name: string, ...lines: unknown[]): string {
  const target = path.join(dir, name);
  writeFileSync(target, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return target;
}

afterEach(() => vi.restoreAllMocks());

/** Runs the command in this process and hears what it says. */
async function run(...args: string[]) {
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
  process.exitCode = undefined;
  await runCommand(args);
  const status = process.exitCode ?? 0;
  process.exitCode = undefined;
  vi.restoreAllMocks();
  return { status, ...said };
}

const estimate = (...args: string[]) => run("estimate", ...args);

describe("spendtrace estimate", () => {
  const good = file("good.jsonl", opus, opus, { ...opus, model: "claude-haiku-5-5", feature: "sort" });

  test("prints a table, the dearest first: twice 10,000 × $4 + 500 × $20, once $0.00125", async () => {
    const { status, stdout, stderr } = await estimate(good);
    expect(stdout).toBe(
      [
        "model             calls  tokens       cost",
        "claude-opus-5-5       2  21,000  $0.100000",
        "claude-haiku-5-5      1  10,500  $0.001250",
        "------------------------------------------",
        "total                 3  31,500  $0.101250",
        "",
      ].join("\n"),
    );
    expect([status, stderr]).toEqual([0, ""]);
  });

  test("answers in JSON, exactly", async () => {
    const { status, stdout } = await estimate("--json", "--group-by", "feature", file("one.jsonl", opus));
    const sums = { calls: 1, tokens: 10_500, cost_usd: "0.05", list_cost_usd: "0.05", estimated_calls: 0 };
    expect(JSON.parse(stdout)).toEqual({
      price_book: expect.stringMatching(/^\d{4}-\d\d-\d\d-[0-9a-f]{8}$/),
      ...sums,
      unpriced_calls: 0,
      groups: [{ feature: "chat", ...sums, unpriced_calls: 0 }],
      unpriced: [],
      bad_lines: 0,
      first_bad_lines: [],
    });
    expect(status).toBe(0);
  });

  test("answers in CSV", async () => {
    expect((await estimate("--csv", good)).stdout).toBe(
      [
        "model,calls,tokens,cost_usd,list_cost_usd,estimated_calls,unpriced_calls",
        "claude-opus-5-5,2,21000,0.1,0.1,0,0",
        "claude-haiku-5-5,1,10500,0.00125,0.00125,0,0",
        "",
      ].join("\r\n"),
    );
  });

  test("has no sum where no call has a price: null, not 0", async () => {
    const nobody = { model: "nobody", usage: { input_tokens: 10, output_tokens: 1 } };
    const { stdout } = await estimate("--json", "--allow-unpriced", file("mixed.jsonl", opus, nobody));
    const unknown = { model: "nobody", calls: 1, tokens: 11, cost_usd: null, list_cost_usd: null, unpriced_calls: 1 };
    expect(JSON.parse(stdout)).toMatchObject({ cost_usd: "0.05", groups: [{ cost_usd: "0.05" }, unknown] });
  });

  test("exits with 1 above --max-usd, and not at it", async () => {
    expect((await estimate("--max-usd", "0.10125", good)).status).toBe(0);
    const { status, stderr } = await estimate("--max-usd", "0.10124", good);
    expect([status, stderr]).toEqual([1, "The total of $0.10125 is above --max-usd 0.10124.\n"]);
  });

  test("exits with 2 where a line has no price, unless that is allowed", async () => {
    const mixed = file("mixed.jsonl", opus, { ...opus, model: "nobody-knows-it" });
    const { status, stderr } = await estimate(mixed);
    expect(stderr).toBe("Unpriced, not in the total: nobody-knows-it, unknown_model, 1 call, 10500 tokens\n");
    expect(status).toBe(2);
    expect((await estimate("--allow-unpriced", mixed)).status).toBe(0);
  });

  test("names a line that cannot be read and prices the others", async () => {
    const broken = file("broken.jsonl", opus, "", "{oops", { ...opus, usage: { input_tokens: 1 } });
    const { status, stdout, stderr } = await estimate("--allow-unpriced", broken);
    expect(stdout).toContain("total                1  10,500  $0.0500");
    expect(stderr.split("\n")[0]).toBe(`${broken} line 3: is not valid JSON at character 1`);
    expect(stderr.split("\n")[1]).toBe(`${broken} line 4: usage.output_tokens is required`);
    expect(status).toBe(2);
  });

  test("prices by a contract: 12.5 % less", async () => {
    const discount = { kind: "adjustment", id: "k1", from: "2026-01-01", to: null, note: "" };
    const terms = { ...discount, provider: "anthropic", platform: null, model: null, percent: "-12.5" };
    const contract = file("contract.json", [terms]);
    const { stdout } = await estimate("--json", "--contract", contract, good);
    expect(JSON.parse(stdout)).toMatchObject({ cost_usd: "0.08859375", list_cost_usd: "0.10125" });
    const wrong = file("wrong.json", [{ ...terms, percent: "-101" }]);
    expect(await estimate("--contract", wrong, good)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--contract: 0.percent: "),
    });
  });

  test.each([
    [["--group-by", "colour"], "--group-by must be one of model, feature, tenant"],
    [["--on", "2026-02-30"], "--on must be a day, YYYY-MM-DD"],
    [["--max-usd", "1e3"], "--max-usd must be an amount of dollars such as 12.50"],
    [["--json", "--csv"], "--json and --csv exclude each other"],
    [["--nonsense"], "Unknown option '--nonsense'"],
    [["nowhere.jsonl"], "nowhere.jsonl cannot be read (ENOENT)"],
  ])("%j is refused with its rule", async (args, message) => {
    const { status, stdout, stderr } = await estimate(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`spendtrace estimate: ${message}`);
  });
});

test("spendtrace says what it can do, and refuses what it cannot", async () => {
  expect((await run()).stdout).toContain("Usage: spendtrace <command>");
  expect(await run("toString")).toMatchObject({ status: 2, stdout: "" });
});

const SLOW = { timeout: 60_000 };

test("the command reads the standard input in any directory, without a server", SLOW, () => {
  const options = { cwd: dir, input: JSON.stringify(opus), encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "estimate", "--csv"], options);
  expect([status, stdout.split("\r\n")[1], stderr]).toEqual([0, "claude-opus-5-5,1,10500,0.05,0.05,0,0", ""]);
});

test("a reader that stops early is no failure", SLOW, () => {
  const lines = Array.from({ length: 30_000 }, (_, at) => ({ ...opus, tenant_id: `tenant-${at}` }));
  const many = file("many.jsonl", ...lines);
  const script = `"${process.execPath}" "${BIN}" estimate --group-by tenant "${many}" | head -c 6; echo " \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["tenant 0\n", ""]);
});
