import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const STAMP = path.join(".next", "built-from");
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "prisma/prices",
  "package-lock.json",
  "tsconfig.json",
];
const ROOT_MODULE = /^(next\.config|postcss\.config|proxy|instrumentation).*\.[cm]?[jt]sx?$/;

/** Runs `next build` unless the build at hand was made from exactly these sources. Throws with the output of a build that fails. */
export async function buildIfNeeded(say: (line: string) => void): Promise<void> {
  const sources = fingerprint();
  if (existsSync(path.join(".next", "BUILD_ID")) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources)
    return;
  say("Building the app (first start, or the sources changed) …");
  const startedAt = Date.now();
  await build();
  writeFileSync(STAMP, sources);
  say(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** A hash of every file that the build reads: contents, not times, which a checkout or a copy may set as it likes. */
function fingerprint(): string {
  const hash = createHash("sha256").update(process.version);
  const rootModules = readdirSync(".").filter((name) => ROOT_MODULE.test(name));
  for (const file of [...SOURCES, ...rootModules].flatMap(filesOf).sort())
    hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(source: string): string[] {
  if (!existsSync(source)) return [];
  if (statSync(source).isFile()) return [source];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function build(): Promise<void> {
  const next = path.join("node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [next, "build"], { stdio: ["ignore", "pipe", "pipe"], env });
  const output: Buffer[] = [];
  child.stdout.on("data", (data) => output.push(data));
  child.stderr.on("data", (data) => output.push(data));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`The build failed:\n${Buffer.concat(output).toString()}`)),
    );
  });
}
