import { describe, expect, test } from "vitest";
import { listDatedPrices } from "@/app/[project]/settings/prices/[model]/dated-prices";
import { findModel } from "@/app/[project]/settings/prices/[model]/find-model";
import { overrideInWords } from "@/app/[project]/settings/prices/[model]/override-words";
import { listSpellingGroups } from "@/app/[project]/settings/prices/[model]/spellings";
import { bookAge } from "@/app/[project]/settings/prices/book-age";
import { listModifiers } from "@/app/[project]/settings/prices/modifiers";
import { listPrices, overridesOf, priceOn, type TierPrice } from "@/app/[project]/settings/prices/price-list";
import {
  listPlatforms,
  modelHref,
  type PriceQuery,
  parsePriceQuery,
} from "@/app/[project]/settings/prices/price-query";
import { tierInWords } from "@/app/[project]/settings/prices/tier-words";
import { toDecimalUsd } from "@/lib/money";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { LIST_PRICES, type Override, type Prices, toContract } from "@/lib/pricing/contract";
import { TOKEN_KINDS } from "@/lib/pricing/schema";

const NOW = new Date("2026-11-21T14:00:00Z");
const QUERY: PriceQuery = {
  q: "",
  provider: null,
  platform: null,
  on: "2026-11-21",
  show: "prices",
  sort: null,
  page: 1,
};

const modelOf = (id: string) => {
  const model = PRICE_BOOK.models.find((one) => one.id === id);
  if (!model) throw new Error(`no ${id}`);
  return model;
};
const withContract = (...overrides: Override[]): Prices => ({
  version: 1,
  book: PRICE_BOOK,
  contract: toContract(overrides, PRICE_BOOK),
});
const dates = { from: "2026-01-01", to: null, note: "" };
const discount = (
  id: string,
  percentE4: bigint,
  of: Partial<Extract<Override, { kind: "adjustment" }>> = {},
): Override => ({
  ...{ kind: "adjustment", id, ...dates, provider: null, platform: null, model: null, percentE4 },
  ...of,
});
const own: Override = {
  ...{
    kind: "rates",
    id: "own1",
    ...dates,
    from: "2026-06-01",
    to: "2026-10-01",
    model: "claude-opus-5",
    platform: null,
  },
  rates: { input: 3_000_000n, cacheCreate5m: 4_000_000n, cacheCreate1h: null, cacheRead: 300_000n, output: 9_000_000n },
};

const usd = (rates: TierPrice["list"]) =>
  TOKEN_KINDS.map((kind) => (rates?.[kind] == null ? "none" : toDecimalUsd(rates[kind]))).join(" ");
const pricesOf = (id: string, on: string, prices = LIST_PRICES, platform: string | null = null) =>
  priceOn(prices, modelOf(id), on, platform).tiers.map(
    (price) => `${tierInWords(price)}: ${usd(price.list)}${price.contracted ? ` | ${usd(price.contracted)}` : ""}`,
  );

