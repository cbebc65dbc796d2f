import { readDb, scanDb } from "@/lib/db";
import { Prisma } from "@/prisma/client/client";
import type { Statement } from "./raw-question";

type Pool = ReturnType<typeof readDb>;

/** Does something once, and keeps what it sends to the database to read. */
export async function recordStatements(ask: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const pools = globalThis.spendtracePools ?? {};
  const kept = { read: readDb(), scan: scanDb() };
  pools.read = recorder(kept.read, statements);
  pools.scan = recorder(kept.scan, statements);
  try {
    await ask();
  } finally {
    Object.assign(pools, kept);
  }
  return statements;
}

function recorder(pool: Pool, statements: Statement[]): Pool {
  return new Proxy(pool, {
    get(target, property) {
      if (property !== "$queryRaw") return Reflect.get(target, property);
      return (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => {
        const { text, values: params } = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
        statements.push({ sql: text, params });
        return target.$queryRaw(query, ...values);
      };
    },
  });
}
