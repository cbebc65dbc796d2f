import { readFileSync } from "node:fs";
import { findProvider } from "@pydantic/genai-prices";
import { describe, expect, test } from "vitest";
import { buildBook, PRICE_FILES } from "@/lib/pricing/book";
import { GENAI_PRICE_FILES, GENAI_PRICES_VERSION, readGenaiPrices } from "@/lib/pricing/genai-prices";
import { GENAI_PRICES_DATE } from "@/lib/pricing/genai-rows";
import { DOUBTED } from "@/lib/pricing/genai-trust";
import { findSpelling, matchPrice } from "@/lib/pricing/match";
import { inferPlatform } from "@/lib/pricing/platform";

const { files, skipped } = readGenaiPrices();
const book = buildBook(Object.entries(GENAI_PRICE_FILES).map(([provider, file]) => ({ provider, file })));
const NO_WRITES = { cache_write_5m: null, cache_write_1h: null };
const UNDATED = "the source does not say since when";

function find(provider: string, id: string) {
  return files[provider]?.models.find((model) => model.id === id);
}

function reasonsOf(provider: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of skipped.filter((skip) => skip.provider === provider)) {
    counts[one.reason] = (counts[one.reason] ?? 0) + 1;
  }
  return counts;
}

describe("prices of other makers", () => {
  test("come from the release that is pinned", () => {
    const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
    expect(read("package.json").dependencies["@pydantic/genai-prices"]).toBe(GENAI_PRICES_VERSION);
    expect(read("node_modules/@pydantic/genai-prices/package.json").version).toBe(GENAI_PRICES_VERSION);
  });

  test("are no more and no fewer than what was looked at: models and ids by provider", () => {
    const counts = Object.entries(files).map(([provider, { models }]) => {
      return [provider, models.length, models.reduce((sum, model) => sum + 1 + model.aliases.length, 0)];
    });
    expect(counts).toEqual([
      ["openai", 49, 96],
      ["google", 19, 20],
      ["mistral", 26, 36],
      ["deepseek", 1, 1],
      ["xai", 12, 20],
      ["cohere", 9, 11],
      ["moonshotai", 13, 16],
      ["minimax", 5, 7],
      ["zai", 2, 4],
      ["voyageai", 22, 22],
    ]);
  });

  test("leave out every other id of the package for a reason", () => {
    expect(Object.fromEntries(Object.keys(files).map((provider) => [provider, reasonsOf(provider)]))).toEqual({
      openai: {
        ours: 52,
        respelled: 7,
        router_spelling: 3,
        no_exact_id: 2,
        moving_alias: 12,
        not_priced_by_token: 1,
        other_modality: 31,
        hidden_search_fee: 8,
        doubted_by_the_package: 6,
      },
      google: {
        claude_is_ours: 18,
        ours: 2,
        router_spelling: 3,
        moving_alias: 2,
        not_priced_by_token: 2,
        other_modality: 16,
        doubted_by_the_package: 6,
        not_exact_in_our_unit: 2,
      },
      mistral: {
        router_spelling: 3,
        no_exact_id: 4,
        moving_alias: 8,
        not_priced_by_token: 14,
        other_modality: 4,
        doubted_by_the_package: 3,
        doubted_here: 4,
      },
      deepseek: { time_of_day: 4, doubted_here: 4 },
      xai: { router_spelling: 3, moving_alias: 15, other_modality: 3, doubted_here: 9 },
      cohere: { doubted_here: 2 },
      moonshotai: { doubted_here: 1 },
      minimax: { doubted_by_the_package: 2, doubted_here: 7 },
      zai: { doubted_by_the_package: 2 },
      voyageai: {},
    });
  });

  test("doubt only ids that the package has", () => {
    const doubted = skipped.filter(({ reason }) => reason === "doubted_here").map(({ id }) => id);
    expect(doubted.toSorted()).toEqual(Object.values(DOUBTED).flat().toSorted());
  });
});

