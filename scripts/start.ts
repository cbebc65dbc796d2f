import "./require-node";
import { spawn } from "node:child_process";
import path from "node:path";
import { prepareDatabase } from "@/lib/database/prepare-database";
import { EnvError, readEnv } from "@/lib/env";
import { buildIfNeeded } from "./build-if-needed";
import { endGracefully, serve } from "./serve";
import { sessionSecret } from "./session-secret";

// From sysexits.h: the configuration is wrong, and starting again will not help.
const EX_CONFIG = 78;

const say = (line: string) => console.log(line);

/** `npm start`: build if needed, database, migrations, first run, serve. With `--dev` Next's development server on the same database. */
async function main(dev: boolean): Promise<void> {
  process.umask(0o077);
  const settings = readEnv(process.env);
  const address = settings.NEXTAUTH_URL ?? `http://localhost:${settings.PORT}`;
  process.env.NEXTAUTH_SECRET = sessionSecret(settings);
  process.env.NEXTAUTH_URL = address;
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });

  const [database] = await Promise.all([prepareDatabase(settings, say), dev ? undefined : buildIfNeeded(say)]);
  process.env.DATABASE_URL = database.url;
  // Loaded only now: it reads the environment that the lines above complete.
  const { prepareFirstRun } = await import("@/lib/auth/first-run");
  const lines = await prepareFirstRun();

  const announce = () => {
    say(`Spendtrace is at ${address}`);
    for (const line of lines) say(line);
  };
  if (dev) {
    announce();
    return develop(settings.HOST, settings.PORT, database.stop);
  }
  const server = await serve(settings.HOST, settings.PORT);
  const { closeDb } = await import("@/lib/db");
  endGracefully(server, async () => {
    await closeDb();
    await database.stop();
  });
  announce();
}

function develop(host: string, port: number, stop: () => Promise<void>): void {
  const next = path.join("node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "dev", "-H", host, "-p", String(port)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGINT", () => {});
  child.once("exit", (code) => void stop().then(() => process.exit(code ?? 0)));
}

main(process.argv.includes("--dev")).catch((error: unknown) => {
  console.error(`Spendtrace did not start.\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof EnvError ? EX_CONFIG : 1);
});
