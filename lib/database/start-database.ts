import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const SOCKET_NAME = ".s.PGSQL.5432";
// The shortest limit of the systems we run on (macOS: 104 bytes with the closing NUL).
const LONGEST_SOCKET_PATH = 103;
const MAX_RESTARTS = 5;

export type RunningDatabase = {
  url: string;
  /** The process id of the embedded database at this moment; undefined for a server. */
  pid: () => number | undefined;
  /** Resolves when everything acknowledged is on disk and the process is gone. */
  stop: () => Promise<void>;
};

/** The embedded database could not start or stay up; the message is for the operator. */
export class DatabaseStartError extends Error {}

/**
 * Starts the embedded database in `dataDir` as a child process and waits until it answers. When the process dies it is started
 * again on the same address, so the pools of the app reconnect by themselves. Throws `DatabaseStartError`.
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  onRestart: (why: string) => void,
): Promise<RunningDatabase> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { address, url } = await chooseAddress(dataDir);
  let current = launch(dataDir, address);
  let pid = (await current).pid;
  let stopping = false;
  let recentEnds = 0;

  async function watch(): Promise<void> {
    const child = await current;
    pid = child.pid;
    child.once("exit", (code, signal) => {
      if (stopping) return;
      onRestart(`The embedded database ended (${signal ?? `code ${code}`}) and is started again.`);
      recentEnds += 1;
      setTimeout(() => {
        recentEnds -= 1;
      }, 60_000).unref();
      if (recentEnds > MAX_RESTARTS) throw new DatabaseStartError("The embedded database keeps ending; see above.");
      current = launch(dataDir, address);
      void watch();
    });
  }
  await watch();

  return {
    url,
    pid: () => pid,
    stop: async () => {
      stopping = true;
      const child = await current;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.send("stop");
      await gone;
    },
  };
}

/** A unix socket in the data directory, which only its owner can enter; on Windows a free port of the loopback. */
async function chooseAddress(dataDir: string): Promise<{ address: string; url: string }> {
  if (process.platform === "win32") {
    const port = await freePort();
    return { address: String(port), url: `postgresql://postgres@127.0.0.1:${port}/postgres` };
  }
  const inside = Buffer.byteLength(path.join(dataDir, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
  const directory = inside ? dataDir : mkdtempSync(path.join(tmpdir(), "spendtrace-"));
  return {
    address: path.join(directory, SOCKET_NAME),
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`,
  };
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

function launch(dataDir: string, address: string): Promise<ChildProcess> {
  const root = process.cwd();
  const child = fork(path.join(root, "lib/database/embedded-process.ts"), [dataDir, address], {
    cwd: root,
    execArgv: ["--import", "tsx"],
  });
  return new Promise((resolve, reject) => {
    let reason = "";
    child.on("message", (message: "ready" | { failed: string }) => {
      if (message === "ready") resolve(child);
      else reason = message.failed;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new DatabaseStartError(reason || `The embedded database did not start (code ${code}).`)),
    );
  });
}
