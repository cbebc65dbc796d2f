import type { Call } from "@/lib/calls/read";
import type { PricedModel, PriceRates, PriceRow } from "@/lib/pricing/book";
import type { AdjustmentOverride, Prices, RatesOverride } from "@/lib/pricing/contract";
import { tierOf } from "@/lib/pricing/line-price";
import { findSpelling } from "@/lib/pricing/match";
import { type Multiplier, multiplyRounded, productOf } from "@/lib/pricing/multiplier";
import { type LinePrice, TOKEN_KINDS, type TokenCounts, type TokenKind, type UsagePart } from "@/lib/pricing/schema";
import { readParts, type StoredPart } from "@/lib/pricing/stored-parts";

type Tier = Exclude<LinePrice["tier"], "mixed" | null>;

/** Tokens (or searches) at one rate: a part of the call, or all of it. */
export type PriceTerm = Readonly<{ count: number /** Picodollars for one. */; rate: bigint; tier: Tier | null }>;

/** One kind of tokens of a call, or its web searches: how many, at which rates, what they cost. Money in picodollars. */
export type PriceLine = Readonly<{
  kind: TokenKind | "webSearch";
  count: number;
  /** The amount is the sum of count × rate, times all factors; null where that cannot be told. */
  terms: readonly PriceTerm[] | null;
  factors: readonly PriceFactor[];
  /** Null when unpriced. */
  amount: bigint | null;
  /** True where the exact product is no whole picodollar: it was rounded once, half up. */
  isRounded: boolean;
}>;

/** A modifier on a price: `name` is `batch`, `us`, `regional`, or `contract` with the discount or premium. */
export type PriceFactor = Multiplier & Readonly<{ name: string; override: AdjustmentOverride | null }>;

/** One billed part of a call whose parts are on different rates. */
export type PricePart = Readonly<{ promptTokens: number; tier: Tier }>;

/** How a row of a call came to its cost, by the book and the contract of its own price version. */
export type PriceExplanation = Readonly<{
  lines: readonly PriceLine[];
  factors: readonly PriceFactor[];
  /** The row of the book; null where it is not priced by the book. */
  row: PriceRow | null;
  /** Of which that row is; also of a model with own rates that the book knows. */
  model: PricedModel | null;
  /** The contract's own rates, in the place of a row. */
  own: RatesOverride | null;
  /** Only where they are on different rates. */
  parts: readonly PricePart[];
}>;

/** The notes of the price, as they were stored. */
export const notesOf = ({ pricingNotes }: Call): readonly string[] => pricingNotes.split(",").filter(Boolean);

/**
 * Takes a stored price apart, so that each amount can be worked out by hand. Rates are shown only where they give every
 * stored amount, to the picodollar.
 * @param prices those by which the call was priced (`readPriceOrigin`).
 */
export function explainPrice(call: Call, { book, contract }: Prices): PriceExplanation {
  const ownId = /^contract\/(.+)$/.exec(call.priceId ?? "")?.[1];
  const own = contract.overrides.filter((entry) => entry.kind === "rates").find(({ id }) => id === ownId) ?? null;
  const row = book.rows.find(({ id }) => id === call.priceId) ?? null;
  const name = own?.model ?? row?.model ?? call.model;
  const model = findSpelling(book, name)?.model ?? null;
  const factors = call.priceMultipliers
    .split(",")
    .filter(Boolean)
    .map((label) => readFactor(label, contract.adjustments));
  const parts = own ? [plainPart(call, own.rates)] : row ? ratedParts(call, row) : null;
  const lines = TOKEN_KINDS.map((kind): PriceLine => {
    const terms = parts?.flatMap((part) => termOf(part, kind)) ?? null;
    return toLine(kind, columnsOf(call)[kind], terms, factors);
  });
  const explained = { lines: [...lines, ...searchLine(call, model, own, factors)], factors, row, model, own };
  const isMixed = row !== null && call.priceTier === "mixed";
  return {
    ...explained,
    parts: isMixed ? (parts ?? []).map(({ promptTokens, tier }) => ({ promptTokens, tier })) : [],
  };
}

type RatedPart = PricePart & Readonly<{ tokens: TokenCounts; rates: PriceRates }>;

