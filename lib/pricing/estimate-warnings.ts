import type { PricedModel } from "@/lib/pricing/book";
import type { Usage, UsagePart } from "@/lib/pricing/schema";

/** What would keep a workload from running on a model as it was asked. */
export type EstimateWarning =
  | Readonly<{ kind: "short_prompt"; promptTokens: number; minimum: number }>
  | Readonly<{ kind: "over_window"; promptTokens: number; window: number }>
  | Readonly<{ kind: "retired"; on: string }>;

/** Everything that is sent to the model: fresh, written to the cache and read from it. */
export function promptOf({ tokens }: UsagePart): number {
  return tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead;
}

/**
 * Warnings about a model for a call with these tokens; none for a model that the book does not know.
 * @param wantsCache whether a share of the input is to be read from the cache.
 */
export function estimateWarnings(
  model: PricedModel | null,
  usage: Usage,
  wantsCache: boolean,
  occurredAt: Date,
): EstimateWarning[] {
  const [answer] = usage.parts;
  if (!model || !answer) return [];
  const warnings: EstimateWarning[] = [];
  const promptTokens = promptOf(answer);
  const isCaching = wantsCache || promptTokens > answer.tokens.input;
  const { minCacheableTokens: minimum, contextWindow: window, retiredOn } = model;
  if (minimum !== null && isCaching && promptTokens > 0 && promptTokens < minimum) {
    warnings.push({ kind: "short_prompt", promptTokens, minimum });
  }
  const largest = answer.largestPromptTokens ?? promptTokens;
  if (window !== null && largest > window) warnings.push({ kind: "over_window", promptTokens: largest, window });
  if (retiredOn !== null && occurredAt.toJSON().slice(0, 10) >= retiredOn) {
    warnings.push({ kind: "retired", on: retiredOn });
  }
  return warnings;
}
