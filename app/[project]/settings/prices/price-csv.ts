import type { CsvColumn, CsvRow } from "@/lib/csv";
import { toDecimalUsd } from "@/lib/money";
import type { PriceChange } from "./changes";
import { listModifiers } from "./modifiers";
import type { ListedModel, TierPrice } from "./price-list";
import type { PriceQuery } from "./price-query";
import type { MtokRates } from "./rates";

const text = (header: string): CsvColumn => ({ header, kind: "text" });
const number = (header: string): CsvColumn => ({ header, kind: "number" });
const KINDS = ["input", "cache_create_5m", "cache_create_1h", "cache_read", "output"];

/** One row for each price of a model; rates in USD for a million tokens, empty where there is none. */
export const PRICE_CSV_COLUMNS: readonly CsvColumn[] = [
  ...["on", "provider", "platform", "model", "name", "tier"].map(text),
  number("prompt_tokens_over"),
  ...["valid_from", "valid_to"].map(text),
  ...KINDS.map((kind) => number(`${kind}_usd_per_mtok`)),
  ...KINDS.map((kind) => number(`contract_${kind}_usd_per_mtok`)),
  text("modifiers"),
  ...["web_search_usd", "min_cacheable_tokens", "context_tokens"].map(number),
  ...["retired_on", "checked_on", "price_id", "sources", "note"].map(text),
];

/** A model without a price on that day is one row without rates. */
export function priceCsvRows(listed: readonly ListedModel[], query: PriceQuery): CsvRow[] {
  return listed.flatMap((entry) =>
    (entry.tiers.length > 0 ? entry.tiers : [null]).map((tier) => toRow(entry, tier, query)),
  );
}

function toRow({ model }: ListedModel, tier: TierPrice | null, { on, platform }: PriceQuery): CsvRow {
  const row = tier?.row;
  return [
    ...[on, model.provider, platform ?? model.provider, model.id, model.name, tier?.tier],
    tier?.above,
    ...[row?.from, row?.to],
    ...decimals(tier?.list),
    ...decimals(tier?.contracted),
    listModifiers(model, platform)
      .map(({ short }) => short)
      .join(", "),
    model.webSearchPicos === null ? null : toDecimalUsd(model.webSearchPicos),
    ...[model.minCacheableTokens, model.contextWindow],
    ...[model.retiredOn, model.checkedOn, row?.id, row?.sources.join("; "), row?.note],
  ];
}

function decimals(rates: MtokRates | null | undefined): CsvRow {
  const decimal = (rate: bigint | null | undefined) =>
    rate === null || rate === undefined ? null : toDecimalUsd(rate);
  return [rates?.input, rates?.cacheCreate5m, rates?.cacheCreate1h, rates?.cacheRead, rates?.output].map(decimal);
}

export const CHANGE_CSV_COLUMNS: readonly CsvColumn[] = ["on", "provider", "model", "name", "kind", "change"].map(text);

export function changeCsvRows(changes: readonly PriceChange[]): CsvRow[] {
  return changes.map(({ on, model, kind, text: change }) => [on, model.provider, model.id, model.name, kind, change]);
}
