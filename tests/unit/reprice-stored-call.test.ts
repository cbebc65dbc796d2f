import { describe, expect, test } from "vitest";
import type { CallRow } from "@/lib/calls/columns";
import type { PriceColumns } from "@/lib/calls/price-columns";
import { toCallLines } from "@/lib/ingest/call-rows";
import { callSchema } from "@/lib/ingest/schema";
import { buildBook, PRICE_FILES, type PriceBook } from "@/lib/pricing/book";
import { LIST_PRICES, type Prices, toContract } from "@/lib/pricing/contract";
import { overrideSchema, type StoredOverride } from "@/lib/pricing/contract-schema";
import { priceCall } from "@/lib/pricing/cost";
import { repriceCall } from "@/lib/reprice/stored-call";
import { type RandomCall, randomCall } from "@/tests/support/random-calls";
import { toStoredCall } from "@/tests/support/stored-call";

/** Fewer under mutation testing. */
const CALLS = Math.min(Number(process.env.EXACT_CALLS ?? 3_000), 3_000);

/** The book of another release: the same models, each sent back to other rates. */
const OTHER_BOOK = buildBook(JSON.parse(JSON.stringify(PRICE_FILES).replaceAll(/"input":"(\d+)/g, '"input":"1$1')));

function pricesOf(contract: readonly StoredOverride[], version: number, book: PriceBook): Prices {
  const overrides = contract.map((stored) => overrideSchema.parse(stored));
  return { version, book, contract: toContract(overrides, book) };
}

/** The rows of a call as ingest writes them under some prices. */
function ingest({ usage, context }: RandomCall, prices: Prices): readonly CallRow[] {
  const [first, ...others] = priceCall(usage, context, prices);
  if (!first) throw new Error("no line");
  const call = callSchema.parse({
    occurred_at: context.occurredAt.toISOString(),
    ...{ request_id: "req_1", tenant_id: "Northwind", feature: "chat", model: first.sentModel, latency_ms: 1 },
    ...{ location: context.location, stop_reason: context.stopReason, status_code: context.statusCode },
  });
  return toCallLines(
    { projectId: 1, environment: "production" },
    call,
    context,
    usage,
    [first, ...others],
    prices.version,
  );
}

function priceColumns(row: CallRow): PriceColumns {
  const names = Object.keys(row).filter((name) => /^pricing_|^price_(id|tier|multipliers)$|cost_usd_picos$/.test(name));
  const columns = names.filter((name) => name !== "reported_cost_usd_picos");
  return Object.fromEntries(columns.map((name) => [name, row[name as keyof CallRow]])) as PriceColumns;
}

const isBillable = (row: CallRow) => row.pricing_status !== "not_billable";

describe(`${CALLS} random calls`, () => {
  const calls = Array.from({ length: CALLS }, (_, number) => randomCall(number));

  test.each<[string, (call: RandomCall) => Prices]>([
    ["without a contract", () => LIST_PRICES],
    ["under another contract", ({ laterContract }) => pricesOf(laterContract, 2, LIST_PRICES.book)],
    ["by another book", ({ laterContract }) => pricesOf(laterContract, 2, OTHER_BOOK)],
  ])(
    "priced again %s are as if they arrived now",
    (_, laterPrices) => {
      let changed = 0;
      for (const [number, call] of calls.entries()) {
        const before = ingest(call, pricesOf(call.contract, 1, LIST_PRICES.book)).filter(isBillable);
        const later = laterPrices(call);
        const after = ingest(call, later).filter(isBillable).map(priceColumns);
        const again = before.map((row) => repriceCall(toStoredCall(row), later));
        expect(
          again.map(({ columns }) => columns),
          `call ${number}`,
        ).toEqual(after);
        const differs = before.map((row, index) => JSON.stringify(priceColumns(row)) !== JSON.stringify(after[index]));
        expect(
          again.map(({ isChanged }) => isChanged),
          `call ${number}`,
        ).toEqual(differs);
        changed += differs.filter(Boolean).length;
      }
      expect(changed).toBeGreaterThan(CALLS / 4);
    },
    60_000,
  );

  test("priced again by the same prices do not change", () => {
    for (const [number, call] of calls.entries()) {
      const prices = pricesOf(call.contract, 1, LIST_PRICES.book);
      const rows = ingest(call, prices).filter(isBillable);
      const again = rows.map((row) => repriceCall(toStoredCall(row), prices));
      expect(
        again.map(({ isChanged }) => isChanged),
        `call ${number}`,
      ).toEqual(rows.map(() => false));
      expect(again.map(({ columns }) => columns)).toEqual(rows.map(priceColumns));
    }
  }, 60_000);
});
