import { createHash } from "node:crypto";
import { GENAI_PRICE_FILES } from "@/lib/pricing/genai-prices";
import { type PriceFile, type PriceFileRow, priceFileSchema } from "@/lib/pricing/price-file";
import type { TokenKind } from "@/lib/pricing/schema";
import { listSpellings, type Spelling } from "@/lib/pricing/spelling";
import anthropic from "@/prisma/prices/anthropic.json";
import google from "@/prisma/prices/google.json";
import openai from "@/prisma/prices/openai.json";

/** Picodollars per token; null where the provider names no price for that kind. */
export type PriceRates = Readonly<Record<TokenKind, bigint | null>>;

/** One price and the days on which it holds. */
export type PriceRow = Readonly<{
  /** `anthropic/claude-opus-5@2026-07-24`; `anthropic/claude-opus-5/fast@…` for fast mode. */
  id: string;
  provider: string;
  model: string;
  fast: boolean;
  /** UTC day, inclusive. */
  from: string;
  /** UTC day, exclusive; null while it holds. */
  to: string | null;
  rates: PriceRates;
  /** For prompts of strictly more than `above` tokens: the whole request at these rates. */
  longPrompt: Readonly<{ above: number; rates: PriceRates }> | null;
  /** True when another price of the same model held the day before. */
  isChange: boolean;
  sources: readonly string[];
  note: string | null;
}>;

/** A model of the book with its prices, oldest first. */
export type PricedModel = Readonly<{
  provider: string;
  id: string;
  name: string;
  aliases: readonly string[];
  bedrockIds: readonly string[];
  vertexId: string | null;
  hasBatchPrice: boolean;
  hasUsPremium: boolean;
  hasRegionalPremium: boolean;
  rows: readonly PriceRow[];
  fastRows: readonly PriceRow[];
  /** Picodollars per web search; null where the provider's fee is not in the book. */
  webSearchPicos: bigint | null;
  /** Tokens; null where not known. */
  contextWindow: number | null;
  /** Shorter prompts are not cached; null where not known. */
  minCacheableTokens: number | null;
  /** UTC day from which the provider's own API no longer serves it. */
  retiredOn: string | null;
  /** UTC day on which its prices were last held against their source. */
  checkedOn: string;
  /** How sure the figures are: `official`; null where the file does not say. */
  confidence: string | null;
  note: string | null;
}>;

/** Price files as they are read: of one provider each; a provider may have several, and the first that knows a model counts. */
export type PriceFiles = readonly Readonly<{ provider: string; file: unknown }>[];

/** Every price known to a release. */
export type PriceBook = Readonly<{
  /** `2026-11-21-1f2e3d4c`: the day it was checked and a hash of its content. */
  version: string;
  asOf: string;
  /** The latest `from` of any row. */
  newest: string;
  models: readonly PricedModel[];
  /** All rows of all models, standard and fast. */
  rows: readonly PriceRow[];
  /** Every exact spelling of a model id. */
  spellings: ReadonlyMap<string, Spelling>;
}>;

/** The price files of this release: ours first, then what a price library knows beside them. */
export const PRICE_FILES: PriceFiles = [
  { provider: "anthropic", file: anthropic },
  { provider: "openai", file: openai },
  { provider: "google", file: google },
  ...Object.entries(GENAI_PRICE_FILES).map(([provider, file]) => ({ provider, file })),
];

/** The book of this release, read and checked once when this module loads; a faulty file stops the start. */
export const PRICE_BOOK: PriceBook = buildBook(PRICE_FILES);

/** What a prices page or the quick start says about the book. */
export function bookSummary(): { models: number; asOf: string; newest: string; version: string } {
  const { models, asOf, newest, version } = PRICE_BOOK;
  return { models: models.length, asOf, newest, version };
}

/**
 * Builds a book from price files.
 * @throws ZodError for a file of the wrong shape, RangeError for prices that overlap or lack a source.
 */
export function buildBook(files: PriceFiles): PriceBook {
  const parsed = files.map(({ provider, file }) => ({ provider, file: priceFileSchema.parse(file) }));
  const models = parsed.flatMap(({ provider, file }) => file.models.map((model) => toModel(provider, file, model)));
  const rows = models.flatMap((model) => [...model.rows, ...model.fastRows]);
  const asOf = latest(parsed.map(({ file }) => file.as_of));
  const hash = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 8);
  const newest = latest(rows.map((row) => row.from));
  return { version: `${asOf}-${hash}`, asOf, newest, models, rows, spellings: listSpellings(models) };
}

function toModel(provider: string, file: PriceFile, model: PriceFile["models"][number]): PricedModel {
  const toRows = (rows: readonly PriceFileRow[], fast: boolean) =>
    rows.map((row, index) => toRow(provider, model, row, rows[index - 1], fast));
  const { platform_ids: ids, supports } = model;
  return {
    provider,
    id: model.id,
    name: model.name,
    aliases: model.aliases,
    bedrockIds: ids ? [ids.bedrock, ids.bedrock_messages_api].filter((id) => id !== null) : [],
    vertexId: ids?.vertex ?? null,
    hasBatchPrice: supports.batch_half_price,
    hasUsPremium: supports.inference_geo_us,
    hasRegionalPremium: supports.cloud_regional_premium,
    rows: toRows(model.prices, false),
    fastRows: toRows(model.fast_mode, true),
    webSearchPicos: file.server_tools?.web_search.usd_per_request ?? null,
    contextWindow: model.context_window ?? null,
    minCacheableTokens: model.min_cacheable_prompt_tokens ?? null,
    retiredOn: model.api_retired ?? null,
    checkedOn: file.as_of,
    confidence: model.confidence ?? null,
    note: model.notes ?? null,
  };
}

function toRow(
  provider: string,
  model: PriceFile["models"][number],
  row: PriceFileRow,
  previous: PriceFileRow | undefined,
  fast: boolean,
): PriceRow {
  const id = `${provider}/${model.id}${fast ? "/fast" : ""}@${row.from}`;
  const sources = row.sources ?? model.sources;
  if (!sources) throw new RangeError(`price ${id}: no source is cited`);
  if (row.to !== null && row.to <= row.from) throw new RangeError(`price ${id}: ends before it begins`);
  if (previous && (previous.to === null || previous.to > row.from)) {
    throw new RangeError(`price ${id}: overlaps the one before it`);
  }
  return {
    id,
    provider,
    model: model.id,
    fast,
    from: row.from,
    to: row.to,
    rates: row.rates,
    longPrompt: row.long_prompt ? { above: row.long_prompt.prompt_tokens_gt, rates: row.long_prompt.rates } : null,
    isChange: previous?.to === row.from,
    sources,
    note: row.note ?? null,
  };
}

function latest(days: readonly string[]): string {
  return days.toSorted().at(-1) ?? "";
}
