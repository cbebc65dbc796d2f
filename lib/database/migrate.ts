import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { Client } from "pg";
import { type MigrationList, openSchemaEngine } from "./schema-engine";

const MIGRATIONS_DIR = path.join("prisma", "migrations");
// Any number that no other program uses for an advisory lock; Prisma's own is held for one statement only.
const LOCK_KEY = 4_711_202_611;
const SESSION = "-c timezone=UTC -c lock_timeout=10s";

/** A migration could not be applied; the message says which and why. */
export class MigrationError extends Error {}

/** The names of all migrations of this version, oldest first. */
export function listMigrations(): string[] {
  return readdirSync(MIGRATIONS_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Applies what is missing and returns the names applied. Instances that start together take turns, so each migration runs once;
 * one that a crash cut short is taken up again. Throws `MigrationError`.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl, options: "-c timezone=UTC" });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    return await applyMigrations(databaseUrl);
  } catch (error) {
    throw new MigrationError(`The database could not be brought up to date: ${reasonOf(error)}`, { cause: error });
  } finally {
    await lock.query("SELECT pg_advisory_unlock($1)", [LOCK_KEY]).catch(() => {});
    await lock.end();
  }
}

async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const migrationsList = readMigrations();
  const filters = { externalTables: [], externalEnums: [] };
  const engine = await openSchemaEngine(atomicAdapter(databaseUrl, migrationsList));
  try {
    const state = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters });
    const ahead =
      state.history && "unpersistedMigrationNames" in state.history ? state.history.unpersistedMigrationNames : [];
    if (ahead.length > 0) throw new Error(`it was made by a newer version of Spendtrace (${ahead.join(", ")})`);
    // A script and its "finished" mark commit together (see atomicAdapter), so an unfinished one has left nothing behind.
    for (const migrationName of state.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

function readMigrations(): MigrationList {
  const read = (...parts: string[]) => readFileSync(path.join(MIGRATIONS_DIR, ...parts), "utf8");
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: { path: "migration_lock.toml", content: read("migration_lock.toml") },
    shadowDbInitScript: "",
    migrationDirectories: listMigrations().map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: read(name, "migration.sql") } },
    })),
  };
}

/**
 * The adapter would cut a script at every semicolon and commit the pieces one by one. Here a script goes in whole, together with
 * its mark in `_prisma_migrations`, as one implicit transaction.
 */
function atomicAdapter(
  databaseUrl: string,
  { migrationDirectories }: MigrationList,
): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg({ connectionString: databaseUrl, options: SESSION, max: 1 });
  const nameOf = (script: string) =>
    migrationDirectories.find(({ migrationFile: { content } }) => content.tag === "ok" && content.value === script)
      ?.path;
  const connect = async () => {
    const adapter = await factory.connect();
    adapter.executeScript = async (script) => {
      const name = nameOf(script);
      const mark = `UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL AND rolled_back_at IS NULL`;
      await adapter.underlyingDriver().query(name ? `${script};\n${mark}` : script);
    };
    return adapter;
  };
  return {
    provider: "postgres",
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
