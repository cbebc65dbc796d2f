import { DAYS_PER_MONTH, type Estimate, type Exact, toPicos } from "@/lib/pricing/estimate";
import type { CalculatorQuestion } from "./question";

/** An estimate that has a cost. */
export type Priced = Extract<Estimate, { ok: true }>;

/** Picodollars a month, margins included: 30 days of the calls of a day. */
export function monthOf(perCall: Exact, { callsPerDay, margins }: CalculatorQuestion): bigint {
  return toPicos(perCall, callsPerDay * DAYS_PER_MONTH, margins);
}

/**
 * The estimate that costs least, of models that could serve it: not retired, the prompt within the window. The first of
 * equals; null when none has a cost.
 */
export function cheapestOf(estimates: readonly Estimate[]): Priced | null {
  let cheapest: Priced | null = null;
  for (const estimate of estimates) {
    if (!estimate.ok || estimate.warnings.some(({ kind }) => kind !== "short_prompt")) continue;
    if (cheapest === null || estimate.perCall.total < cheapest.perCall.total) cheapest = estimate;
  }
  return cheapest;
}
