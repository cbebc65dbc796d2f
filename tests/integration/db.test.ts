import { createServer, type Server } from "node:net";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createProject } from "../support/project";

const { DATABASE_URL = "", TEST_DATABASE_URL } = process.env;

async function secondClient<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: DATABASE_URL });
  await client.connect();
  return (await client.query<Row>(sql, values).finally(() => client.end())).rows;
}

/** The pools of a process that was started with another `DATABASE_URL`. */
async function poolsOf(url: string) {
  vi.resetModules();
  globalThis.spendtracePools = undefined;
  vi.stubEnv("DATABASE_URL", url);
  return import("@/lib/db");
}

beforeEach(() => vi.resetModules());
afterEach(async () => {
  await (await import("@/lib/db")).closeDb();
  globalThis.spendtracePools = undefined;
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("a time is stored as the instant it is, whatever the zone of the server, the session and the process", async () => {
  const name = new URL(DATABASE_URL).pathname.slice(1);
  if (TEST_DATABASE_URL) await secondClient(`ALTER DATABASE "${name}" SET timezone TO 'America/New_York'`);
  const { writeDb, closeDb } = await import("@/lib/db");
  const at = new Date("2026-11-30T23:30:00.123Z");
  const { id } = await createProject();
  await writeDb().project.update({ where: { id }, data: { createdAt: at } });
  const [stored] = await secondClient(
    "SELECT (created_at AT TIME ZONE 'UTC')::text AS utc FROM project WHERE id = $1",
    [id],
  );
  expect(stored).toEqual({ utc: "2026-11-30 23:30:00.123" });
  expect(await writeDb().$queryRaw`SELECT current_setting('timezone') AS zone`).toEqual([{ zone: "UTC" }]);
  await closeDb();
  if (TEST_DATABASE_URL) await secondClient(`ALTER DATABASE "${name}" RESET timezone`);
});

test("a page read out of order costs hardly more than one in order: here there are no disks that seek", async () => {
  const { readDb } = await import("@/lib/db");
  expect(await readDb().$queryRaw`SELECT current_setting('random_page_cost') AS cost`).toEqual([{ cost: "1.1" }]);
});

async function secondsUntilError(attempt: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await expect(attempt).rejects.toThrow();
  return (performance.now() - startedAt) / 1000;
}

test("a database that is away is an error within a second", async () => {
  const { readDb, writeDb } = await poolsOf("postgresql://postgres@127.0.0.1:1/none");
  expect(await secondsUntilError(writeDb().$queryRaw`SELECT 1`)).toBeLessThan(1.1);
  expect(await secondsUntilError(readDb().$queryRaw`SELECT 1`)).toBeLessThan(1.1);
});

test("a server that takes the connection and never says a word is an error within a second", async () => {
  const silent: Server = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { writeDb } = await poolsOf(`postgresql://postgres@127.0.0.1:${port}/none`);
  expect(await secondsUntilError(writeDb().$queryRaw`SELECT 1`)).toBeLessThan(1.1);
  silent.close();
});

test("a process that was started without a database says what to do", async () => {
  const { readDb } = await poolsOf("");
  expect(() => readDb()).toThrow("DATABASE_URL is not set: start with `npm start`");
});