describe("a price of the package", () => {
  test("with a change and a length of prompt: GPT-5.6 Luna", () => {
    expect(find("openai", "gpt-5.6-luna")).toEqual({
      id: "gpt-5.6-luna",
      name: "GPT-5.6 Luna",
      aliases: ["gpt-5-6-luna"],
      context_window: 1_050_000,
      sources: ["@pydantic/genai-prices 0.1.8 (npm, 2026-09-23), openai/gpt-5.6-luna"],
      prices: [
        {
          from: "2026-01-01",
          to: "2026-07-30",
          note: UNDATED,
          rates: { input: "1", cache_write_5m: "1.25", cache_write_1h: null, cache_read: "0.1", output: "6" },
          long_prompt: {
            prompt_tokens_gt: 271_999,
            rates: { input: "2", cache_write_5m: "2.5", cache_write_1h: null, cache_read: "0.2", output: "9" },
          },
        },
        {
          from: "2026-07-30",
          to: null,
          note: null,
          rates: { input: "0.2", cache_write_5m: "0.25", cache_write_1h: null, cache_read: "0.02", output: "1.2" },
          long_prompt: {
            prompt_tokens_gt: 271_999,
            rates: { input: "0.4", cache_write_5m: "0.5", cache_write_1h: null, cache_read: "0.04", output: "1.8" },
          },
        },
      ],
    });
  });

  test("from the day in an id: GPT-5.4 Pro", () => {
    expect(find("openai", "gpt-5.4-pro")?.prices).toEqual([
      {
        from: "2026-03-05",
        to: null,
        note: UNDATED,
        rates: { ...NO_WRITES, input: "30", cache_read: null, output: "180" },
        long_prompt: {
          prompt_tokens_gt: 271_999,
          rates: { ...NO_WRITES, input: "60", cache_read: null, output: "270" },
        },
      },
    ]);
  });

  test("of an id that stands with one of ours is of a model of its own: GPT-5-Codex", () => {
    expect(find("openai", "gpt-5-codex")).toMatchObject({
      name: "gpt-5-codex",
      aliases: [],
      prices: [
        { from: "2026-01-01", to: null, rates: { ...NO_WRITES, input: "1.25", cache_read: "0.125", output: "10" } },
      ],
    });
  });

  test("without an output is of an embedding", () => {
    expect(find("openai", "text-embedding-3-small")?.prices).toMatchObject([
      { rates: { ...NO_WRITES, input: "0.02", cache_read: null, output: null } },
    ]);
  });

  test("that another is announced for ends there: Gemini 3.6 Flash", () => {
    expect(find("google", "gemini-3.6-flash")?.prices).toEqual([
      {
        from: "2026-01-01",
        to: "2027-01-01",
        note: "another price is announced from 2027-01-01 on; the source does not say since when",
        rates: { ...NO_WRITES, input: "0.75", cache_read: "0.075", output: "3.75" },
      },
    ]);
  });

  test("by the hour of the day has none from the day it came: DeepSeek V4 Flash", () => {
    expect(find("deepseek", "deepseek-v4-flash")?.prices).toEqual([
      {
        from: "2026-01-01",
        to: "2026-08-17",
        note: UNDATED,
        rates: { ...NO_WRITES, input: "0.14", cache_read: "0.0028", output: "0.28" },
      },
    ]);
  });

  test("of a name whose moves are dated: Mistral Medium", () => {
    expect(find("mistral", "mistral-medium-latest")?.prices).toMatchObject([
      { from: "2026-01-01", to: "2026-06-16", rates: { input: "0.4", output: "2" } },
      { from: "2026-06-16", to: null, rates: { input: "1.5", output: "7.5" } },
    ]);
  });

  test("turns where the package turns: Grok 4.5 at 200,000 tokens, MiniMax M3 after 512,000", () => {
    expect(find("xai", "grok-4.5")?.prices[0]?.long_prompt?.prompt_tokens_gt).toBe(199_999);
    expect(find("minimax", "minimax-m3")?.prices[0]?.long_prompt?.prompt_tokens_gt).toBe(512_000);
  });
});