describe("the price of a model on a day", () => {
  test.each([
    ["claude-sonnet-5-5", "2026-09-27", []],
    ["claude-sonnet-5-5", "2026-10-06", ["standard: 2 2.5 4 0.2 10"]],
    ["claude-sonnet-5-5", "2026-10-07", ["standard: 2 2.5 4 0.1 10"]],
    [
      "claude-haiku-5-5",
      "2026-11-21",
      ["standard: 0.1 0.125 0.2 0.01 0.5", "over 100,000 prompt tokens: 0.5 0.625 1 0.05 2.5"],
    ],
    ["claude-opus-4-6", "2026-02-04", []],
    [
      "claude-opus-4-6",
      "2026-02-18",
      [
        "standard: 5 6.25 10 0.5 25",
        "over 200,000 prompt tokens: 10 12.5 20 1 37.5",
        "fast mode: 30 37.5 60 3 150",
        "fast mode, over 200,000 prompt tokens: 60 75 120 6 225",
      ],
    ],
    ["claude-opus-4-6", "2026-06-28", ["standard: 5 6.25 10 0.5 25", "fast mode: 30 37.5 60 3 150"]],
    ["claude-opus-4-6", "2026-06-29", ["standard: 5 6.25 10 0.5 25"]],
    ["claude-3-haiku-20240307", "2026-11-21", ["standard: 0.25 0.3 0.5 0.03 1.25"]],
  ])("%s on %s", (id, on, wanted) => {
    expect(pricesOf(id, on)).toEqual(wanted);
  });

  test("discounts multiply, exactly, on every tier; own rates hold at standard speed and take no discount", () => {
    const two = withContract(discount("d1", -125_000n), discount("d2", -100_000n, { provider: "anthropic" }));
    expect(pricesOf("claude-opus-5-5", "2026-11-21", two)).toEqual([
      "standard: 4 5 8 0.2 20 | 3.15 3.9375 6.3 0.1575 15.75",
      "fast mode: 8 10 16 0.4 40 | 6.3 7.875 12.6 0.315 31.5",
    ]);
    const both = withContract(own, discount("d1", -500_000n));
    expect(pricesOf("claude-opus-5", "2026-09-30", both)).toEqual([
      "standard: 5 6.25 10 0.5 25 | 3 4 none 0.3 9",
      "fast mode: 10 12.5 20 1 50 | 5 6.25 10 0.5 25",
    ]);
    expect(pricesOf("claude-opus-5", "2026-10-01", both)).toEqual([
      "standard: 5 6.25 10 0.5 25 | 2.5 3.125 5 0.25 12.5",
      "fast mode: 10 12.5 20 1 50 | 5 6.25 10 0.5 25",
    ]);
  });

  test("own rates price a day on which the book has none", () => {
    expect(pricesOf("claude-opus-5", "2026-07-01", withContract(own))).toEqual([
      "standard: none none none none none | 3 4 none 0.3 9",
    ]);
  });

  test("terms of a platform hold there, and elsewhere their platform is named", () => {
    const bedrock = withContract(discount("d1", 200_000n, { platform: "bedrock" }));
    expect(pricesOf("claude-sonnet-5", "2026-11-21", bedrock, "bedrock")).toEqual([
      "standard: 2 2.5 4 0.2 10 | 2.4 3 4.8 0.24 12",
    ]);
    expect(pricesOf("claude-sonnet-5", "2026-11-21", bedrock)).toEqual(["standard: 2 2.5 4 0.2 10"]);
    expect(priceOn(bedrock, modelOf("claude-sonnet-5"), "2026-11-21", null).termsElsewhere).toEqual(["bedrock"]);
    expect(priceOn(bedrock, modelOf("claude-sonnet-5"), "2026-11-21", "bedrock").termsElsewhere).toEqual([]);
  });
});

describe("the list", () => {
  const ids = (changes: Partial<PriceQuery>, prices = LIST_PRICES) =>
    listPrices(prices, { ...QUERY, ...changes }).map(({ model }) => model.id);

  test("has every model, Claude first: priced and sold, then retired, then what has no price on that day", () => {
    expect(ids({})).toHaveLength(PRICE_BOOK.models.length);
    expect(ids({ on: "2026-01-05" }).slice(0, 28)).toEqual([
      "claude-opus-4-5-20251101",
      "claude-haiku-4-5-20251001",
      "claude-sonnet-4-5-20250929",
      "claude-opus-4-1-20250805",
      "claude-opus-4-20250514",
      "claude-sonnet-4-20250514",
      "claude-3-7-sonnet-20250219",
      "claude-3-5-haiku-20241022",
      "claude-3-haiku-20240307",
      "claude-3-5-sonnet-20241022",
      "claude-3-5-sonnet-20240620",
      "claude-3-opus-20240229",
      "claude-3-sonnet-20240229",
      "claude-fable-5-2",
      "claude-mythos-5-2",
      "claude-haiku-5-5",
      "claude-sonnet-5-5",
      "claude-opus-5-5",
      "claude-fable-5-1",
      "claude-mythos-5-1",
      "claude-opus-5",
      "claude-sonnet-5",
      "claude-fable-5",
      "claude-mythos-5",
      "claude-opus-4-8",
      "claude-opus-4-7",
      "claude-sonnet-4-6",
      "claude-opus-4-6",
    ]);
  });

  test("has models without a known first day after those with one, by name", () => {
    expect(ids({ provider: "google" }).slice(0, 4)).toEqual([
      "gemini-2.5-flash",
      "gemini-2.5-pro",
      "gemini-flash-1.5-8b",
      "gemini-1.5-pro",
    ]);
  });

  test.each([
    ["Opus 5.5", ["claude-opus-5-5"]],
    ["OPUS-5-5", ["claude-opus-5-5"]],
    ["us.anthropic.claude-opus-4-8", ["claude-opus-4-8"]],
    ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-5", ["claude-sonnet-5"]],
    ["acme-small", ["claude-haiku-5-5"]],
    ["no such model", []],
  ])("finds by %s", (q, wanted) => {
    const alias: Override = { kind: "alias", id: "a1", ...dates, model: "acme-small", target: "claude-haiku-5-5" };
    expect(ids({ q }, withContract(alias))).toEqual(wanted);
  });

  test("keeps to a provider, and to a platform where its prices hold or the contract says so", () => {
    expect(
      new Set(listPrices(LIST_PRICES, { ...QUERY, platform: "bedrock" }).map(({ model }) => model.provider)),
    ).toEqual(new Set(["anthropic"]));
    expect(ids({ platform: "foundry", provider: "openai" })).toEqual([]);
    const router = withContract(
      discount("d0", -50_000n),
      discount("d1", 50_000n, { platform: "openrouter", model: "claude-sonnet-5" }),
    );
    expect(ids({ platform: "openrouter" }, router)).toEqual(["claude-sonnet-5"]);
    expect(ids({ platform: "openrouter" }, withContract(discount("d1", 50_000n, { platform: "bedrock" })))).toEqual([]);
  });

  test("sorts by what is paid, with what has no rate last in either direction", () => {
    const claude = { provider: "anthropic", on: "2024-03-13" } as const;
    const half = withContract(discount("d1", -990_000n, { model: "claude-3-opus-20240229" }));
    expect(ids({ ...claude, sort: { key: "output", dir: "asc" } }).slice(0, 4)).toEqual([
      "claude-3-haiku-20240307",
      "claude-3-sonnet-20240229",
      "claude-3-opus-20240229",
      "claude-fable-5-2",
    ]);
    expect(ids({ ...claude, sort: { key: "output", dir: "desc" } }, half).slice(0, 4)).toEqual([
      "claude-3-opus-20240229",
      "claude-3-sonnet-20240229",
      "claude-3-haiku-20240307",
      "claude-fable-5-2",
    ]);
    const late = withContract(discount("d1", -990_000n, { from: "2024-01-01", model: "claude-3-opus-20240229" }));
    expect(ids({ ...claude, sort: { key: "output", dir: "asc" } }, late)[0]).toBe("claude-3-opus-20240229");
  });
});

