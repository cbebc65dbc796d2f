import { describe, expect, test } from "vitest";
import { bookSummary, buildBook, PRICE_BOOK } from "@/lib/pricing/book";

const RATES = { input: "1", cache_write_5m: null, cache_write_1h: null, cache_read: "0.1", output: "5" };

function fileWith(prices: unknown[]) {
  const models = [{ id: "acme-1", name: "Acme 1", prices }];
  return [{ provider: "acme", file: { as_of: "2026-11-21", currency: "USD", models } }];
}

describe("the price book", () => {
  test("says what it holds", () => {
    const { version, ...rest } = bookSummary();
    expect(rest).toEqual({ models: 208, asOf: "2026-11-21", newest: "2026-11-09" });
    expect(version).toMatch(/^2026-11-21-[0-9a-f]{8}$/);
  });

  test("every row cites a source and has an id of its own", () => {
    expect(PRICE_BOOK.rows.filter((row) => row.sources.length === 0)).toEqual([]);
    expect(new Set(PRICE_BOOK.rows.map((row) => row.id)).size).toBe(PRICE_BOOK.rows.length);
  });

  test("keeps five rates apart: haiku 3's cache prices are not multiples of its input", () => {
    const haiku = PRICE_BOOK.models.find((model) => model.id === "claude-3-haiku-20240307");
    expect(haiku?.rows[0]?.rates).toEqual({
      input: 250_000n,
      cacheCreate5m: 300_000n,
      cacheCreate1h: 500_000n,
      cacheRead: 30_000n,
      output: 1_250_000n,
    });
  });

  test("its version changes with any price", () => {
    const one = buildBook(fileWith([{ from: "2026-01-01", to: null, rates: RATES, sources: ["page"] }]));
    const other = buildBook(
      fileWith([{ from: "2026-01-01", to: null, rates: { ...RATES, input: "2" }, sources: ["page"] }]),
    );
    expect(one.version).not.toBe(other.version);
  });

  test.each<[string, unknown[], RegExp]>([
    ["no source", [{ from: "2026-01-01", to: null, rates: RATES }], /no source/],
    [
      "an overlap",
      [
        { from: "2026-01-01", to: null, rates: RATES, sources: ["page"] },
        { from: "2026-02-01", to: null, rates: RATES, sources: ["page"] },
      ],
      /overlaps/,
    ],
    [
      "an end before the start",
      [{ from: "2026-02-01", to: "2026-01-01", rates: RATES, sources: ["p"] }],
      /before it begins/,
    ],
    [
      "a rate that half a price would break",
      [{ from: "2026-01-01", to: null, rates: { ...RATES, input: "0.000001" }, sources: ["page"] }],
      /not exact/,
    ],
    [
      "a negative rate",
      [{ from: "2026-01-01", to: null, rates: { ...RATES, input: "-1" }, sources: ["p"] }],
      /decimal/,
    ],
  ])("refuses %s", (_, prices, message) => {
    expect(() => buildBook(fileWith(prices))).toThrow(message);
  });
});
