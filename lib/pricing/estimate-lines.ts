import { toDecimal, toDecimalUsd } from "@/lib/money";
import type { PriceRates } from "@/lib/pricing/book";
import type { Prices } from "@/lib/pricing/contract";
import { type PricedLine, TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** How the token kinds are named outside: in JSON, CSV and reasons. */
export const KIND_KEYS: Readonly<Record<TokenKind, string>> = {
  input: "input",
  cacheCreate5m: "cache_create_5m",
  cacheCreate1h: "cache_create_1h",
  cacheRead: "cache_read",
  output: "output",
};

/** A priced line as JSON says it: money as exact decimals of dollars, rates as dollars for a million tokens. */
export type DescribedLine = ReturnType<typeof describeLine>;

/** Takes the price of one line apart: tokens × rate × multipliers = cost, kind by kind, and where the rates come from. */
export function describeLine(line: PricedLine, prices: Prices) {
  const rates = ratesOf(line, prices);
  const usd = (picos: bigint | null | undefined) =>
    picos === null || picos === undefined ? null : toDecimalUsd(picos);
  const kinds = TOKEN_KINDS.filter((kind) => line.tokens[kind] > 0).map((kind) => {
    const rate = rates?.[kind] ?? null;
    return {
      kind: KIND_KEYS[kind],
      tokens: line.tokens[kind],
      rate_usd_per_mtok: rate === null ? null : toDecimal(rate, 6),
      cost_usd: usd(line.cost?.[kind]),
    };
  });
  return {
    model: line.model,
    status: line.status,
    reason: line.reason,
    price_id: line.priceId,
    sources: sourcesOf(line, prices),
    tier: line.tier,
    multipliers: line.multipliers.map(toFactor),
    kinds,
    web_search_requests: line.webSearchRequests,
    web_search_cost_usd: usd(line.cost?.webSearch),
    cost_usd: usd(line.costUsdPicos),
    list_cost_usd: usd(line.listCostUsdPicos),
    notes: line.notes,
  };
}

/** The rates before all multipliers; null when unpriced, and where parts of the line had different ones. */
function ratesOf({ priceId, tier }: PricedLine, { book, contract }: Prices): PriceRates | null {
  if (priceId === null || tier === "mixed") return null;
  const own = contract.overrides.find(({ id }) => priceId === `contract/${id}`);
  if (own) return own.kind === "rates" ? own.rates : null;
  const row = book.rows.find(({ id }) => id === priceId);
  return (tier?.endsWith("long") ? row?.longPrompt?.rates : row?.rates) ?? null;
}

/** Where the rates were read, or the note of the contract's own. */
function sourcesOf({ priceId }: PricedLine, { book, contract }: Prices): readonly string[] {
  const own = contract.overrides.find(({ id }) => priceId === `contract/${id}`);
  if (own) return [own.note || "contract"];
  return book.rows.find(({ id }) => id === priceId)?.sources ?? [];
}

/** `batch_0.5` → the name and the factor. */
function toFactor(label: string): { name: string; factor: string } {
  const cut = label.lastIndexOf("_");
  return { name: label.slice(0, cut), factor: label.slice(cut + 1) };
}
