import { expect, test } from "vitest";
import { explainPrice } from "@/app/[project]/calls/price-lines";
import { readPriceOrigin } from "@/lib/calls/price-origin";
import { findCall } from "@/lib/calls/read";
import { writeDb } from "@/lib/db";
import { buildBook, PRICE_BOOK } from "@/lib/pricing/book";
import type { Prisma } from "@/prisma/client/client";
import { createCallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";

/** A book of a release before: the same model at $9 and $90, from a day of which this release knows nothing. */
const FORMER = [
  {
    provider: "anthropic",
    file: {
      ...{ as_of: "2026-01-02", currency: "USD" },
      models: [
        {
          ...{ id: "claude-sonnet-5-5", name: "Claude Sonnet 5.5", sources: ["a page that is gone"] },
          prices: [
            {
              ...{ from: "2026-01-01", to: null },
              rates: { input: "9", cache_write_5m: "9", cache_write_1h: "9", cache_read: "9", output: "90" },
            },
          ],
        },
      ],
    },
  },
] as const;

async function setUp() {
  const api = await createCallsApi();
  const { id: projectId } = api;
  await api.post([buildCall({ request_id: "call" })]);
  const db = writeDb();
  const user = await db.user.create({ data: { email: `${projectId}@acme.example`, name: "Mira Kovac" } });
  const book = `${buildBook(FORMER).version}-${projectId}`;
  const files = FORMER as unknown as Prisma.InputJsonValue;
  await db.priceBookSnapshot.create({ data: { version: book, asOf: new Date("2026-01-02"), files } });
  const version = { projectId, version: 2, bookVersion: book, contract: [], reason: "as it was", createdById: user.id };
  await db.priceVersion.create({ data: version });
  const days = { fromDay: new Date("2026-11-01"), toDay: new Date("2026-12-01") };
  const applied = { appliedById: user.id, appliedAt: new Date("2026-11-21T10:00:00Z") };
  await db.repriceRun.create({
    data: { projectId, number: 7, status: "done", reason: "by the former book", priceVersion: 2, ...days, ...applied },
  });
  return { api, db, book };
}

test("a call says by which version, book and run it was priced, and is explained by them, not by today's", async () => {
  const { api, db, book } = await setUp();
  const read = async () => {
    const { body } = await api.list();
    const [call] = await findCall(api.scope, String(body.calls[0]?.id));
    if (!call) throw new Error("the call is gone");
    return { call, origin: await readPriceOrigin(api.scope, call) };
  };

  const first = await read();
  expect(first.origin.version).toMatchObject({ version: 1, bookVersion: PRICE_BOOK.version, by: null });
  expect(first.origin.reprice).toBeNull();
  expect(explainPrice(first.call, first.origin.prices).row?.id).toBe("anthropic/claude-sonnet-5-5@2026-10-07");

  const where = { projectId: api.id };
  const cost = { inputCostUsdPicos: 9_000_000_000n, outputCostUsdPicos: 9_000_000_000n, costUsdPicos: 18_000_000_000n };
  const priceId = "anthropic/claude-sonnet-5-5@2026-01-01";
  const data = { ...cost, priceVersion: 2, repriceRun: 7, formerPriceVersion: 1, priceId };
  await db.llmCall.updateMany({ where, data });
  // As a run would: other tests prove that all rollups of this database equal their calls.
  await db.usageHour.updateMany({ where, data: cost });
  await db.usageDay.updateMany({ where, data: cost });
  const { call, origin } = await read();
  expect([call.priceVersion, call.repriceRun, call.formerPriceVersion]).toEqual([2, 7, 1]);
  expect(origin.version).toMatchObject({ version: 2, bookVersion: book, reason: "as it was", by: "Mira Kovac" });
  expect(origin.reprice).toEqual({
    ...{ number: 7, reason: "by the former book", by: "Mira Kovac" },
    at: new Date("2026-11-21T10:00:00Z"),
  });
  const { row, lines } = explainPrice(call, origin.prices);
  expect(row).toMatchObject({ id: "anthropic/claude-sonnet-5-5@2026-01-01", sources: ["a page that is gone"] });
  expect(PRICE_BOOK.rows.some(({ id }) => id === row?.id)).toBe(false);
  expect([lines[0], lines[4]].map((line) => [line?.terms?.[0]?.rate, line?.amount])).toEqual([
    [9_000_000n, 9_000_000_000n],
    [90_000_000n, 9_000_000_000n],
  ]);
});
