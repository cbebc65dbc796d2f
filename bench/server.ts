import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";

/** A server process of its own, so that neither its memory nor its time is mixed with the bench's. */
export type BenchServer = Readonly<{
  url: string;
  pid: number;
  /** What its cookies are encrypted with. */
  secret: string;
  stop: () => Promise<void>;
}>;

/** The product, as `npm start` runs it, on a database that is already migrated. */
export function startProduct(databaseUrl: string, dataDir: string): Promise<BenchServer> {
  const settings = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    HOST: "127.0.0.1",
    LOG_LEVEL: "error",
  };
  return start(() => commandOf("start"), settings, "/api/health");
}

/** The framework with one empty route handler, on the same settings. */
export function startEmptyApp(): Promise<BenchServer> {
  const next = "node_modules/next/dist/bin/next";
  return start((port) => [next, "start", "bench/empty-app", "-H", "127.0.0.1", "-p", String(port)], {}, "/calls");
}

/** The arguments that an npm script gives to node, so that the bench runs what `npm start` runs. */
function commandOf(script: string): string[] {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  return (scripts[script] ?? "").split(" ").slice(1);
}

async function start(
  command: (port: number) => string[],
  settings: Record<string, string>,
  alive: string,
): Promise<BenchServer> {
  const port = await freePort();
  const secret = randomBytes(32).toString("base64url");
  const base = { NODE_OPTIONS: "", NODE_ENV: "production" as const, NEXTAUTH_SECRET: secret, PORT: String(port) };
  const env = { ...process.env, ...base, ...settings };
  const child = spawn(process.execPath, command(port), { env, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}${alive}`, child);
  const stop = async () => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  };
  return { url, pid: child.pid ?? 0, secret, stop };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    // Any answer will do, also 405: the process listens.
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no answer from ${url}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Resident memory of a process in MB (Linux). */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1024;
}
