import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { verifyRollups } from "@/lib/calls/verify";
import { type CallLines, storeCalls } from "@/lib/calls/write";
import { writeDb } from "@/lib/db";
import { callRow } from "@/tests/support/call-rows";
import { createProject } from "@/tests/support/project";

describe("storeCalls", () => {
  let scope: Scope;
  beforeEach(async () => {
    ({ scope } = await createProject());
  });
  afterEach(async () => {
    expect((await verifyRollups(scope)).differences).toEqual([]);
  });

  const call = (fields: Parameters<typeof callRow>[1] = {}): CallLines => [callRow(scope, fields)];

  it("stores the neighbours of a row that the database refuses", async () => {
    const calls = Array.from({ length: 40 }, (_, i) =>
      call(i === 17 ? { tenant_id: "nul \0" } : i === 23 ? { line: 99_999 } : {}),
    );
    const outcomes = await storeCalls(calls);
    expect(outcomes.flatMap((outcome, i) => (outcome === "accepted" ? [] : [[i, outcome]]))).toEqual([
      [17, "refused"],
      [23, "refused"],
    ]);
  });

  it("stores every text as it came, whatever PostgreSQL would take it for", async () => {
    const texts = [
      "NULL",
      "null",
      "{a,b}",
      "}",
      'a "b"',
      "\\",
      "a\\nb",
      " a ",
      "a\n\tb",
      "a,b",
      "'",
      "$1",
      "NaN",
      "日本 🙂",
    ];
    const usage_parts = [{ tokens: [1, 2, 3, 4, 5], unpriced_reason: 'a "b" \\ {c}' }];
    const calls = texts.map((text) => call({ request_id: text, feature: text, user_id: text, usage_parts }));
    expect(new Set(await storeCalls([...calls, call({ request_id: "~" })]))).toEqual(new Set(["accepted"]));
    const stored = await writeDb().$queryRaw`
      SELECT request_id, feature, user_id, session_id, pricing_notes, usage_parts FROM llm_call
      WHERE project_id = ${scope.projectId} ORDER BY request_id = '~', request_id COLLATE "C"`;
    const told = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(stored).toEqual([
      ...told.map((text) => ({
        request_id: text,
        feature: text,
        user_id: text,
        session_id: null,
        pricing_notes: "",
        usage_parts,
      })),
      {
        request_id: "~",
        feature: "support-reply",
        user_id: null,
        session_id: null,
        pricing_notes: "",
        usage_parts: null,
      },
    ]);
  });

  it("makes the month of a call that is the first in it, also when several writers need it at once", async () => {
    const months = ["2025-01-31T23:59:59.999Z", "2025-02-01T00:00:00.000Z", "2025-02-28T23:30:00.000Z"];
    globalThis.spendtraceMonths?.clear();
    const stored = await Promise.all(
      Array.from({ length: 6 }, () => storeCalls(months.map((occurred_at) => call({ occurred_at })))),
    );
    expect(stored.flat()).toEqual(Array(18).fill("accepted"));
    // A client of its own, in another zone: the month must be that of UTC whoever looks.
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const { rows } = await client.query(
      `SELECT tableoid::regclass::text AS month, count(*)::integer AS calls FROM llm_call
       WHERE project_id = $1 GROUP BY 1 ORDER BY 1`,
      [scope.projectId],
    );
    await client.end();
    expect(rows).toEqual([
      { month: "llm_call_2025_01", calls: 6 },
      { month: "llm_call_2025_02", calls: 12 },
    ]);
  });

  it("finds out when a month that it remembers was dropped", async () => {
    await storeCalls([call({ occurred_at: "2025-03-10T00:00:00.000Z" })]);
    await writeDb().$executeRaw`DROP TABLE llm_call_2025_03`;
    await writeDb().$executeRaw`DELETE FROM usage_hour WHERE project_id = ${scope.projectId}`;
    await writeDb().$executeRaw`DELETE FROM usage_day WHERE project_id = ${scope.projectId}`;
    expect(await storeCalls([call({ occurred_at: "2025-03-10T00:00:00.000Z" })])).toEqual(["accepted"]);
  });

  it("does not deadlock when many writers bring the same calls and groups, each in an order of its own", async () => {
    const calls = Array.from({ length: 400 }, (_, i) => call({ tenant_id: `tenant ${i}` }));
    const orders = [calls, [...calls].reverse()];
    const started = performance.now();
    const stored = Array.from({ length: 8 }, (_, writer) => storeCalls(orders[writer % 2] ?? []));
    const outcomes = (await Promise.all(stored)).flat();
    expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(400);
    expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(7 * 400);
    // PostgreSQL takes a second to find a deadlock and break it.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
