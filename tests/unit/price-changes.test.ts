import { expect, test } from "vitest";
import { listChanges } from "@/app/[project]/settings/prices/changes";
import { formatRate, placesOf } from "@/app/[project]/settings/prices/rates";
import { buildBook, PRICE_BOOK } from "@/lib/pricing/book";

const said = (models: typeof PRICE_BOOK.models) =>
  listChanges({ models }).map(({ on, model, kind, text }) => `${on} ${kind} ${model.name}: ${text}`);
const claude = said(PRICE_BOOK.models.filter(({ provider }) => provider === "anthropic"));

const rates = (input: string, read: string | null = null) => ({
  ...{ input, cache_write_5m: null, cache_write_1h: null, cache_read: read, output: "4" },
});
const bookOf = (prices: unknown[], more: object = {}) =>
  buildBook([
    {
      provider: "acme",
      file: {
        as_of: "2026-11-21",
        currency: "USD",
        models: [{ id: "m", name: "M", sources: ["acme.example/prices"], prices, ...more }],
      },
    },
  ]).models;

test("what changed for Claude since September, newest first, as its price page and release notes have it", () => {
  expect(claude.slice(0, 12)).toEqual([
    "2026-11-30 ended Claude Opus 4.8: fast mode: no price from this day on",
    "2026-11-09 first Claude Fable 5.2: input $8.00, output $40.00",
    "2026-11-09 first Claude Fable 5.2: fast mode: input $16.00, output $80.00",
    "2026-11-09 first Claude Mythos 5.2: input $8.00, output $40.00",
    "2026-11-09 first Claude Mythos 5.2: fast mode: input $16.00, output $80.00",
    "2026-10-15 first Claude Opus 5.5: fast mode: input $8.00, output $40.00",
    "2026-10-07 changed Claude Sonnet 5.5: cache read $0.20 → $0.10",
    "2026-10-07 first Claude Haiku 5.5: input $0.10, output $0.50; over 100,000 prompt tokens: input $0.50, output $2.50",
    "2026-09-28 first Claude Sonnet 5.5: input $2.00, output $10.00",
    "2026-09-22 first Claude Opus 5.5: input $4.00, output $20.00",
    "2026-09-01 first Claude Fable 5.1: input $10.00, output $50.00",
    "2026-09-01 first Claude Mythos 5.1: input $10.00, output $50.00",
  ]);
});

test("every price change of Claude, and no other", () => {
  expect(claude.filter((line) => line.includes(" changed "))).toEqual([
    "2026-10-07 changed Claude Sonnet 5.5: cache read $0.20 → $0.10",
    "2026-03-13 changed Claude Opus 4.6: over 200,000 prompt tokens: no longer a price of its own",
    "2026-03-13 changed Claude Sonnet 4.6: over 200,000 prompt tokens: no longer a price of its own",
    "2026-02-19 changed Claude Opus 4.6: fast mode: over 200,000 prompt tokens: no longer a price of its own",
    "2025-08-12 changed Claude Sonnet 4: over 200,000 prompt tokens: input $6.00, output $22.50",
    "2024-12-03 changed Claude Haiku 3.5: input $1.00 → $0.80, 5 min write $1.25 → $1.00, 1 h write $2.00 → $1.60, cache read $0.10 → $0.08, output $5.00 → $4.00",
  ]);
});

test("a model that its maker no longer serves is said on that day", () => {
  expect(claude).toContain("2026-08-05 retired Claude Opus 4.1: no longer served by the maker's own API");
});

test("a first price without a first day is no event; a later change of it is one", () => {
  const note = "the source does not say since when";
  const undated = bookOf([
    { from: "2026-01-01", to: "2026-02-01", rates: rates("1"), note },
    { from: "2026-02-01", to: null, rates: rates("1.5", "0.125") },
  ]);
  expect(said(undated)).toEqual(["2026-02-01 changed M: input $1.00 → $1.50, cache read none → $0.125"]);
});

test("a gap in the prices ends one and begins another", () => {
  const gap = bookOf([
    { from: "2026-01-05", to: "2026-02-01", rates: rates("1") },
    { from: "2026-03-01", to: null, rates: rates("2") },
  ]);
  expect(said(gap)).toEqual([
    "2026-03-01 first M: input $2.00, output $4.00",
    "2026-02-01 ended M: no price from this day on",
    "2026-01-05 first M: input $1.00, output $4.00",
  ]);
});

test("the rates of long prompts change apart, and so does what a long prompt is", () => {
  const long = (above: number, input: string) => ({ prompt_tokens_gt: above, rates: rates(input) });
  const models = bookOf([
    { from: "2026-01-05", to: "2026-02-01", rates: rates("1"), long_prompt: long(1000, "2") },
    { from: "2026-02-01", to: "2026-03-01", rates: rates("1"), long_prompt: long(1000, "3") },
    { from: "2026-03-01", to: null, rates: rates("1"), long_prompt: long(5000, "3") },
  ]);
  expect(said(models).slice(0, 2)).toEqual([
    "2026-03-01 changed M: over 1,000 prompt tokens: no longer a price of its own; over 5,000 prompt tokens: input $3.00, output $4.00",
    "2026-02-01 changed M: over 1,000 prompt tokens: input $2.00 → $3.00",
  ]);
});

test("two rows that cost the same are no change", () => {
  const models = bookOf([
    { from: "2026-01-05", to: "2026-02-01", rates: rates("1") },
    { from: "2026-02-01", to: null, rates: rates("1") },
  ]);
  expect(said(models)).toEqual(["2026-01-05 first M: input $1.00, output $4.00"]);
});

test.each([
  [10_000_000_000_000n, 2, "$10.00"],
  [125_000_000_000n, 3, "$0.125"],
  [2_800_000_000n, 4, "$0.0028"],
  [0n, 2, "$0.00"],
  [1n, 12, "$0.000000000001"],
])("a rate of %s picodollars needs %s places: %s", (picos, places, text) => {
  expect(placesOf(picos)).toBe(places);
  expect(formatRate(picos)).toBe(text);
});
