import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { checkReadiness } from "@/lib/database/check-readiness";
import { startDraining } from "@/lib/draining";

type Ended = { code: number | null; output: string };

/** Runs a script as `npm start` would, with nothing of this environment but what it needs. */
function run(args: string[], settings: Record<string, string>, onOutput?: (output: string, pid: number) => void) {
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", ...args], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "test",
      DATA_DIR: mkdtempSync(path.join(tmpdir(), "st-")),
      ...settings,
    },
  });
  return new Promise<Ended>((resolve) => {
    let output = "";
    const collect = (data: Buffer) => {
      output += data;
      onOutput?.(output, child.pid ?? 0);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("close", (code) => resolve({ code, output }));
  });
}

const STRONG = "rJ3vN0x2sV8nq4Kp7TtYw1uZbC5dE6fG";
test.each([
  [{ NEXTAUTH_SECRET: "secret" }, "NEXTAUTH_SECRET has 6 characters, fewer than 32."],
  [{ NEXTAUTH_SECRET: "changeme".repeat(5) }, "NEXTAUTH_SECRET is an example from documentation."],
  [{ NEXTAUTH_SECRET: STRONG, PORT: "eighty" }, "PORT: Invalid input: expected number, received NaN"],
  [
    { NEXTAUTH_SECRET: STRONG, DATABASE_URL: "mysql://db" },
    "DATABASE_URL: must be a URL that starts with postgresql://",
  ],
])("a start with %o ends with code 78 and says why", async (settings: Record<string, string>, reason) => {
  const { code, output } = await run(["scripts/start.ts"], settings);
  expect(output).toContain(`Spendtrace did not start.\n${reason}`);
  expect(code).toBe(78);
});

const SERVER = `
  import { createServer } from "node:http";
  import { endGracefully } from "./scripts/serve.ts";
  const server = createServer((request, response) => setTimeout(() => response.end("finished"), 3_000));
  endGracefully(server, async () => console.log("closed"));
  server.listen(0, "127.0.0.1", () => console.log("listening on " + server.address().port + "."));
`;

test("a server that is told to end finishes what is in flight, closes its database and exits with 0", async () => {
  let answer: Promise<string> | undefined;
  const { code, output } = await run(["--input-type=module", "--eval", SERVER], {}, (printed, pid) => {
    const [, port] = /listening on (\d+)\./.exec(printed) ?? [];
    if (!port || answer) return;
    answer = fetch(`http://127.0.0.1:${port}`).then((response) => response.text());
    setTimeout(() => process.kill(pid, "SIGTERM"), 300);
  });
  expect(await answer).toBe("finished");
  expect(output).toContain("closed");
  expect(code).toBe(0);
});

test("readiness: ready with all migrations, not with one missing, not without a database, not while draining", async () => {
  const ok = { database: "ok", migrations: "ok", draining: false };
  expect(await checkReadiness()).toEqual({ ready: true, checks: ok });

  startDraining();
  expect(await checkReadiness()).toEqual({ ready: false, checks: { ...ok, draining: true } });
  globalThis.spendtraceDraining = false;

  const { writeDb } = await import("@/lib/db");
  await writeDb().$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now()`;
  expect(await checkReadiness()).toEqual({ ready: false, checks: { ...ok, migrations: "missing" } });
  await writeDb().$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = NULL`;

  vi.resetModules();
  globalThis.spendtracePools = undefined;
  vi.stubEnv("DATABASE_URL", "postgresql://postgres@127.0.0.1:1/none");
  const away = await (await import("@/lib/database/check-readiness")).checkReadiness();
  expect(away).toEqual({
    ready: false,
    checks: { database: "unreachable", migrations: "unknown", draining: false },
  });
  vi.unstubAllEnvs();
});
