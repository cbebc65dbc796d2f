import { calcPrice } from "@pydantic/genai-prices";
import { describe, expect, test } from "vitest";
import { PRICE_BOOK, type PricedModel } from "@/lib/pricing/book";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { priceCall } from "@/lib/pricing/cost";
import { TOKEN_KINDS, type TokenCounts, type TokenKind } from "@/lib/pricing/schema";

/** How a model is spelled on a platform, and what the package calls that platform. */
type Spelling = { platform: string; source: string; model: string };

const NOTHING: TokenCounts = { input: 0, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: 0, output: 0 };
const TODAY = "2026-11-21";

/** Token counts that show every rate alone, and both sides of every length at which a price changes. */
function usagesOf(thresholds: readonly number[]): [string, TokenCounts][] {
  return [
    ["input", { ...NOTHING, input: 1_000 }],
    ["5m write", { ...NOTHING, cacheCreate5m: 1_000 }],
    ["1h write", { ...NOTHING, cacheCreate1h: 1_000 }],
    ["read", { ...NOTHING, cacheRead: 1_000 }],
    ["output", { ...NOTHING, output: 1_000 }],
    ["900k prompt", { ...NOTHING, input: 500_000, cacheRead: 400_000, output: 1_000 }],
    ...thresholds.flatMap((above): [string, TokenCounts][] => [
      [`prompt of ${above}`, { ...NOTHING, input: above - 5_000, cacheRead: 5_000, output: 1_000 }],
      [`prompt of ${above + 1}`, { ...NOTHING, input: above - 4_999, cacheRead: 5_000, output: 1_000 }],
    ]),
  ];
}

/** Picodollars by our book; null where it has no price. */
function ourPrice({ platform, model }: Spelling, provider: string, tokens: TokenCounts, occurredAt: Date) {
  const [line] = priceCall(
    {
      parts: [{ model, billable: true, tokens }],
      webSearchRequests: 0,
      serviceTier: "standard",
      speed: "standard",
      inferenceGeo: null,
      notes: [],
      source: "provider",
    },
    { provider, platform, occurredAt, location: null, stopReason: null, statusCode: 200 },
    LIST_PRICES,
  );
  return line?.costUsdPicos ?? null;
}

/** What the package has for a kind of token; where it has nothing it takes another rate, which is no price known. */
const PRICE_KEYS: Readonly<Record<TokenKind, string>> = {
  input: "input_mtok",
  cacheCreate5m: "cache_write_mtok",
  cacheCreate1h: "cache_write_1h_mtok",
  cacheRead: "cache_read_mtok",
  output: "output_mtok",
};

/** USD by the package, whose numbers are floats; null where it has no price for a kind that was used. */
function theirPrice({ source, model }: Spelling, tokens: TokenCounts, timestamp: Date) {
  const result = calcPrice(
    {
      input_tokens: tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead,
      cache_write_tokens: tokens.cacheCreate5m + tokens.cacheCreate1h,
      cache_write_1h_tokens: tokens.cacheCreate1h,
      cache_read_tokens: tokens.cacheRead,
      output_tokens: tokens.output,
    },
    model,
    { providerId: source, timestamp },
  );
  if (!result || TOKEN_KINDS.some((kind) => tokens[kind] > 0 && result.model_price[PRICE_KEYS[kind]] === undefined)) {
    return null;
  }
  return { usd: result.total_price, model: result.model.id };
}

/** Floats carry no picodollars: equal is what is equal in billionths of a dollar. */
function isSame(picos: bigint, usd: number): boolean {
  return (picos + 500n) / 1000n === BigInt(Math.round(usd * 1e9));
}

/** What both know, counted, and what of it they price differently: our model, the day, the package's model, the usages. */
function compare(provider: string, spell: (model: PricedModel) => Spelling[]) {
  const differences = new Set<string>();
  let compared = 0;
  for (const model of PRICE_BOOK.models.filter((one) => one.provider === provider)) {
    if (model.rows.some(({ sources }) => sources.some((source) => source.startsWith("@pydantic/")))) continue;
    const thresholds = [...new Set(model.rows.flatMap(({ longPrompt }) => longPrompt?.above ?? []))];
    const days = [...new Set([...model.rows.map(({ from }) => from), TODAY])];
    for (const [spelling, day] of spell(model).flatMap((one) => days.map((day) => [one, day] as const))) {
      const at = new Date(`${day}T12:00:00Z`);
      const found = new Map<string, string[]>();
      for (const [name, tokens] of usagesOf(thresholds)) {
        const ours = ourPrice(spelling, provider, tokens, at);
        const theirs = theirPrice(spelling, tokens, at);
        if (ours === null || theirs === null) continue;
        compared++;
        if (!isSame(ours, theirs.usd)) found.set(theirs.model, [...(found.get(theirs.model) ?? []), name]);
      }
      for (const [as, names] of found) differences.add(`${model.id} ${day} as ${as}: ${names.join(", ")}`);
    }
  }
  return { compared, differences: [...differences].toSorted() };
}

