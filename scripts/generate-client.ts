import { spawnSync } from "node:child_process";

/**
 * Generates the Prisma client into `prisma/client`. Generating needs no schema engine, but Prisma's CLI wants to download
 * one first and fails where its host is not reached; naming any existing executable keeps it from trying.
 */
const result = spawnSync("npx", ["prisma", "generate"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
process.exit(result.status ?? 1);
