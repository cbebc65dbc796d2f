import type { PriceRates } from "@/lib/pricing/book";
import type { PriceMatch } from "@/lib/pricing/match";
import type { Usage } from "@/lib/pricing/schema";

type Ratio = Readonly<{ numerator: bigint; denominator: bigint }>;

/** An exact factor on every token of a call. Fees per request are never multiplied. */
export type Multiplier = Ratio & Readonly<{ label: string }>;

const BATCH: Multiplier = { label: "batch_0.5", numerator: 1n, denominator: 2n };
const US: Multiplier = { label: "us_1.1", numerator: 11n, denominator: 10n };
const REGIONAL: Multiplier = { label: "regional_1.1", numerator: 11n, denominator: 10n };

const API_PLATFORMS = new Set(["anthropic", "claude_platform_on_aws", "foundry"]);

/** The factors on a call, in the order in which they are applied, or why it has no price (pricing facts §1.3). */
export function listMultipliers(
  { model, isRegional }: Extract<PriceMatch, { ok: true }>,
  { serviceTier, speed, inferenceGeo }: Pick<Usage, "serviceTier" | "speed" | "inferenceGeo">,
  platform: string,
): readonly Multiplier[] | { reason: string } {
  const multipliers: Multiplier[] = [];
  if (serviceTier === "batch") {
    if (!model.hasBatchPrice) return { reason: "service_tier_not_priced" };
    if (speed === "fast") return { reason: "fast_not_priced" };
    multipliers.push(BATCH);
  } else if (serviceTier !== "standard") {
    // Anthropic's priority tier is a commitment paid apart; elsewhere the tier has a price list of its own.
    const isCommitment = serviceTier === "priority" && model.provider === "anthropic" && platform !== "bedrock";
    return { reason: isCommitment ? "priority_tier_commitment" : "service_tier_not_priced" };
  }
  if (speed !== "standard" && speed !== "fast") return { reason: "speed_not_priced" };
  const isPlainGeo = inferenceGeo === null || inferenceGeo === "global" || inferenceGeo === "not_available";
  if (!isPlainGeo && platform !== "bedrock" && platform !== "vertex") {
    if (inferenceGeo !== "us" || !API_PLATFORMS.has(platform)) return { reason: "inference_geo_not_priced" };
    if (model.hasUsPremium) multipliers.push(US);
  }
  if (isRegional) multipliers.push(REGIONAL);
  return multipliers;
}

const scaled = new WeakMap<PriceRates, Map<string, PriceRates>>();

/**
 * The rates after all factors. Each (rates, factors) is worked out once, since every call asks for it.
 * @throws RangeError if a rate would not be whole: money is never rounded
 */
export function scaleRates(rates: PriceRates, multipliers: readonly Multiplier[]): PriceRates {
  if (multipliers.length === 0) return rates;
  const key = multipliers.map(({ label }) => label).join();
  const known = scaled.get(rates) ?? new Map<string, PriceRates>();
  scaled.set(rates, known);
  const found = known.get(key) ?? multipliers.reduce(scaleBy, rates);
  known.set(key, found);
  return found;
}

/** All factors as one, exactly. */
export function productOf(multipliers: readonly Multiplier[]): Ratio {
  let [numerator, denominator] = [1n, 1n];
  for (const factor of multipliers) {
    numerator *= factor.numerator;
    denominator *= factor.denominator;
  }
  return { numerator, denominator };
}

/** An amount in picodollars ≥ 0 times a ratio, rounded once, half up, to a whole picodollar. */
export function multiplyByRatio(amount: bigint, { numerator, denominator }: Ratio): bigint {
  return amount === 0n ? 0n : (2n * amount * numerator + denominator) / (2n * denominator);
}

/** An amount in picodollars ≥ 0 times all factors, rounded once, half up, to a whole picodollar. */
export function multiplyRounded(amount: bigint, multipliers: readonly Multiplier[]): bigint {
  return multiplyByRatio(amount, productOf(multipliers));
}

function scaleBy(rates: PriceRates, { label, numerator, denominator }: Multiplier): PriceRates {
  const scale = (rate: bigint | null) => {
    if (rate === null) return null;
    if ((rate * numerator) % denominator !== 0n) throw new RangeError(`${rate} picodollars × ${label} is not whole`);
    return (rate * numerator) / denominator;
  };
  return {
    input: scale(rates.input),
    cacheCreate5m: scale(rates.cacheCreate5m),
    cacheCreate1h: scale(rates.cacheCreate1h),
    cacheRead: scale(rates.cacheRead),
    output: scale(rates.output),
  };
}
