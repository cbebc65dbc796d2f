import type { Call } from "@/lib/calls/read";
import { PRICE_BOOK, type PriceRow } from "@/lib/pricing/book";
import { TOKEN_KINDS, type TokenKind } from "@/lib/pricing/schema";

/** One kind of tokens of a call: how many, at which rate, what they cost. Money in picodollars. */
export type PriceLine = Readonly<{
  kind: TokenKind;
  tokens: number;
  /** For a million tokens, with all multipliers; null where the book has none, or where parts had different rates. */
  perMtok: bigint | null;
  /** Null when unpriced. */
  amount: bigint | null;
}>;

/** The row of the book that a call was priced by; null when it was not priced, or by a row that this release no longer has. */
export function findPriceRow({ priceId }: Call): PriceRow | null {
  return PRICE_BOOK.rows.find(({ id }) => id === priceId) ?? null;
}

/** The labels as they were stored: `batch_0.5`. */
export const multipliersOf = ({ priceMultipliers }: Call): readonly string[] =>
  priceMultipliers.split(",").filter(Boolean);

/** The notes of the price, as they were stored. */
export const notesOf = ({ pricingNotes }: Call): readonly string[] => pricingNotes.split(",").filter(Boolean);

/** The five kinds in their fixed order. */
export function priceLines(call: Call): readonly PriceLine[] {
  const tokens: Readonly<Record<TokenKind, readonly [number, bigint | null]>> = {
    input: [call.inputTokens, call.inputCostUsdPicos],
    cacheCreate5m: [call.cacheCreate5mTokens, call.cacheCreate5mCostUsdPicos],
    cacheCreate1h: [call.cacheCreate1hTokens, call.cacheCreate1hCostUsdPicos],
    cacheRead: [call.cacheReadTokens, call.cacheReadCostUsdPicos],
    output: [call.outputTokens, call.outputCostUsdPicos],
  };
  const row = findPriceRow(call);
  return TOKEN_KINDS.map((kind) => {
    const [count, amount] = tokens[kind];
    return { kind, tokens: count, perMtok: row && ratePerMtok(call, row, kind), amount };
  });
}

function ratePerMtok(call: Call, row: PriceRow, kind: TokenKind): bigint | null {
  if (call.priceTier === "mixed") return null;
  const isLong = call.priceTier === "long" || call.priceTier === "fast_long";
  const rate = (isLong ? row.longPrompt?.rates : row.rates)?.[kind] ?? null;
  return rate === null ? null : multipliersOf(call).reduce(multiply, rate * 1_000_000n);
}

/** By the factor at the end of a label, exactly: `us_1.1` is eleven tenths. */
function multiply(rate: bigint, label: string): bigint {
  const [, whole = "1", fraction = ""] = /_(\d+)(?:\.(\d+))?$/.exec(label) ?? [];
  return (rate * BigInt(whole + fraction)) / 10n ** BigInt(fraction.length);
}
