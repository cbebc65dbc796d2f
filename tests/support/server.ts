import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export type RunningServer = { url: string; setUpLink: string; stop: () => Promise<void> };

/** Starts the product as `npm start` does, on an empty directory of its own. Resolves once it has printed its set-up link. */
export async function startFreshServer(port: number): Promise<RunningServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "spendtrace-first-run-"));
  const url = `http://localhost:${port}`;
  const unset = { DATABASE_URL: "", NEXTAUTH_URL: "", NEXTAUTH_SECRET: "", SPENDTRACE_DEMO: "" };
  const env = { ...process.env, ...unset, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "error" };
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/start.ts"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const setUpLink = await new Promise<string>((resolve, reject) => {
    let output = "";
    const read = (data: Buffer) => {
      output += data;
      const link = /http\S+\/setup\?token=[\w-]+/.exec(output)?.[0];
      if (link) resolve(link);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    gone.then(() => reject(new Error(`the server ended:\n${output}`)));
  });
  const stop = async () => {
    child.kill("SIGINT");
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, setUpLink, stop };
}