describe("the address of the list", () => {
  const parse = (text: string, prices = LIST_PRICES) => parsePriceQuery(new URLSearchParams(text), prices, NOW);
  const messages = (text: string) => {
    const parsed = parse(text);
    return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path} ${message}`);
  };

  test("without parameters is today's prices of everything", () => {
    expect(parse("")).toEqual({ ok: true, query: QUERY });
  });

  test("holds day, search, provider, platform, view, order and page", () => {
    expect(
      parse("q=opus&provider=anthropic&platform=bedrock&on=2026-02-28&show=changes&sort=-cache_read&page=2"),
    ).toEqual({
      ok: true,
      query: {
        ...{ q: "opus", provider: "anthropic", platform: "bedrock", on: "2026-02-28", show: "changes" },
        ...{ sort: { key: "cache_read", dir: "desc" }, page: 2 },
      },
    });
  });

  const DAY =
    "on must be a day, YYYY-MM-DD, and not later than today (2026-11-21 UTC): no price is known before it holds";
  test.each([
    ["on=2026-02-30", DAY],
    ["on=yesterday", DAY],
    ["on=2026-11-22", DAY],
    ["page=0", "page must be a whole number from 1 to 1000"],
    ["show=all", "show must be one of prices, changes"],
    [`q=${"x".repeat(129)}`, "q must have at most 128 characters"],
    [
      "provider=claude",
      "provider must be one of anthropic, openai, google, mistral, deepseek, xai, cohere, moonshotai, minimax, zai, voyageai",
    ],
    [
      "sort=price",
      "sort must be one of model, input, cache_read, output, since, -model, -input, -cache_read, -output, -since",
    ],
  ])("is refused with %s, naming the rule", (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test("knows the platforms of the book and of the contract", () => {
    expect(listPlatforms(withContract(discount("d1", 1n, { platform: "openrouter" })))).toEqual([
      ...["anthropic", "openai", "google", "mistral", "deepseek", "xai", "cohere", "moonshotai", "minimax", "zai"],
      ...["voyageai", "claude_platform_on_aws", "foundry", "bedrock", "vertex", "openrouter"],
    ]);
  });

  test("leads to a model of any name, for the same day and platform", () => {
    const params = new URLSearchParams("on=2026-01-05&platform=bedrock&q=x&page=2");
    expect(modelHref("/acme", params, "a/b:c")).toBe("/acme/settings/prices/a%2Fb%3Ac?on=2026-01-05&platform=bedrock");
    expect(modelHref("/acme", new URLSearchParams(), "100%")).toBe("/acme/settings/prices/-?id=100%25");
  });
});

describe("the page of a model", () => {
  test("has all of its prices, newest first, and tells which hold on the day", () => {
    const model = modelOf("claude-opus-4-6");
    const dated = listDatedPrices(model, priceOn(LIST_PRICES, model, "2026-02-10", null));
    expect(dated.map((price) => `${price.row.from} ${tierInWords(price)}${price.holds ? " holds" : ""}`)).toEqual([
      "2026-03-13 standard",
      "2026-02-05 standard holds",
      "2026-02-05 over 200,000 prompt tokens holds",
      "2026-02-19 fast mode",
      "2026-02-07 fast mode holds",
      "2026-02-07 fast mode, over 200,000 prompt tokens holds",
    ]);
  });

  test("is found by any exact spelling, and by an alias on the days on which it holds", () => {
    const alias: Override = { kind: "alias", id: "a1", ...dates, model: "acme-small", target: "claude-haiku-5-5" };
    const prices = withContract(alias);
    expect(findModel(prices, "eu.anthropic.claude-haiku-5-5", "2026-11-21")?.id).toBe("claude-haiku-5-5");
    expect(findModel(prices, "acme-small", "2026-01-01")?.id).toBe("claude-haiku-5-5");
    expect(findModel(prices, "acme-small", "2025-12-31")).toBeNull();
    expect(findModel(prices, "claude-haiku", "2026-11-21")).toBeNull();
  });

  test("says which modifiers apply, on all platforms or on one", () => {
    const short = (id: string, platform: string | null) => listModifiers(modelOf(id), platform).map((one) => one.short);
    expect(short("claude-opus-5", null)).toEqual(["batch ½", "US 1.1", "regional 1.1"]);
    expect(short("claude-opus-5", "foundry")).toEqual(["batch ½", "US 1.1"]);
    expect(short("claude-opus-5", "vertex")).toEqual(["batch ½", "regional 1.1"]);
    expect(short("claude-haiku-4-5-20251001", null)).toEqual(["batch ½", "regional 1.1"]);
    expect(short("gpt-4o", null)).toEqual([]);
  });

  test("lists its spellings by what they say about the price", () => {
    const groups = listSpellingGroups(PRICE_BOOK, modelOf("claude-haiku-4-5-20251001"));
    expect(groups.map(({ where, effect, ids }) => [where, effect, ids[0]])).toEqual([
      ["Any platform", "list price where the maker's price holds", "claude-haiku-4-5-20251001"],
      ["Bedrock, global profile", "list price", "global.anthropic.claude-haiku-4-5-20251001-v1:0"],
      ["Bedrock, regional profile", "× 1.1", "us.anthropic.claude-haiku-4-5-20251001-v1:0"],
      [
        "Bedrock, endpoint not said",
        "× 1.1 assumed, marked estimated, unless the call says its location",
        "anthropic.claude-haiku-4-5-20251001-v1:0",
      ],
      ["Vertex", "× 1.1 on any location but global; not said: assumed, marked estimated", "claude-haiku-4-5@20251001"],
      [
        "OpenRouter",
        "unpriced: a router sets its own price, unless your contract says what it adds",
        "anthropic/claude-haiku-4.5",
      ],
    ]);
  });

  test("lists of Bedrock's spellings the documented one of each profile", () => {
    const groups = listSpellingGroups(PRICE_BOOK, modelOf("claude-opus-4-6"));
    expect(groups.find(({ where }) => where === "Bedrock, regional profile")?.ids).toEqual(
      ["us", "eu", "jp", "au", "in", "apac"].map((profile) => `${profile}.anthropic.claude-opus-4-6-v1`),
    );
    expect(groups.find(({ where }) => where === "Bedrock, endpoint not said")?.ids).toEqual([
      "anthropic.claude-opus-4-6-v1",
    ]);
  });

  test("lists what the contract says of it, in words", () => {
    const alias: Override = { kind: "alias", id: "a1", ...dates, model: "acme-big", target: "claude-opus-5" };
    const prices = withContract(
      own,
      alias,
      discount("d1", -125_000n, { provider: "anthropic", platform: "bedrock" }),
      discount("d2", 50_000n),
      discount("d3", -1n, { model: "claude-opus-4-8" }),
      discount("d4", -1n, { provider: "openai" }),
    );
    expect(overridesOf(prices, modelOf("claude-opus-5")).map(overrideInWords)).toEqual([
      "own rates: input $3.00, output $9.00",
      "acme-big stands for claude-opus-5",
      "−12.5% on anthropic, calls on bedrock",
      "+5% on every model",
    ]);
  });
});

test.each([
  ["2026-11-21", 0, false],
  ["2026-10-22", 30, false],
  ["2026-10-21", 31, true],
  ["2026-11-22", 0, false],
])("a book that was checked on %s is %s days old on 21 November; old: %s", (checkedOn, days, isOld) => {
  expect(bookAge(checkedOn, NOW)).toEqual({ days, isOld });
});
