import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { storeCalls } from "@/lib/calls/write";
import { writeDb } from "@/lib/db";
import { callRow } from "@/tests/support/call-rows";
import { createProject } from "@/tests/support/project";

const TSX = path.resolve("node_modules/.bin/tsx");

/** `npm run db:verify`, against the database of the tests. */
function runVerify(env: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(TSX, ["--conditions=react-server", "scripts/db-verify.ts"], {
      env: { ...process.env, ...env },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += String(data)));
    child.once("error", reject);
    child.once("exit", (code) => resolve({ code, output }));
  });
}

describe("npm run db:verify", () => {
  it("exits with 0 on sound rollups, and with 1 on any difference, which it names", async () => {
    const { id, scope } = await createProject();
    await storeCalls([[callRow(scope, { tenant_id: "Verified Ltd", cost: 7 })]]);
    expect(await runVerify()).toMatchObject({ code: 0, output: expect.stringMatching(/^Rollups equal the calls: /) });

    await writeDb().$executeRaw`UPDATE usage_day SET cost_usd_picos = 8 WHERE project_id = ${id}`;
    const { code, output } = await runVerify();
    await writeDb().$executeRaw`UPDATE usage_day SET cost_usd_picos = 7 WHERE project_id = ${id}`;
    expect(code).toBe(1);
    expect(output).toContain("Verified Ltd");
    expect(output).toContain("cost_usd_picos: calls say 7, rollup says 8");
    expect(output).toMatch(/Rollups do NOT equal the calls: 1 of \d+ groups differ\.\n$/);
  });

  it("exits with 2 when it could not look", async () => {
    const away = await runVerify({ DATABASE_URL: "postgresql://postgres@127.0.0.1:9/postgres" });
    expect(away).toMatchObject({ code: 2, output: expect.stringContaining("The rollups could not be verified") });
    const none = await runVerify({ DATABASE_URL: "", DATA_DIR: "/nonexistent" });
    expect(none).toMatchObject({ code: 2, output: expect.stringContaining("There is no database in /nonexistent") });
  });
});