describe("the book of the package's prices", () => {
  const ids = Object.values(files).flatMap(({ models }) => models.flatMap(({ id, aliases }) => [id, ...aliases]));

  test("takes no id of a file of ours, and each of its own once", () => {
    const own = buildBook(PRICE_FILES.filter(({ file }) => !Object.values(GENAI_PRICE_FILES).includes(file as never)));
    expect(ids.filter((id) => findSpelling(own, id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("knows no id by its start or end", () => {
    expect(ids.filter((id) => !findSpelling(book, id))).toEqual([]);
    expect(ids.filter((id) => findSpelling(book, `${id}-0`) || findSpelling(book, `x${id}`))).toEqual([]);
    const starts = ids.map((id) => id.slice(0, -1)).filter((start) => !ids.includes(start));
    expect(starts.filter((start) => findSpelling(book, start))).toEqual([]);
  });

  test("names package, release, day, provider and model with every price", () => {
    const sources = book.rows.flatMap((row) => row.sources);
    expect(sources.length).toBe(book.rows.length);
    const wrong = sources.filter((source) => {
      const [, provider = "", id] =
        /^@pydantic\/genai-prices 0\.1\.8 \(npm, 2026-09-23\), ([^/]+)\/(.+)$/.exec(source) ?? [];
      return !findProvider({ providerId: provider })?.models.some((model) => model.id === id);
    });
    expect(wrong).toEqual([]);
  });

  test("has no price that began after the release, no batch price and no fee for searches", () => {
    expect(book.newest <= GENAI_PRICES_DATE).toBe(true);
    expect(
      book.models.filter((model) => model.hasBatchPrice || model.hasRegionalPremium || model.hasUsPremium),
    ).toEqual([]);
    expect(book.models.filter((model) => model.webSearchPicos !== null)).toEqual([]);
  });

  test.each<[string, string | null]>([
    ["mistral/mistral-large-2512", null],
    ["xai/grok-4.6", null],
    ["cohere/command-a", null],
    ["moonshot/kimi-k3", null],
    ["zai/glm-5.2", null],
    ["voyage/voyage-4", null],
    ["moonshotai/kimi-k3", "openrouter"],
    ["deepseek/deepseek-v4-flash", "openrouter"],
    ["minimax/minimax-m3", "openrouter"],
  ])("%s is a spelling for the maker or for a router: %s", (id, platform) => {
    expect(findSpelling(book, id)).toMatchObject({ platform });
  });

  test.each<[string, string, string, string]>([
    ["mistral/mistral-large-2512", "mistral", "2026-05-01", "mistral/mistral-large-2512@2026-01-01"],
    ["grok-4.6", "xai", "2026-05-01", "xai/grok-4.6@2026-01-01"],
    ["grok-4.6", "azure", "2026-05-01", "platform_not_priced"],
    ["deepseek-v4-flash", "deepseek", "2026-08-16", "deepseek/deepseek-v4-flash@2026-01-01"],
    ["deepseek-v4-flash", "deepseek", "2026-08-17", "no_price_on_date"],
    ["gemini-3.6-flash", "google", "2027-01-01", "no_price_on_date"],
    ["kimi-k3", "moonshotai", "2025-12-31", "no_price_on_date"],
    ["deepseek-chat", "deepseek", "2026-05-01", "unknown_model"],
  ])("prices %s on %s on %s: %s", (model, platform, day, expected) => {
    const occurredAt = new Date(`${day}T12:00:00Z`);
    const match = matchPrice(findSpelling(book, model), { platform, occurredAt, location: null, isFast: false });
    expect(match.ok ? match.row.id : match.reason).toBe(expected);
  });
});

describe("a model that the package does not know", () => {
  test.each<[string, string | null, string, string]>([
    ["devstral-9", null, "mistral", "mistral"],
    ["kimi-k9", null, "moonshotai", "moonshotai"],
    ["MiniMax-M9", null, "minimax", "minimax"],
    ["glm-9", "z-ai", "zai", "zai"],
    ["grok-9", "x_ai", "xai", "xai"],
    ["voyage-9", "voyage_ai", "voyageai", "voyageai"],
    ["kimi-k9", "groq", "moonshotai", "groq"],
    ["glm-9", "zhipuai", "zai", "zhipuai"],
  ])("%s of %s was made by %s and ran on %s", (model, named, provider, platform) => {
    expect(inferPlatform(model, { provider: named })).toEqual({ provider, platform });
  });
});
