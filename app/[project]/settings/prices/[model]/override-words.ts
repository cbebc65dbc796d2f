import { toDecimal } from "@/lib/money";
import type { AdjustmentOverride, Override } from "@/lib/pricing/contract";
import { perMtok, ratesInBrief } from "../rates";

/** What an override does to a price: `−12.5% on bedrock`, `own rates: input $3.00, output $9.00`. */
export function overrideInWords(override: Override): string {
  if (override.kind === "alias") return `${override.model} stands for ${override.target}`;
  if (override.kind === "adjustment") return `${percentInWords(override)} on ${scopeOf(override)}`;
  const where = override.platform === null ? "" : ` on ${override.platform}`;
  return `own rates${where}: ${ratesInBrief(perMtok(override.rates)) || "none for input and output"}`;
}

function percentInWords({ percentE4 }: AdjustmentOverride): string {
  const text = toDecimal(percentE4 < 0n ? -percentE4 : percentE4, 4);
  return `${percentE4 < 0n ? "−" : "+"}${text}%`;
}

function scopeOf({ provider, platform, model }: AdjustmentOverride): string {
  const parts = [model ?? provider, platform && `calls on ${platform}`].filter(Boolean);
  return parts.join(", ") || "every model";
}
