import type { PriceMatch } from "@/lib/pricing/match";

/** An exact factor on every token of a call. Fees per request are never multiplied. */
export type Multiplier = Readonly<{ label: string; numerator: bigint; denominator: bigint }>;

const BATCH: Multiplier = { label: "batch_0.5", numerator: 1n, denominator: 2n };
const US: Multiplier = { label: "us_1.1", numerator: 11n, denominator: 10n };
const REGIONAL: Multiplier = { label: "regional_1.1", numerator: 11n, denominator: 10n };

const API_PLATFORMS = new Set(["anthropic", "claude_platform_on_aws", "foundry"]);

export type MultiplierQuery = Readonly<{
  platform: string;
  serviceTier: string;
  speed: string;
  inferenceGeo: string | null;
}>;

/** The factors on a call, in the order in which they are applied, or why it has no price (pricing facts §1.3). */
export function listMultipliers(
  { model, isRegional }: Extract<PriceMatch, { ok: true }>,
  { platform, serviceTier, speed, inferenceGeo }: MultiplierQuery,
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
