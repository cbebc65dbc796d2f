import { spawnSync } from "node:child_process";
import path from "node:path";

/**
 * Generates the Prisma client into `prisma/client`. Generating needs no schema engine, but Prisma's CLI wants to download
 * one first and fails where its host is not reached; naming any existing executable keeps it from trying.
 */
const prisma = path.join("node_modules", "prisma", "build", "index.js");
const result = spawnSync(process.execPath, [prisma, "generate", "--no-hints"], {
  encoding: "utf8",
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
if (result.status !== 0) console.error(result.stdout, result.stderr);
process.exit(result.status ?? 1);