const direct = (model: PricedModel) =>
  [model.id, ...model.aliases].map((id) => ({ platform: model.provider, source: model.provider, model: id }));
const onBedrock = (model: PricedModel) =>
  model.bedrockIds.flatMap((id) =>
    ["global.", "us.", ""].map((profile) => ({ platform: "bedrock", source: "aws", model: `${profile}${id}` })),
  );

type Known = { why: string; differences: string[] };

const ON_CLAUDE_API: Known[] = [
  {
    why: "of Sonnet 5.5 the package knows nothing: it takes it for Sonnet 5 by the start of the id, but its reads cost half from 2026-10-07",
    differences: [
      "claude-sonnet-5-5 2026-10-07 as claude-sonnet-5: read, 900k prompt",
      "claude-sonnet-5-5 2026-11-21 as claude-sonnet-5: read, 900k prompt",
    ],
  },
  {
    why: "the package has no long prompts for Sonnet 4, only for 4.5; both had them from 2025-08-12",
    differences: [
      "claude-sonnet-4-20250514 2025-08-12 as claude-sonnet-4-0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-20250514 2026-11-21 as claude-sonnet-4-0: 900k prompt, prompt of 200001",
    ],
  },
  {
    why: "the package has only the price of Haiku 3.5 after the cut of 2024-12-03",
    differences: [
      "claude-3-5-haiku-20241022 2024-11-04 as claude-3-5-haiku-latest: input, 5m write, 1h write, read, output, 900k prompt",
    ],
  },
];

const ON_BEDROCK: Known[] = [
  {
    why: "as on the Claude API: Sonnet 5.5 is taken for Sonnet 5",
    differences: [
      "claude-sonnet-5-5 2026-10-07 as global.anthropic.claude-sonnet-5-v1:0: read, 900k prompt",
      "claude-sonnet-5-5 2026-10-07 as regional.anthropic.claude-sonnet-5-v1:0: read, 900k prompt",
      "claude-sonnet-5-5 2026-11-21 as global.anthropic.claude-sonnet-5-v1:0: read, 900k prompt",
      "claude-sonnet-5-5 2026-11-21 as regional.anthropic.claude-sonnet-5-v1:0: read, 900k prompt",
    ],
  },
  {
    why: "the package has no long prompts on Bedrock, neither those of the beta nor those until 2026-03-13",
    differences: [
      "claude-opus-4-6 2026-02-05 as global.anthropic.claude-opus-4-6-v1:0: 900k prompt, prompt of 200001",
      "claude-opus-4-6 2026-02-05 as regional.anthropic.claude-opus-4-6-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-6 2026-02-17 as global.anthropic.claude-sonnet-4-6-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-6 2026-02-17 as regional.anthropic.claude-sonnet-4-6-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-5-20250929 2025-09-29 as global.anthropic.claude-sonnet-4-5-20250929-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-5-20250929 2025-09-29 as regional.anthropic.claude-sonnet-4-5-20250929-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-5-20250929 2026-11-21 as global.anthropic.claude-sonnet-4-5-20250929-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-5-20250929 2026-11-21 as regional.anthropic.claude-sonnet-4-5-20250929-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-20250514 2025-08-12 as global.anthropic.claude-sonnet-4-20250514-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-20250514 2025-08-12 as regional.anthropic.claude-sonnet-4-20250514-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-20250514 2026-11-21 as global.anthropic.claude-sonnet-4-20250514-v1:0: 900k prompt, prompt of 200001",
      "claude-sonnet-4-20250514 2026-11-21 as regional.anthropic.claude-sonnet-4-20250514-v1:0: 900k prompt, prompt of 200001",
    ],
  },
  {
    why: "as on the Claude API: no price of Haiku 3.5 before the cut",
    differences: [
      "claude-3-5-haiku-20241022 2024-11-04 as regional.anthropic.claude-3-5-haiku-20241022-v1:0: input, 5m write, read, output, 900k prompt",
    ],
  },
];

describe("our prices against those of @pydantic/genai-prices", () => {
  test.each<[string, string, (model: PricedModel) => Spelling[], number, Known[]]>([
    ["Claude", "anthropic", direct, 506, ON_CLAUDE_API],
    ["Claude on Bedrock", "anthropic", onBedrock, 761, ON_BEDROCK],
    ["OpenAI", "openai", direct, 362, []],
    ["Gemini", "google", direct, 20, []],
  ])("%s", (_, provider, spell, count, known) => {
    const { compared, differences } = compare(provider, spell);
    expect(differences).toEqual(known.flatMap((one) => one.differences).toSorted());
    expect(compared).toBe(count);
  });
});
