import { spawn } from "node:child_process";
import { buildIfNeeded } from "@/scripts/build-if-needed";
import { type BenchDatabase, openEmbeddedDatabase, openServerDatabase } from "./databases";
import { measureImport } from "./import-speed";
import { readOptions } from "./options";
import { measurePricing } from "./pricing-speed";
import { printTable } from "./print";

/**
 * `npm run bench`: what the product promises of speed and memory, as ratios against a baseline measured in the same run:
 * pricing and the reading of files alone, and all else on PostgreSQL (TEST_DATABASE_URL, or one at 127.0.0.1:5432) and on the embedded database.
 * Exits with 1 when a goal is missed.
 */
const options = readOptions(process.argv.slice(2));
let met = true;
if (options.parts.includes("pricing")) {
  const measures = measurePricing(options.seconds);
  printTable("pricing, in calls per second of processor time", measures);
  met = measures.every((measure) => measure.met);
}
if (options.parts.includes("import")) {
  const measures = await measureImport();
  printTable("import, in lines per second", measures);
  met &&= measures.every((measure) => measure.met);
}
const ingests = options.parts.some((part) => part === "ingest" || part === "otlp" || part === "memory");
if (ingests || options.parts.includes("forensics")) await buildIfNeeded(console.log);
if (ingests) await buildEmptyApp();
const opened = {
  postgresql: openServerDatabase,
  embedded: openEmbeddedDatabase,
};
const needsDatabase = options.parts.some((part) => part !== "pricing" && part !== "import");
for (const name of needsDatabase ? options.databases : []) {
  const database = await opened[name]();
  if (database === null) continue;
  try {
    met = (await benchInProcess(database)) && met;
  } finally {
    await database.drop();
  }
}
process.exit(met ? 0 : 1);

function benchInProcess({ name, url }: BenchDatabase): Promise<boolean> {
  const args = [
    "--conditions=react-server",
    "--import",
    "tsx",
    "bench/one-database.ts",
    name,
    ...process.argv.slice(2),
  ];
  return run(args, { DATABASE_URL: url, LOG_LEVEL: "error" });
}

async function buildEmptyApp(): Promise<void> {
  const args = ["node_modules/next/dist/bin/next", "build", "bench/empty-app"];
  if (!(await run(args, { NEXT_TELEMETRY_DISABLED: "1" }, "ignore")))
    throw new Error("the empty app could not be built");
}

function run(
  args: string[],
  settings: Record<string, string>,
  stdout: "inherit" | "ignore" = "inherit",
): Promise<boolean> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", stdout, "inherit"],
    env: { ...process.env, ...settings },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}
