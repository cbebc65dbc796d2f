import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const HOST = path.join(import.meta.dirname, "host.ts");

export type Host = {
  child: ChildProcess;
  /** What it said last of how many calls it had recorded. */
  recorded(): number;
  /** Resolves when it has recorded its first calls. */
  ready: Promise<void>;
  ended: Promise<{ code: number | null; signal: string | null; ms: number; stderr: string }>;
};

/** Starts the host application of host.ts in a process of its own. */
export function runHost(orders: Record<string, unknown>): Host {
  const child = spawn(process.execPath, ["--import", "tsx", HOST, JSON.stringify(orders)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, SPENDTRACE_URL: "", SPENDTRACE_KEY: "" },
  });
  let recorded = 0;
  let stderr = "";
  let readyAt = 0;
  child.stderr?.on("data", (data) => {
    stderr += data;
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on("data", (data: Buffer) => {
      recorded = Number(/(\d+)\n$/.exec(data.toString())?.[1] ?? recorded);
      readyAt ||= performance.now();
      resolve();
    });
  });
  const ended = new Promise<Awaited<Host["ended"]>>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, ms: performance.now() - readyAt, stderr }));
  });
  return { child, ready, ended, recorded: () => recorded };
}