const columnsOf = (call: Call): Readonly<Record<TokenKind, readonly [count: number, amount: bigint | null]>> => ({
  input: [call.inputTokens, call.inputCostUsdPicos],
  cacheCreate5m: [call.cacheCreate5mTokens, call.cacheCreate5mCostUsdPicos],
  cacheCreate1h: [call.cacheCreate1hTokens, call.cacheCreate1hCostUsdPicos],
  cacheRead: [call.cacheReadTokens, call.cacheReadCostUsdPicos],
  output: [call.outputTokens, call.outputCostUsdPicos],
});

function tokensOf(call: Call): TokenCounts {
  return {
    input: call.inputTokens,
    cacheCreate5m: call.cacheCreate5mTokens,
    cacheCreate1h: call.cacheCreate1hTokens,
    cacheRead: call.cacheReadTokens,
    output: call.outputTokens,
  };
}

const promptOf = ({ input, cacheCreate5m, cacheCreate1h, cacheRead }: TokenCounts) =>
  input + cacheCreate5m + cacheCreate1h + cacheRead;

function plainPart(call: Call, rates: PriceRates, tier: Tier = "base"): RatedPart {
  const tokens = tokensOf(call);
  return { tokens, promptTokens: promptOf(tokens), tier, rates };
}

/** Each billed part at its own rates; where parts were not kept, the whole at the rates that its tier names. */
function ratedParts(call: Call, row: PriceRow): readonly RatedPart[] | null {
  if (call.usageParts !== null) {
    const parts = readParts(call.usageParts as unknown as readonly StoredPart[], tokensOf(call), call.model);
    return parts.map((part: UsagePart) => {
      const { tier, rates } = tierOf(row, part);
      return { tokens: part.tokens, promptTokens: promptOf(part.tokens), tier, rates };
    });
  }
  if (call.priceTier === "base" || call.priceTier === "fast") return [plainPart(call, row.rates, call.priceTier)];
  if (row.longPrompt === null || (call.priceTier !== "long" && call.priceTier !== "fast_long")) return null;
  return [plainPart(call, row.longPrompt.rates, call.priceTier)];
}

function termOf({ tokens, rates, tier }: RatedPart, kind: TokenKind): PriceTerm[] {
  const rate = rates[kind];
  return rate === null ? [] : [{ count: tokens[kind], rate, tier }];
}

function searchLine(
  call: Call,
  model: PricedModel | null,
  own: RatesOverride | null,
  factors: readonly PriceFactor[],
): PriceLine[] {
  const { webSearchRequests: count, webSearchCostUsdPicos: amount } = call;
  if (count === 0) return [];
  const fee = model?.webSearchPicos ?? null;
  const terms = fee === null ? null : [{ count, rate: fee, tier: null }];
  // A fee is the same in a batch or a region; only a discount or premium of the contract is on it too.
  const onFees = own ? [] : factors.filter(({ name }) => name === "contract");
  return [toLine("webSearch", [count, amount], terms, onFees)];
}

function toLine(
  kind: PriceLine["kind"],
  [count, amount]: readonly [number, bigint | null],
  terms: readonly PriceTerm[] | null,
  factors: readonly PriceFactor[],
): PriceLine {
  const used = count === 0 ? (terms?.slice(0, 1) ?? null) : (terms?.filter((term) => term.count > 0) ?? null);
  const exact = used?.reduce((sum, term) => sum + BigInt(term.count) * term.rate, 0n) ?? 0n;
  const isExplained = used !== null && used.length > 0 && multiplyRounded(exact, factors) === amount;
  const { numerator, denominator } = productOf(factors);
  const isRounded = isExplained && (exact * numerator) % denominator !== 0n;
  return { kind, count, terms: isExplained ? used : null, factors, amount, isRounded };
}

/** The factor at the end of a label, exactly: `us_1.1` is eleven tenths, `contract/k3f9a2_0.875` a discount of 12.5 %. */
function readFactor(label: string, adjustments: readonly AdjustmentOverride[]): PriceFactor {
  const [, name = label, whole = "1", fraction = ""] = /^(.*)_(\d+)(?:\.(\d+))?$/.exec(label) ?? [];
  const [, id] = /^contract\/(.+)$/.exec(name) ?? [];
  return {
    label,
    numerator: BigInt(whole + fraction),
    denominator: 10n ** BigInt(fraction.length),
    name: id === undefined ? name : "contract",
    override: adjustments.find((entry) => entry.id === id) ?? null,
  };
}
