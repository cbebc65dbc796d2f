import { formatUsd } from "@/lib/format";
import type { PriceRates } from "@/lib/pricing/book";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** Picodollars for a million tokens; null where there is no price for that kind. */
export type MtokRates = PriceRates;

/** The kinds as a price list calls them. */
export const KIND_LABELS: Readonly<Record<TokenKind, string>> = {
  input: "input",
  cacheCreate5m: "5 min write",
  cacheCreate1h: "1 h write",
  cacheRead: "cache read",
  output: "output",
};

/** The rates of a row, which are for one token, for a million of them. */
export function perMtok(rates: PriceRates): MtokRates {
  return mapRates(rates, (rate) => rate * 1_000_000n);
}

/** Changes each rate that there is. */
export function mapRates(rates: PriceRates, change: (rate: bigint) => bigint): PriceRates {
  const of = (kind: TokenKind) => (rates[kind] === null ? null : change(rates[kind]));
  return {
    input: of("input"),
    cacheCreate5m: of("cacheCreate5m"),
    cacheCreate1h: of("cacheCreate1h"),
    cacheRead: of("cacheRead"),
    output: of("output"),
  };
}

/** Decimals that a rate needs: cents at least, picodollars at most. */
export function placesOf(perMtokPicos: bigint): number {
  let places = 2;
  while (places < 12 && perMtokPicos % 10n ** BigInt(12 - places) !== 0n) places += 1;
  return places;
}

/** A rate for a million tokens in full, cents at least: `$10.00`, `$0.125`, `$0.0028`. */
export function formatRate(perMtokPicos: bigint): string {
  return formatUsd(perMtokPicos, { places: placesOf(perMtokPicos) });
}

/** `input $4.00, output $20.00`: a row in a word. */
export function ratesInBrief({ input, output }: MtokRates): string {
  const parts = [input !== null && `input ${formatRate(input)}`, output !== null && `output ${formatRate(output)}`];
  return parts.filter(Boolean).join(", ");
}

/** `cache read $0.20 → $0.10`, kind by kind; empty when they are equal. */
export function ratesChanged(before: MtokRates, after: MtokRates): string {
  const word = (rate: bigint | null) => (rate === null ? "none" : formatRate(rate));
  const changed = TOKEN_KINDS.filter((kind) => before[kind] !== after[kind]);
  return changed.map((kind) => `${KIND_LABELS[kind]} ${word(before[kind])} → ${word(after[kind])}`).join(", ");
}
