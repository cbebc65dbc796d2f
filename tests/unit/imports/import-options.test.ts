import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runCommand } from "@/scripts/spendtrace";

const dir = mkdtempSync(path.join(tmpdir(), "spendtrace-options-"));
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** What a dry run of a CSV says, with its exit code. */
async function dryRun(content: string, ...args: string[]): Promise<[typeof process.exitCode, string]> {
  const file = path.join(dir, "calls.csv");
  writeFileSync(file, content);
  let said = "";
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
  }
  await runCommand(["import", file, "--dry-run", ...args]);
  const status = process.exitCode;
  process.exitCode = undefined;
  return [status, said];
}

const HEADER = "occurred_at,request_id,tenant_id,feature,model,input_tokens,output_tokens,status_code";
const ROW = "2026-11-20T12:00:00Z,r1,acme,chat,claude-sonnet-5-5,1000,100,success";

test("--map FIELD= reads a field from no column", async () => {
  const [refused, why] = await dryRun(`${HEADER}\n${ROW}\n`);
  expect([refused, why.includes("status_code must be an integer from 100 to 599")]).toEqual([1, true]);
  const [taken, told] = await dryRun(`${HEADER}\n${ROW}\n`, "--map", "status_code=");
  expect([taken, told.includes("$0.003000")]).toEqual([0, true]);
});

test("--map without a = says what is to be written", async () => {
  expect(await dryRun(`${HEADER}\n${ROW}\n`, "--map", "status_code")).toEqual([
    2,
    "spendtrace import: --map status_code: write FIELD=COLUMN, or FIELD= for none\n",
  ]);
});

test("a column of words named status refuses no row", async () => {
  const [status, said] = await dryRun(`${HEADER.replace("status_code", "status")}\n${ROW}\n`);
  expect([status, said.includes("$0.003000")]).toEqual([0, true]);
});
