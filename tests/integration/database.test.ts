import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listMigrations, migrate } from "@/lib/database/migrate";
import { startEmbeddedDatabase } from "@/lib/database/start-database";
import { makeEmbeddedDatabase, makeServerDatabase } from "../support/database";

const { TEST_DATABASE_URL } = process.env;

async function query<Row extends object>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const sql of statements) rows = (await client.query<Row>(sql)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

describe("migrating", () => {
  let database: Awaited<ReturnType<typeof makeServerDatabase>>;
  beforeAll(async () => {
    database = TEST_DATABASE_URL ? await makeServerDatabase(TEST_DATABASE_URL) : await makeEmbeddedDatabase();
  });
  afterAll(() => database.drop());

  test.runIf(TEST_DATABASE_URL)("instances that start together apply each migration once", async () => {
    const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(applied.flat()).toEqual(listMigrations());
  });

  test("a migration cut short by a crash is taken up again, and a second start applies nothing", async () => {
    await migrate(database.url);
    await query(
      database.url,
      "CREATE SCHEMA aside",
      "ALTER TABLE _prisma_migrations SET SCHEMA aside",
      "DROP SCHEMA public CASCADE",
      "CREATE SCHEMA public",
      "ALTER TABLE aside._prisma_migrations SET SCHEMA public",
      "UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0",
    );
    expect(await migrate(database.url)).toEqual(listMigrations());
    expect(await query(database.url, "SELECT count(*)::int AS calls FROM llm_call")).toEqual([{ calls: 0 }]);
    expect(await migrate(database.url)).toEqual([]);
  });

  test("a database made by a newer version is refused", async () => {
    await migrate(database.url);
    await query(
      database.url,
      `UPDATE _prisma_migrations SET migration_name = '29990101000000_later'
      WHERE migration_name = '${listMigrations().at(-1)}'`,
    );
    await expect(migrate(database.url)).rejects.toThrow("made by a newer version of Spendtrace (29990101000000_later)");
  });
});

describe("the embedded database", () => {
  let database: Awaited<ReturnType<typeof makeEmbeddedDatabase>>;
  beforeAll(async () => {
    database = await makeEmbeddedDatabase();
  });
  afterAll(() => database.drop());

  test("a second process on its directory is refused by pid and directory", async () => {
    const second = startEmbeddedDatabase(database.dataDir, () => {});
    await expect(second).rejects.toThrow(
      `The database in ${database.dataDir} is in use by process ${database.pid()} on `,
    );
  });

  test("connections do not see each other's statements or transactions", async () => {
    await query(database.url, "CREATE TABLE counter (n integer)", "INSERT INTO counter VALUES (0)");
    const clients = await Promise.all([0, 1, 2, 3].map(() => connect(database.url)));
    // Large parameters arrive in several pieces, between which other connections speak.
    const padding = "x".repeat(300_000);
    await Promise.all(
      clients.map(async (client, own) => {
        for (let round = 0; round < 20; round += 1) {
          const { rows } = await client.query(`SELECT ${own} AS own, length($1::text) AS length`, [padding]);
          expect(rows).toEqual([{ own, length: 300_000 }]);
          await client.query("BEGIN");
          const [{ n }] = (await client.query("SELECT n FROM counter")).rows;
          await client.query("UPDATE counter SET n = $1", [n + 1]);
          await client.query("COMMIT");
        }
      }),
    );
    expect(await query(database.url, "SELECT n FROM counter")).toEqual([{ n: 80 }]);
    await Promise.all(clients.map((client) => client.end()));
  });

  test("a transaction abandoned by its connection is rolled back and holds nobody up", async () => {
    await query(database.url, "CREATE TABLE abandoned (n integer)");
    const client = await connect(database.url);
    await client.query("BEGIN");
    await client.query("INSERT INTO abandoned VALUES (1)");
    client.on("error", () => {});
    (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
    expect(await query(database.url, "SELECT count(*)::int AS rows FROM abandoned")).toEqual([{ rows: 0 }]);
  });

  test("every row it acknowledged survives its kill -9, and it comes back on the same address", async () => {
    await query(database.url, "CREATE TABLE kept (n integer PRIMARY KEY)");
    const client = await connect(database.url);
    client.on("error", () => {});
    const acknowledged: number[] = [];
    setTimeout(() => process.kill(database.pid() ?? 0, "SIGKILL"), 500);
    const insertUntilKilled = async () => {
      for (let n = 0; ; n += 1) {
        await client.query("INSERT INTO kept VALUES ($1)", [n]);
        acknowledged.push(n);
      }
    };
    await expect(insertUntilKilled()).rejects.toThrow();
    expect(acknowledged.length).toBeGreaterThan(50);
    const rows = await retry(() => query<{ n: number }>(database.url, "SELECT n FROM kept ORDER BY n"));
    expect(rows.map(({ n }) => n).slice(0, acknowledged.length)).toEqual(acknowledged);
  });
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
