import type { ModelInfo, ModelPrice } from "@pydantic/genai-prices";
import type { GenaiSkip } from "@/lib/pricing/genai-trust";

/** The npm release of the package; it carries no date of its own. */
export const GENAI_PRICES_DATE = "2026-09-23";
/**
 * Where the package names no first day. It dates price changes since 2025-07, but overwrote Google's on 2025-11-07; what
 * it overwrote since were mistakes of its own, and the rest is in `DOUBTED`.
 */
export const UNDATED_FROM = "2026-01-01";

const RATE_KEYS = {
  input: "input_mtok",
  cache_write_5m: "cache_write_mtok",
  cache_write_1h: "cache_write_1h_mtok",
  cache_read: "cache_read_mtok",
  output: "output_mtok",
} as const;
/** A call that searched has no price while the book has no fee for the provider's searches. */
const SEARCH_KEYS = ["web_searches_kcount", "storage_searches_kcount"];
/** Gemini's usage tells audio apart, and a call with audio has no price (lib/ingest/normalize-gemini). */
const AUDIO_KEYS = ["input_audio_mtok", "cache_audio_read_mtok"];

type RateKind = keyof typeof RATE_KEYS;
type Rates = Record<RateKind, string | null>;

/** One entry of `prices` in a price file (lib/pricing/price-file). */
export type GenaiRow = {
  from: string;
  to: string | null;
  rates: Rates;
  long_prompt?: { prompt_tokens_gt: number; rates: Rates };
  note: string | null;
};

/**
 * The dated prices of one model of the package, or why there is none that is surely right.
 * @param ids the exact ids of the model: a date in one of them says since when it is sold
 */
export function toRows(provider: string, model: ModelInfo, ids: readonly string[]): GenaiRow[] | GenaiSkip {
  const spans = toSpans(model, ids);
  if (spans.length === 0) return "time_of_day";
  const rows: GenaiRow[] = [];
  for (const { prices, ...span } of spans) {
    const row = toRow(provider, prices);
    if (typeof row === "string") return row;
    rows.push({ ...span, ...row });
  }
  return rows;
}

type Span = Pick<GenaiRow, "from" | "to" | "note"> & { prices: ModelPrice };

/**
 * The days of each price. Prices by the hour of the day hold from the last dated change on (the package says so in a
 * comment, its format cannot): those days have no price. One announced for later is not taken before it holds.
 */
function toSpans({ prices }: ModelInfo, ids: readonly string[]): Span[] {
  const list = Array.isArray(prices) ? prices : [{ prices }];
  const dated = list.flatMap(({ constraint, prices: rates }) =>
    constraint?.type === "time_of_date" ? [] : [{ start: constraint?.start_date ?? null, rates }],
  );
  const spans = dated.map(({ start, rates }, index): Span => {
    const to = dated[index + 1]?.start ?? null;
    const isAnnounced = to !== null && to > GENAI_PRICES_DATE;
    const notes = isAnnounced ? [`another price is announced from ${to} on`] : [];
    if (start === null) notes.push(UNDATED_NOTE);
    return { from: start ?? firstDay(ids), to, note: notes.join("; ") || null, prices: rates };
  });
  if (dated.length < list.length) spans.pop();
  return spans.filter(({ from, to }) => from <= GENAI_PRICES_DATE && (to === null || from < to));
}

/** The note of a row whose first day is not known. */
export const UNDATED_NOTE = "the source does not say since when";

/** The day in the id of the first snapshot, but none on which the package's history is not sure. */
function firstDay(ids: readonly string[]): string {
  const days = ids.flatMap((id) => /-(20\d\d-\d\d-\d\d)$/.exec(id)?.[1] ?? []).toSorted();
  const [first = UNDATED_FROM] = days;
  return first > UNDATED_FROM ? first : UNDATED_FROM;
}

function toRow(provider: string, prices: ModelPrice): Pick<GenaiRow, "rates" | "long_prompt"> | GenaiSkip {
  if (prices.input_mtok === undefined) return "not_priced_by_token";
  const known = [...Object.values(RATE_KEYS), ...SEARCH_KEYS, ...(provider === "google" ? AUDIO_KEYS : [])];
  if (Object.keys(prices).some((key) => !known.includes(key))) return "other_modality";
  const tiers = Object.values(prices).flatMap((price) => (typeof price === "object" ? price.tiers : []));
  const [start, ...others] = [...new Set(tiers.map((tier) => tier.start))];
  if (others.length > 0) return "several_tiers";
  const rates = ratesAt(prices, 0);
  // The package takes a tier for all of a request whose input tokens are more than `start`, as we do.
  return start === undefined
    ? { rates }
    : { rates, long_prompt: { prompt_tokens_gt: start, rates: ratesAt(prices, start + 1) } };
}

/** USD per million tokens for a prompt of that length; null for a kind that the package has no price for. */
function ratesAt(prices: ModelPrice, promptTokens: number): Rates {
  const rate = (kind: RateKind) => {
    const price = prices[RATE_KEYS[kind]];
    if (price === undefined) return null;
    if (typeof price === "number") return String(price);
    return String(price.tiers.findLast((tier) => promptTokens > tier.start)?.price ?? price.base);
  };
  return {
    input: rate("input"),
    cache_write_5m: rate("cache_write_5m"),
    cache_write_1h: rate("cache_write_1h"),
    cache_read: rate("cache_read"),
    output: rate("output"),
  };
}
