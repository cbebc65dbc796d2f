import { toDecimal } from "@/lib/money";
import type { PriceBook, PricedModel } from "@/lib/pricing/book";
import { kindsOf } from "@/lib/pricing/contract-rules";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import type { RateName } from "@/lib/pricing/contract-words";
import { findSpelling, findValid } from "@/lib/pricing/match";
import { PLATFORMS } from "@/lib/pricing/platform";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** A model of the book as the forms offer it. */
export type BookModel = Readonly<{
  id: string;
  name: string;
  provider: string;
  /** List price of today, decimals of USD for a million tokens; null for a kind that is not charged. */
  rates: Readonly<Record<RateName, string | null>>;
  /** Kinds that own rates must price: charged for on some day. */
  needed: readonly RateName[];
}>;

/** What the forms offer to choose from; other names may be typed where they make sense. */
export type Choices = Readonly<{
  models: readonly BookModel[];
  providers: readonly string[];
  platforms: readonly string[];
  /** Private models that the contract gives rates, and its aliases: an alias may lead there too. */
  own: readonly string[];
  /** Names that calls were sent with and that have no price. */
  unpriced: readonly string[];
}>;

const RATE_OF: Readonly<Record<TokenKind, RateName>> = {
  input: "input",
  cacheCreate5m: "cache_create_5m",
  cacheCreate1h: "cache_create_1h",
  cacheRead: "cache_read",
  output: "output",
};

export function choicesOf(
  book: PriceBook,
  now: Date,
  overrides: readonly StoredOverride[],
  unpriced: readonly string[],
): Choices {
  const named = overrides.flatMap((override) => (override.kind === "adjustment" ? [] : [override.model]));
  const providers = [...new Set(book.models.map(({ provider }) => provider))].sort();
  return {
    models: book.models.map((model) => toBookModel(model, now)),
    providers,
    platforms: [...new Set([...providers, ...PLATFORMS])].sort(),
    own: [...new Set(named)].filter((model) => findSpelling(book, model) === null),
    unpriced,
  };
}

function toBookModel(model: PricedModel, now: Date): BookModel {
  const row = findValid(model.rows, now.getTime()) ?? model.rows.at(-1);
  const rates: Record<RateName, string | null> = {
    input: null,
    cache_create_5m: null,
    cache_create_1h: null,
    cache_read: null,
    output: null,
  };
  for (const kind of TOKEN_KINDS) {
    const rate = row?.rates[kind] ?? null;
    rates[RATE_OF[kind]] = rate === null ? null : toDecimal(rate, 6);
  }
  const { id, name, provider } = model;
  return { id, name, provider, rates, needed: kindsOf(model).map((kind) => RATE_OF[kind]) };
}
