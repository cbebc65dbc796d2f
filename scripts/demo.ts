import "./require-node";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { prepareDatabase } from "@/lib/database/prepare-database";
import { readEnv } from "@/lib/env";
import { buildIfNeeded } from "./build-if-needed";
import { endGracefully, serve } from "./serve";
import { sessionSecret } from "./session-secret";

const DAY_MS = 86_400_000;
// The demo signs in whoever holds the link that it prints, so nobody else may reach it.
const LOOPBACK = "127.0.0.1";

const say = (line: string) => console.log(line);

/**
 * `npm run demo`: the product with sample data in an embedded database of its own, in `DATA_DIR`/demo. The data is made while
 * the app is built, and made again when it is more than a day old, so that its stories end now.
 */
async function main(): Promise<void> {
  process.umask(0o077);
  const given = readEnv(process.env);
  const settings = { ...given, DATA_DIR: path.join(given.DATA_DIR, "demo"), DATABASE_URL: undefined, HOST: LOOPBACK };
  const address = `http://localhost:${settings.PORT}`;
  Object.assign(process.env, {
    NODE_ENV: "production",
    DATA_DIR: settings.DATA_DIR,
    HOST: LOOPBACK,
    NEXTAUTH_SECRET: sessionSecret(settings),
    NEXTAUTH_URL: address,
    SPENDTRACE_DEMO: "1",
  });

  const database = await prepareDatabase(settings, say);
  process.env.DATABASE_URL = database.url;
  await Promise.all([buildIfNeeded(say), seedUnlessFresh(path.join(settings.DATA_DIR, "seeded-at"))]);

  // Loaded only now: they read the environment that the lines above complete.
  const { ensureSampleProject, renewSampleKey, SAMPLE_OWNER } = await import("@/prisma/seed/sample-project");
  const { createSignInLink } = await import("@/lib/auth/one-time-link");
  const { closeDb } = await import("@/lib/db");
  const key = await renewSampleKey(await ensureSampleProject());
  const link = await createSignInLink(SAMPLE_OWNER);
  const server = await serve(LOOPBACK, settings.PORT);
  endGracefully(server, async () => {
    await closeDb();
    await database.stop();
  });
  say(`
Spendtrace with sample data is at ${address}, on this computer only.
Sign in with this link, once:

  ${link}

Try the API with this key, which may ingest and read:

  curl ${address}/api/v1/reports/cost-by-tenant -H "Authorization: Bearer ${key}"
`);
}

/** The stamp is written last: data that an interrupted start left half made is made again. */
async function seedUnlessFresh(stamp: string): Promise<void> {
  const seededAt = existsSync(stamp) ? Date.parse(readFileSync(stamp, "utf8")) : 0;
  if (Date.now() - seededAt < DAY_MS) return;
  rmSync(stamp, { force: true });
  const startedAt = new Date();
  say("Making the sample data: 90 days, some 200,000 calls …");
  await runSeed();
  writeFileSync(stamp, startedAt.toISOString());
}

/** In a process of its own: what it needs of memory is not the server's. */
function runSeed(): Promise<void> {
  const args = ["--conditions=react-server", "--import", "tsx", path.join("prisma", "seed", "run.ts")];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error("The sample data could not be made."))));
  });
}

main().catch((error: unknown) => {
  console.error(`The demo did not start.\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
